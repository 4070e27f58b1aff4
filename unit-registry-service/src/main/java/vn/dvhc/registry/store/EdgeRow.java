package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Portion;

/** A row of {@code edge}. */
@Entity
@Table(name = "edge")
@IdClass(EdgeRow.Key.class)
class EdgeRow {

    @Id
    LocalDate date;

    @Id
    @Column(name = "from_id")
    String fromId;

    @Id
    @Column(name = "to_id")
    String toId;

    String extent;

    @Nullable
    String portion;

    String confidence;

    @Column(name = "legal_basis")
    String[] legalBasis;

    @Nullable
    String clause;

    @Nullable
    String note;

    @SuppressWarnings("NullAway.Init")
    EdgeRow() {}

    static EdgeRow of(LocalDate date, Edge edge) {
        EdgeRow row = new EdgeRow();
        row.date = date;
        row.fromId = edge.from().toString();
        row.toId = edge.to().toString();
        row.extent = edge.extent().label();
        row.portion = edge.portion() == Portion.UNSTATED ? null : edge.portion().words();
        row.confidence = edge.confidence().label();
        row.legalBasis = Texts.actNumbers(edge.basis().acts());
        row.clause = edge.basis().clause();
        row.note = edge.basis().note();
        return row;
    }

    record Key(LocalDate date, String fromId, String toId) {}
}
