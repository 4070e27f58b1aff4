package vn.dvhc.unit;

import java.util.Locale;

/** A tier of the administration. The length of a code tells its level. */
public enum Level {
    PROVINCE(2),
    DISTRICT(3),
    COMMUNE(5);

    private final int codeLength;

    Level(int codeLength) {
        this.codeLength = codeLength;
    }

    /** Digits in a code of this level: 2, 3 or 5. */
    public int codeLength() {
        return codeLength;
    }

    /** The word used in contracts: {@code province}, {@code district} or {@code commune}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the label is none of the three */
    public static Level ofLabel(String label) {
        for (Level level : values()) {
            if (level.label().equals(label)) {
                return level;
            }
        }
        throw new IllegalArgumentException("Level must be province, district or commune, not: " + label);
    }
}
