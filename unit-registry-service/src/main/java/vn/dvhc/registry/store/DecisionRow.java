package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.DecisionSummary;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.decision.Origin;
import vn.dvhc.registry.decision.RecordedDecision;
import vn.dvhc.registry.decision.State;
import vn.dvhc.registry.decision.Step;

/** A row of {@code decision}; who changes one holds its lock, so that the version needs no check of its own. */
@Entity
@Table(name = "decision")
class DecisionRow {

    @Id
    String id;

    @Column(name = "effective_date")
    LocalDate effectiveDate;

    @Nullable
    Integer position;

    String title;

    String state;

    String origin;

    String changes;

    @Column(name = "change_count")
    int changeCount;

    String acts;

    String retracts;

    @Column(name = "ended_on_purpose")
    String[] endedOnPurpose;

    @Column(name = "act_numbers")
    String[] actNumbers;

    @Column(name = "unit_codes")
    String[] unitCodes;

    @Column(name = "drafted_by")
    String draftedBy;

    @Column(name = "recorded_at")
    Instant recordedAt;

    @Column(name = "approved_by")
    @Nullable
    String approvedBy;

    @Column(name = "approved_at")
    @Nullable
    Instant approvedAt;

    @Column(name = "in_force_at")
    @Nullable
    Instant inForceAt;

    int version;

    @SuppressWarnings("NullAway.Init")
    DecisionRow() {}

    static DecisionRow of(Life life) {
        DecisionSummary summary = DecisionSummary.of(life);
        Dossier dossier = life.recorded().dossier();
        DecisionRow row = new DecisionRow();
        row.id = summary.id().value();
        row.effectiveDate = summary.effectiveDate();
        row.position = summary.position();
        row.title = summary.title();
        row.state = summary.state().label();
        row.origin = summary.origin().label();
        row.changes = DossierJson.writeChanges(dossier.decision().changes());
        row.changeCount = summary.changeCount();
        row.acts = DossierJson.writeActs(dossier.acts());
        row.retracts = DossierJson.writeRetracts(dossier.retracts());
        row.endedOnPurpose = Texts.codes(dossier.endedOnPurpose());
        row.actNumbers = Texts.actNumbers(dossier);
        row.unitCodes = Texts.codes(dossier.namedCodes());
        row.draftedBy = summary.draftedBy();
        row.recordedAt = summary.recordedAt();
        row.approvedBy = summary.approvedBy();
        row.approvedAt = summary.approvedAt();
        row.inForceAt = summary.inForceAt();
        row.version = summary.version();
        return row;
    }

    Decision toDecision() {
        return new Decision(new DecisionId(id), effectiveDate, title, DossierJson.readChanges(changes));
    }

    Dossier toDossier() {
        return new Dossier(
                toDecision(),
                Origin.ofLabel(origin),
                DossierJson.readActs(acts),
                Texts.codes(endedOnPurpose),
                DossierJson.readRetracts(retracts));
    }

    Life toLife(List<Step> steps) {
        return Life.of(state(state), new RecordedDecision(toDossier(), steps, position));
    }

    static State state(String label) {
        return State.ofLabel(label)
                .orElseThrow(() -> new IllegalStateException("The database holds an unknown state: " + label));
    }
}
