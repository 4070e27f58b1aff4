package vn.dvhc.decision;

import java.util.Locale;

/** How sure an edge is; the order is from surest to least sure. */
public enum Confidence {
    /** An act's words. */
    ACT,
    /** Two signals agree. */
    STRONG,
    /** One signal. */
    LIKELY;

    /** The word used in contracts. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the label is none of these */
    public static Confidence ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    public Confidence weaker(Confidence other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
