package vn.dvhc.sync.reconcile;

/** One present unit of a pair: the records of both ends, and what differs. */
record UnitResult(long ownerRows, long copyRows, Tally found) {}
