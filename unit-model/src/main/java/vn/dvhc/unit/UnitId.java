package vn.dvhc.unit;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * The identity of a unit: the code it was born with and its date of birth, written {@code 00004@2025-07-01}. It never
 * changes. Never read a unit's present code out of it: 14 units were re-coded while they went on.
 */
public record UnitId(UnitCode codeAtBirth, LocalDate born) implements Comparable<UnitId> {

    /** @throws IllegalArgumentException unless the text is {@code code@yyyy-mm-dd} */
    public static UnitId parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("A unit id is code@date, like 00004@2025-07-01");
        }
        try {
            return new UnitId(UnitCode.of(text.substring(0, at)), LocalDate.parse(text.substring(at + 1)));
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException("A unit id is code@date, like 00004@2025-07-01", malformed);
        }
    }

    /** A unit never changes its level, so the code at birth tells it. */
    public Level level() {
        return codeAtBirth.level();
    }

    @Override
    public int compareTo(UnitId other) {
        int byCode = codeAtBirth.compareTo(other.codeAtBirth);
        return byCode != 0 ? byCode : born.compareTo(other.born);
    }

    @Override
    public String toString() {
        return codeAtBirth.value() + "@" + born;
    }
}
