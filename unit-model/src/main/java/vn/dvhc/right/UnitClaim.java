package vn.dvhc.right;

import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitId;

/**
 * For whom a token says that its bearer acts.
 *
 * @param unit the unit; null unless it names one
 */
public record UnitClaim(Kind kind, @Nullable UnitId unit) {

    /** What it may say. */
    public enum Kind {
        /** {@code VN}. */
        NATION,
        UNIT,
        ABSENT,
        /** Neither {@code VN} nor a unit id: such a token has no rights at all. */
        MALFORMED
    }

    private static final String NATION = "VN";

    public UnitClaim {
        if ((kind == Kind.UNIT) != (unit != null)) {
            throw new IllegalArgumentException("A unit stands exactly in a claim of one");
        }
    }

    /** @param value as the token bears it; null if it bears none */
    public static UnitClaim of(@Nullable Object value) {
        if (value == null) {
            return new UnitClaim(Kind.ABSENT, null);
        }
        if (!(value instanceof String text)) {
            return new UnitClaim(Kind.MALFORMED, null);
        }
        if (text.equals(NATION)) {
            return new UnitClaim(Kind.NATION, null);
        }
        try {
            return new UnitClaim(Kind.UNIT, UnitId.parse(text));
        } catch (IllegalArgumentException malformed) {
            return new UnitClaim(Kind.MALFORMED, null);
        }
    }

    /** {@code VN}, the unit id, or {@code none}. */
    @Override
    public String toString() {
        UnitId named = unit;
        return named != null ? named.toString() : kind == Kind.NATION ? NATION : "none";
    }
}
