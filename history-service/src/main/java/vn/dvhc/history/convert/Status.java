package vn.dvhc.history.convert;

import java.util.Locale;

/** What became of a code or address. */
public enum Status {
    /** The unit goes on under the same code. */
    UNCHANGED,
    /** There is exactly one unit that it is now. */
    RESOLVED,
    /** The unit went into several: each record has to be decided by itself. */
    SPLIT,
    /** Several units may be meant. */
    AMBIGUOUS,
    /** The unit ended and nothing is known to have succeeded it. */
    ENDED,
    /** No unit can be meant, or the item can't be read. */
    UNKNOWN;

    /** The word used in contracts. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
