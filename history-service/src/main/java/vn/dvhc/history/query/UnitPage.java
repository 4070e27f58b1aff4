package vn.dvhc.history.query;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitCode;

/**
 * A part of the list of units in force on a date, by code.
 *
 * @param total units in the whole list
 * @param next continue after this code; null on the last page
 */
public record UnitPage(
        LocalDate at,
        int total,
        List<UnitView> units,
        @Nullable UnitCode next) {

    public UnitPage {
        units = List.copyOf(units);
    }
}
