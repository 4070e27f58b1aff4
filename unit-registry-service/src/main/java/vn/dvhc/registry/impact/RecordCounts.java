package vn.dvhc.registry.impact;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitCode;

/**
 * How many records of one unit, dataset and locality a database owns.
 *
 * @param source the database
 * @param tier {@code commune}, {@code province} or {@code nation}
 * @param vintage the date as of which the code is read
 * @param locality hamlet, street or parcel as the records name it; null where they name none
 */
public record RecordCounts(
        String source,
        String tier,
        String dataset,
        UnitCode code,
        LocalDate vintage,
        @Nullable String locality,
        long records) {}
