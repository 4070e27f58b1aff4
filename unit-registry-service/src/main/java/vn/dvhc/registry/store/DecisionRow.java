package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A row of {@code decision}. */
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

    @Version
    int version;

    @SuppressWarnings("NullAway.Init")
    DecisionRow() {}
}
