package vn.dvhc.history.query;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Unit;

/**
 * A state of a unit, as seen on one date, with what stands above it on that date.
 *
 * @param parent null for a province
 * @param born the first day of the unit's life
 * @param ended the first day on which the unit is no more; null while it is in force
 */
public record UnitView(
        Unit state,
        @Nullable UnitView parent,
        LocalDate born,
        @Nullable LocalDate ended) {}
