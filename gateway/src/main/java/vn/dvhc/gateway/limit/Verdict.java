package vn.dvhc.gateway.limit;

/**
 * Whether a request passes.
 *
 * @param remaining how many more pass now, as far as this replica knows
 * @param waitSeconds if it does not pass, after how long one may; else 0
 */
record Verdict(boolean passes, long remaining, long waitSeconds) {}
