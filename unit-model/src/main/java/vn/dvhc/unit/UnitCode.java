package vn.dvhc.unit;

/**
 * The statistical code of a unit in the national catalogue: 2 digits for a province, 3 for a district, 5 for a commune.
 * Zero-padded text, never a number. It is reused over time: without a date it names no unit.
 */
public record UnitCode(String value) implements Comparable<UnitCode> {

    /** @throws IllegalArgumentException unless the value is 2, 3 or 5 ASCII digits */
    public UnitCode {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("A unit code is 2, 3 or 5 digits, not: " + abbreviated(value));
        }
    }

    public static UnitCode of(String value) {
        return new UnitCode(value);
    }

    /** Whether the text has the form of a code; says nothing about whether a unit ever bore it. */
    public static boolean isWellFormed(String value) {
        int length = value.length();
        if (length != 2 && length != 3 && length != 5) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char digit = value.charAt(i);
            if (digit < '0' || digit > '9') {
                return false;
            }
        }
        return true;
    }

    public Level level() {
        return switch (value.length()) {
            case 2 -> Level.PROVINCE;
            case 3 -> Level.DISTRICT;
            default -> Level.COMMUNE;
        };
    }

    @Override
    public int compareTo(UnitCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String abbreviated(String value) {
        return value.length() <= 20 ? value : value.substring(0, 20) + "…";
    }
}
