package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code hand_over_plan}. */
@Entity
@Table(name = "hand_over_plan")
@IdClass(HandOverPlanRow.Key.class)
class HandOverPlanRow {

    @Id
    @Column(name = "decision_id")
    String decisionId;

    @Id
    String digest;

    int version;

    @Column(name = "made_by")
    String madeBy;

    @Column(name = "made_at")
    Instant madeAt;

    @Column(name = "upper_bound")
    boolean upperBound;

    boolean truncated;

    @Column(name = "rests_on")
    String restsOn;

    /** A JSON array. */
    String estimates;

    /** Gzip of the plan's text. */
    byte[] lines;

    @SuppressWarnings("NullAway.Init")
    HandOverPlanRow() {}

    record Key(String decisionId, String digest) {}
}
