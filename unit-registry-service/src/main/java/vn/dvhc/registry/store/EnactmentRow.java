package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A row of {@code enactment}. */
@Entity
@Table(name = "enactment")
class EnactmentRow {

    @Id
    LocalDate date;

    @Column(name = "first_sequence")
    long firstSequence;

    @Column(name = "last_sequence")
    long lastSequence;

    @Nullable
    String digest;

    @Column(name = "enacted_at")
    Instant enactedAt;

    @SuppressWarnings("NullAway.Init")
    EnactmentRow() {}
}
