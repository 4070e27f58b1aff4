package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.decision.ChangeDocument;
import vn.dvhc.registry.decision.DecisionSummary;
import vn.dvhc.registry.decision.RecordedDecision;
import vn.dvhc.registry.decision.Step;

/**
 * A decision as callers see it; dates are ISO, moments UTC.
 *
 * @param state {@code draft}, {@code scheduled} or {@code in_force}
 * @param origin {@code catalogue} or {@code drafted}
 * @param position place among the decisions of its date, once it has one
 * @param changes only where a single decision was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionView(
        String id,
        String effectiveDate,
        String title,
        String state,
        String origin,
        @Nullable Integer position,
        int changeCount,
        String draftedBy,
        String recordedAt,
        @Nullable String approvedBy,
        @Nullable String approvedAt,
        @Nullable String inForceAt,
        int version,
        @Nullable List<ChangeView> changes) {

    static DecisionView of(DecisionSummary summary) {
        return of(summary, null);
    }

    static DecisionView of(RecordedDecision recorded) {
        return of(
                new DecisionSummary(
                        recorded.decision().id(),
                        recorded.decision().effectiveDate(),
                        recorded.decision().title(),
                        recorded.decision().changes().size(),
                        recorded.state(),
                        recorded.origin(),
                        recorded.position(),
                        recorded.recorded(),
                        recorded.approved(),
                        recorded.inForceAt(),
                        recorded.version()),
                recorded.decision().changes().stream()
                        .map(change -> ChangeView.of(ChangeDocument.of(change)))
                        .toList());
    }

    private static DecisionView of(DecisionSummary summary, @Nullable List<ChangeView> changes) {
        Step approved = summary.approved();
        return new DecisionView(
                summary.id().value(),
                summary.effectiveDate().toString(),
                summary.title(),
                summary.state().label(),
                summary.origin().label(),
                summary.position(),
                summary.changeCount(),
                summary.recorded().by(),
                summary.recorded().at().toString(),
                approved == null ? null : approved.by(),
                approved == null ? null : approved.at().toString(),
                summary.inForceAt() == null ? null : summary.inForceAt().toString(),
                summary.version(),
                changes);
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
