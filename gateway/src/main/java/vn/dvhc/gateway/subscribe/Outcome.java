package vn.dvhc.gateway.subscribe;

import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt.
 *
 * @param status of the answer; 0 if there was none
 * @param cause why there was none: {@code address-refused}, {@code timeout} or {@code unreachable}; null if there was one
 */
record Outcome(int status, @Nullable String cause) {

    static final Outcome ADDRESS_REFUSED = new Outcome(0, "address-refused");
    static final Outcome TIMEOUT = new Outcome(0, "timeout");
    static final Outcome UNREACHABLE = new Outcome(0, "unreachable");

    boolean isDelivered() {
        return status >= 200 && status < 300;
    }

    /** The receiver wants no more. */
    boolean isGone() {
        return status == 410;
    }
}
