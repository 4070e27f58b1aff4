package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.decision.RecordedDecision;
import vn.dvhc.registry.decision.Step;

/** A row of {@code decision_step}. */
@Entity
@Table(name = "decision_step")
@IdClass(DecisionStepRow.Key.class)
class DecisionStepRow {

    @Id
    @Column(name = "decision_id")
    String decisionId;

    @Id
    int number;

    String step;

    @Column(name = "taken_by")
    String takenBy;

    @Column(name = "taken_at")
    Instant takenAt;

    @Nullable
    String reason;

    /** Digest of the hand-over plan that was approved. */
    @Nullable
    String plan;

    @SuppressWarnings("NullAway.Init")
    DecisionStepRow() {}

    /** The steps from a number on. */
    static List<DecisionStepRow> of(RecordedDecision decision, int from) {
        List<DecisionStepRow> rows = new ArrayList<>();
        for (int number = from; number < decision.steps().size(); number++) {
            Step step = decision.steps().get(number);
            DecisionStepRow row = new DecisionStepRow();
            row.decisionId = decision.decision().id().value();
            row.number = number;
            row.step = step.kind().label();
            row.takenBy = step.by();
            row.takenAt = step.at();
            row.reason = step.reason();
            row.plan = step.plan();
            rows.add(row);
        }
        return rows;
    }

    Step toStep() {
        return new Step(Step.Kind.ofLabel(step), takenBy, takenAt, reason, plan);
    }

    record Key(String decisionId, int number) {}
}
