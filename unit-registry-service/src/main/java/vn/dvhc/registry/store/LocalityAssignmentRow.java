package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;

/** A row of {@code locality_assignment}. */
@Entity
@Table(name = "locality_assignment")
@IdClass(LocalityAssignmentRow.Key.class)
class LocalityAssignmentRow {

    @Id
    @Column(name = "unit_id")
    String unitId;

    @Id
    String locality;

    String kind;

    LocalDate enactment;

    @Column(name = "successor_id")
    String successorId;

    @Column(name = "assigned_by")
    String assignedBy;

    @Column(name = "assigned_at")
    Instant assignedAt;

    @SuppressWarnings("NullAway.Init")
    LocalityAssignmentRow() {}

    record Key(String unitId, String locality) {}
}
