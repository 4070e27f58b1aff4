package vn.dvhc.decision;

import java.util.Locale;

/** How much of a unit passes along an edge. */
public enum Extent {
    FULL,
    PARTIAL,
    UNKNOWN;

    /** The word used in contracts. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the label is none of these */
    public static Extent ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
