package vn.dvhc.timeline;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitId;

/**
 * A unit bore a code from a date until a date.
 *
 * @param to exclusive; null while it bears the code
 */
public record Tenure(UnitId unit, LocalDate from, @Nullable LocalDate to) {

    public boolean covers(LocalDate date) {
        LocalDate end = to;
        return !date.isBefore(from) && (end == null || date.isBefore(end));
    }
}
