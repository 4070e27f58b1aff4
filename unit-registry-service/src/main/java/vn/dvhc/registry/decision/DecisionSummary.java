package vn.dvhc.registry.decision;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;

/** A decision without its changes, which may be thousands, and without its single steps. */
public record DecisionSummary(
        DecisionId id,
        LocalDate effectiveDate,
        String title,
        int changeCount,
        State state,
        Origin origin,
        @Nullable Integer position,
        String draftedBy,
        Instant recordedAt,
        @Nullable String approvedBy,
        @Nullable Instant approvedAt,
        @Nullable Instant inForceAt,
        int version) {

    /** The same of a decision at hand. */
    public static DecisionSummary of(Life life) {
        RecordedDecision recorded = life.recorded();
        Step approved = recorded.last(Step.Kind.APPROVED).orElse(null);
        return new DecisionSummary(
                recorded.decision().id(),
                recorded.decision().effectiveDate(),
                recorded.decision().title(),
                recorded.decision().changes().size(),
                life.state(),
                recorded.dossier().origin(),
                recorded.position(),
                recorded.broughtIn().by(),
                recorded.broughtIn().at(),
                approved == null ? null : approved.by(),
                approved == null ? null : approved.at(),
                recorded.last(Step.Kind.ENACTED).map(Step::at).orElse(null),
                recorded.version());
    }
}
