package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.unit.GroupRecord;

/** A row of {@code log_group}. */
@Entity
@Table(name = "log_group")
class LogGroupRow {

    @Id
    long position;

    String kind;

    LocalDate date;

    @Column(name = "decision_id")
    @Nullable
    String decisionId;

    @Column(name = "first_sequence")
    long firstSequence;

    @Column(name = "last_sequence")
    long lastSequence;

    @Nullable
    String digest;

    @Column(name = "recorded_at")
    Instant recordedAt;

    @SuppressWarnings("NullAway.Init")
    LogGroupRow() {}

    static LogGroupRow of(GroupRecord group) {
        DecisionId decision = group.decision();
        LogGroupRow row = new LogGroupRow();
        row.position = group.position();
        row.kind = group.kind().label();
        row.date = group.date();
        row.decisionId = decision == null ? null : decision.value();
        row.firstSequence = group.firstSequence();
        row.lastSequence = group.lastSequence();
        row.digest = group.digest();
        row.recordedAt = group.recordedAt();
        return row;
    }

    GroupRecord toRecord() {
        return new GroupRecord(
                position,
                GroupRecord.Kind.ofLabel(kind),
                date,
                decisionId == null ? null : new DecisionId(decisionId),
                firstSequence,
                lastSequence,
                digest,
                recordedAt);
    }
}
