package vn.dvhc.sync.forecast;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.PlanLine;

/**
 * A plan for some ending units of a day.
 *
 * @param upperBound whether fewer records may be queued than are told, since not everything that decides is known yet
 * @param units one line a unit, dataset and database that has records of it
 * @param databases the same summed by dataset and database, with the time they take
 * @param estimatedSeconds if one after the other; null if some part can't be estimated
 * @param restsOn in Vietnamese, what the estimate rests on
 * @param truncated whether there was more than an answer may hold: ask for fewer units
 * @param digest SHA-256 of the date and the lines ({@code PlanText} of unit-model), which names the plan: another digest tells that the records changed since
 * @param next the cursor of the next units; null after the last
 */
@Schema(name = "HandOverPlan")
record HandOverPlan(
        LocalDate date,
        boolean upperBound,
        List<OfUnit> units,
        List<OfDatabase> databases,
        @Nullable Long estimatedSeconds,
        String restsOn,
        boolean truncated,
        String digest,
        @Nullable String next) {

    /** @param vintage ISO date as of which the code is read */
    @Schema(name = "PlanOfUnit")
    record OfUnit(String code, String vintage, String dataset, String database, long move, long keep, long queue) {

        PlanLine toLine() {
            return new PlanLine(code, vintage, dataset, database, move, keep, queue);
        }
    }

    /**
     * @param recordsPerSecond as measured; null if nothing was
     * @param estimatedSeconds null if nothing was measured
     */
    @Schema(name = "PlanOfDatabase")
    record OfDatabase(
            String database,
            String dataset,
            long move,
            long keep,
            long queue,
            @Nullable Double recordsPerSecond,
            @Nullable Long estimatedSeconds) {}
}
