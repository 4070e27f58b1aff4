package vn.dvhc.registry.unit;

import java.util.Locale;

/** What sort of place a locality is. */
public enum LocalityKind {
    /** Thôn, ấp, bản, tổ dân phố. */
    HAMLET,
    STREET,
    /** A piece of land by its number. */
    PARCEL;

    /** The word used in contracts and tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the label is none of these */
    public static LocalityKind ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
