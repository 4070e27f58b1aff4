package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.act.Act;
import vn.dvhc.registry.decision.ChangeDocument;
import vn.dvhc.registry.decision.DecisionSummary;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.decision.NextStep;
import vn.dvhc.registry.decision.Origin;
import vn.dvhc.registry.decision.Step;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.store.DecisionPages;
import vn.dvhc.timeline.Strike;
import vn.dvhc.unit.UnitCode;

/**
 * A decision as callers see it; dates are ISO, moments UTC. What follows {@code version} is told only where a single
 * decision was asked for.
 *
 * @param origin {@code catalogue}, {@code drafted} or {@code correction}
 * @param kind {@code reform}, {@code correction} or {@code catalogue}
 * @param position place among the decisions of its date, while it has one
 * @param planned whether a hand-over plan is kept with it: the one that was approved, or one that can be
 * @param nextSteps the steps that may follow
 * @param steps everything that was done with it, in order
 * @param acts what it rests on: as registered, or as described before its approval
 * @param findings what was found when it was judged with this step; at most a thousand; absent where it was not judged
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionView(
        String id,
        String effectiveDate,
        String title,

        @Schema(enumeration = {"draft", "submitted", "approved", "scheduled", "in_force", "rejected", "withdrawn"})
        String state,

        String origin,
        String kind,
        @Nullable Integer position,
        int changeCount,
        String draftedBy,
        String recordedAt,
        @Nullable String approvedBy,
        @Nullable String approvedAt,
        @Nullable String inForceAt,
        boolean planned,
        int version,
        @Nullable List<String> nextSteps,
        @Nullable List<StepView> steps,
        @Nullable List<ActView> acts,
        @Nullable List<String> endedOnPurpose,
        @Nullable List<ChangeView> changes,
        @Nullable List<RetractView> retracts,
        @Nullable List<Reason> findings) {

    /** One of many. */
    static DecisionView of(DecisionPages.Listed listed) {
        return of(listed.decision(), listed.planned(), null, List.of(), null);
    }

    /**
     * @param registered the registered acts it rests on; empty before its approval
     * @param findings what was found when it was judged; null where it was not
     */
    static DecisionView of(Life life, boolean planned, List<Act> registered, @Nullable List<Finding> findings) {
        return of(DecisionSummary.of(life), planned, life, registered, findings);
    }

    private static DecisionView of(
            DecisionSummary summary,
            boolean planned,
            @Nullable Life life,
            List<Act> registered,
            @Nullable List<Finding> findings) {
        Dossier dossier = life == null ? null : life.recorded().dossier();
        return new DecisionView(
                summary.id().value(),
                summary.effectiveDate().toString(),
                summary.title(),
                summary.state().label(),
                summary.origin().label(),
                summary.origin() == Origin.DRAFTED ? "reform" : summary.origin().label(),
                summary.position(),
                summary.changeCount(),
                summary.draftedBy(),
                summary.recordedAt().toString(),
                summary.approvedBy(),
                summary.approvedAt() == null ? null : summary.approvedAt().toString(),
                summary.inForceAt() == null ? null : summary.inForceAt().toString(),
                planned,
                summary.version(),
                life == null
                        ? null
                        : life.nextSteps().stream().map(NextStep::label).toList(),
                life == null
                        ? null
                        : life.recorded().steps().stream().map(StepView::of).toList(),
                dossier == null ? null : acts(dossier, registered),
                dossier == null
                        ? null
                        : dossier.endedOnPurpose().stream().map(UnitCode::value).toList(),
                dossier == null
                        ? null
                        : dossier.decision().changes().stream()
                                .map(change -> ChangeView.of(ChangeDocument.of(change)))
                                .toList(),
                dossier == null || dossier.retracts().isEmpty()
                        ? null
                        : dossier.retracts().stream().map(RetractView::of).toList(),
                findings == null
                        ? null
                        : findings.stream()
                                .limit(Problem.MOST_REASONS)
                                .map(Reason::of)
                                .toList());
    }

    private static List<ActView> acts(Dossier dossier, List<Act> registered) {
        return registered.isEmpty()
                ? dossier.acts().stream().map(ActView::of).toList()
                : registered.stream().map(ActView::of).toList();
    }

    /**
     * Something that was done with the decision.
     *
     * @param step {@code drafted}, {@code imported}, {@code revised}, {@code submitted}, {@code approved}, {@code rejected},
     *     {@code scheduled}, {@code withdrawn} or {@code enacted}
     * @param plan digest of the hand-over plan that was approved with it; absent if none was
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StepView(
            String step,
            String by,
            String at,
            @Nullable String reason,
            @Nullable String plan) {

        static StepView of(Step step) {
            return new StepView(step.kind().label(), step.by(), step.at().toString(), step.reason(), step.plan());
        }
    }

    /** A message that a correction takes back; {@code to} names the edge, absent for the whole message. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RetractView(long sequence, @Nullable String to) {

        static RetractView of(Strike strike) {
            return new RetractView(
                    strike.sequence(), strike.to() == null ? null : strike.to().toString());
        }
    }

    /** A page of decisions; {@code next} is handed back as {@code after}, and absent on the last page. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(
            List<DecisionView> decisions, @Nullable String next) {}

    /** {@link ChangeDocument}, absent rather than null. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ChangeView(
            @Nullable String operation,
            @Nullable String code,
            @Nullable String to,
            @Nullable String newCode,
            @Nullable String type,
            @Nullable String name,
            @Nullable String parent,
            @Nullable String extent,
            @Nullable String portion,
            @Nullable String confidence,
            @Nullable List<String> legalBasis,
            @Nullable String clause,
            @Nullable String note) {

        static ChangeView of(ChangeDocument document) {
            return new ChangeView(
                    document.operation(),
                    document.code(),
                    document.to(),
                    document.newCode(),
                    document.type(),
                    document.name(),
                    document.parent(),
                    document.extent(),
                    document.portion(),
                    document.confidence(),
                    document.legalBasis(),
                    document.clause(),
                    document.note());
        }
    }
}
