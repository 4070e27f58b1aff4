package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.impact.Answer;
import vn.dvhc.registry.impact.Caller;
import vn.dvhc.registry.impact.Impact;
import vn.dvhc.registry.impact.RecordCounts;
import vn.dvhc.registry.rules.Finding;

/**
 * What a decision would bring about. Lists show the first few hundred; totals count all.
 *
 * @param holds whether the register takes the decision's day; if not, nothing but the findings is told
 * @param findings what was found in the decision
 * @param inherited codes that denote another unit from the day on
 * @param splits units whose localities have to be assigned
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImpactView(
        String decision,
        String effectiveDate,
        boolean holds,
        List<Reason> findings,
        UnitLine.@Nullable Excerpt ended,
        UnitLine.@Nullable Excerpt begun,
        @Nullable ChangedUnits changed,
        @Nullable InheritedCodes inherited,
        @Nullable SplitUnits splits,
        @Nullable Records records,
        @Nullable Callers callers) {

    /** A unit that goes on. */
    public record ChangedUnit(UnitLine before, UnitLine after) {}

    public record ChangedUnits(int total, List<ChangedUnit> units) {}

    /** A code with its bearers before and from the day on. */
    public record InheritedCode(String code, UnitLine before, UnitLine after) {}

    public record InheritedCodes(int total, List<InheritedCode> codes) {}

    /** @param withoutAssignment split units of which no locality is assigned yet */
    public record SplitUnits(int total, long withoutAssignment, List<SplitView> units) {}

    /**
     * Records in the connected databases.
     *
     * @param lacking why the figures are missing or not complete, in Vietnamese; absent if they are complete
     * @param move records whose unit changes
     * @param keep records whose unit goes on
     * @param queue records that wait for clerks or assignments, at most
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Records(@Nullable String lacking, long move, long keep, long queue, List<Dataset> datasets) {}

    /** Records of one dataset in one database. */
    public record Dataset(String source, String tier, String dataset, long move, long keep, long queue) {}

    /**
     * Who asked the gateway about codes that the decision takes away.
     *
     * @param lacking why nobody can be told, in Vietnamese; absent if all are
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Callers(@Nullable String lacking, int total, List<CallerView> callers) {}

    /** @param lastSeen UTC */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CallerView(
            String caller,
            List<String> codes,
            long requests,
            @Nullable String lastSeen,
            List<String> examples) {}

    static ImpactView refused(String decision, String date, List<Finding> found) {
        return new ImpactView(
                decision, date, false, FindingsView.reasons(found), null, null, null, null, null, null, null);
    }

    static ImpactView of(
            String decision,
            List<Finding> found,
            Impact impact,
            Answer<RecordCounts> counts,
            Answer<Caller> callers,
            int most) {
        return new ImpactView(
                decision,
                impact.date().toString(),
                true,
                FindingsView.reasons(found),
                UnitLine.Excerpt.of(impact.ended(), most),
                UnitLine.Excerpt.of(impact.begun(), most),
                changed(impact, most),
                inherited(impact, most),
                splits(impact, most),
                records(impact, counts),
                callers(callers, most));
    }

    private static ChangedUnits changed(Impact impact, int most) {
        return new ChangedUnits(
                impact.changed().size(),
                impact.changed().stream()
                        .limit(most)
                        .map(unit -> new ChangedUnit(UnitLine.of(unit.before()), UnitLine.of(unit.after())))
                        .toList());
    }

    private static InheritedCodes inherited(Impact impact, int most) {
        return new InheritedCodes(
                impact.inherited().size(),
                impact.inherited().stream()
                        .limit(most)
                        .map(code -> new InheritedCode(
                                code.code().value(), UnitLine.of(code.before()), UnitLine.of(code.after())))
                        .toList());
    }

    private static SplitUnits splits(Impact impact, int most) {
        return new SplitUnits(
                impact.splits().size(),
                impact.splits().stream().filter(split -> split.assigned() == 0).count(),
                impact.splits().stream().limit(most).map(SplitView::of).toList());
    }

    private static Records records(Impact impact, Answer<RecordCounts> counts) {
        List<Impact.DatasetImpact> datasets = impact.datasets();
        return new Records(
                counts.lacking(),
                datasets.stream().mapToLong(Impact.DatasetImpact::move).sum(),
                datasets.stream().mapToLong(Impact.DatasetImpact::keep).sum(),
                datasets.stream().mapToLong(Impact.DatasetImpact::queue).sum(),
                datasets.stream()
                        .map(dataset -> new Dataset(
                                dataset.source(),
                                dataset.tier(),
                                dataset.dataset(),
                                dataset.move(),
                                dataset.keep(),
                                dataset.queue()))
                        .toList());
    }

    private static Callers callers(Answer<Caller> callers, int most) {
        return new Callers(
                callers.lacking(),
                callers.items().size(),
                callers.items().stream()
                        .limit(most)
                        .map(caller -> new CallerView(
                                caller.caller(),
                                caller.codes().stream().limit(most).toList(),
                                caller.requests(),
                                caller.lastSeen() == null
                                        ? null
                                        : caller.lastSeen().toString(),
                                caller.examples()))
                        .toList());
    }
}
