package vn.dvhc.unit;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A code as a record bears it.
 *
 * @param vintage the date as of which the code is to be read; null for a bare code, which is never guessed at
 */
public record UnitRef(UnitCode code, @Nullable LocalDate vintage) {

    public static UnitRef of(String code, LocalDate vintage) {
        return new UnitRef(UnitCode.of(code), vintage);
    }

    public static UnitRef bare(String code) {
        return new UnitRef(UnitCode.of(code), null);
    }
}
