package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.PlanLine;
import vn.dvhc.registry.decision.Step;
import vn.dvhc.registry.plan.HandOverPlan;
import vn.dvhc.registry.plan.HandOverPlan.Records;
import vn.dvhc.registry.plan.KeptPlan;
import vn.dvhc.registry.transaction.PlanTransaction;

/**
 * A hand-over plan as it was made for a decision and kept.
 *
 * @param digest SHA-256 of the date and all lines: the name under which it is approved
 * @param intact whether what was kept is still what the digest says
 * @param version of the decision that it was made for
 * @param approvedBy who approved the decision with it; absent while nobody did
 * @param upperBound whether fewer records may have to wait than are told
 * @param truncated whether lines lack, since some database had more to tell than an answer holds
 * @param units that have records
 * @param estimatedSeconds if one after the other; absent if some part can't be estimated
 * @param restsOn in Vietnamese, what the estimate rests on
 * @param lines a page of them, in the order in which they were hashed
 * @param next handed back as {@code after}; absent on the last page
 */
@Schema(name = "DecisionPlan")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanView(
        String decision,
        String date,
        String digest,
        boolean intact,
        int version,
        String madeBy,
        String madeAt,
        @Nullable String approvedBy,
        @Nullable String approvedAt,
        boolean upperBound,
        boolean truncated,
        int units,
        long move,
        long keep,
        long queue,
        @Nullable Long estimatedSeconds,
        String restsOn,
        List<OfDataset> datasets,
        List<OfDatabase> databases,
        List<Line> lines,
        @Nullable String next) {

    /** Records of a dataset. */
    @Schema(name = "DecisionPlanDataset")
    public record OfDataset(String dataset, long move, long keep, long queue) {}

    /** Records of a dataset in one database; what could not be estimated is absent. */
    @Schema(name = "DecisionPlanDatabase")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfDatabase(
            String database,
            String dataset,
            long move,
            long keep,
            long queue,
            @Nullable Double recordsPerSecond,
            @Nullable Long estimatedSeconds) {

        static OfDatabase of(HandOverPlan plan, HandOverPlan.Place place, Records records) {
            HandOverPlan.Estimate estimate = plan.estimate(place).orElse(null);
            return new OfDatabase(
                    place.database(),
                    place.dataset(),
                    records.move(),
                    records.keep(),
                    records.queue(),
                    estimate == null ? null : estimate.recordsPerSecond(),
                    estimate == null ? null : estimate.seconds());
        }
    }

    /** @param vintage ISO date as of which the code is read */
    @Schema(name = "DecisionPlanLine")
    public record Line(String code, String vintage, String dataset, String database, long move, long keep, long queue) {

        static Line of(PlanLine line) {
            return new Line(
                    line.code(),
                    line.vintage(),
                    line.dataset(),
                    line.database(),
                    line.move(),
                    line.keep(),
                    line.queue());
        }
    }

    /**
     * @param after how many lines were shown before
     * @param size of the page
     */
    static PlanView of(String decision, PlanTransaction.Found found, int after, int size) {
        KeptPlan kept = found.kept();
        HandOverPlan plan = kept.plan();
        Step approval = found.approval();
        Records total = plan.total();
        List<PlanLine> lines = plan.lines();
        int from = Math.min(after, lines.size());
        int to = Math.min(from + size, lines.size());
        return new PlanView(
                decision,
                plan.date().toString(),
                kept.digest(),
                kept.isIntact(),
                kept.version(),
                kept.madeBy(),
                kept.madeAt().toString(),
                approval == null ? null : approval.by(),
                approval == null ? null : approval.at().toString(),
                plan.upperBound(),
                plan.truncated(),
                plan.units(),
                total.move(),
                total.keep(),
                total.queue(),
                plan.seconds().orElse(null),
                plan.restsOn(),
                plan.byDataset().entrySet().stream()
                        .map(one -> new OfDataset(
                                one.getKey(),
                                one.getValue().move(),
                                one.getValue().keep(),
                                one.getValue().queue()))
                        .toList(),
                plan.byPlace().entrySet().stream()
                        .map(one -> OfDatabase.of(plan, one.getKey(), one.getValue()))
                        .toList(),
                lines.subList(from, to).stream().map(Line::of).toList(),
                to < lines.size() ? Integer.toString(to) : null);
    }
}
