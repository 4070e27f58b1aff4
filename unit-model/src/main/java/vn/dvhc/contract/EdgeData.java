package vn.dvhc.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.decision.Portion;
import vn.dvhc.unit.UnitId;

/**
 * An edge as published.
 *
 * @param from unit id of the giving unit
 * @param to unit id of the receiving unit
 * @param extent {@code full}, {@code partial} or {@code unknown}
 * @param portion the act's words; null where unstated
 * @param confidence {@code act}, {@code strong} or {@code likely}
 * @param legalBasis numbers of the acts, may be empty
 * @param clause the place in the act; null where unknown
 * @param note a remark of the catalogue, like the signal that an early link rests on; null if there is none
 */
public record EdgeData(
        String from,
        String to,
        String extent,
        @Nullable String portion,
        String confidence,
        List<String> legalBasis,
        @Nullable String clause,
        @Nullable String note) {

    public EdgeData {
        legalBasis = List.copyOf(legalBasis);
    }

    public static EdgeData of(Edge edge) {
        return new EdgeData(
                edge.from().toString(),
                edge.to().toString(),
                edge.extent().label(),
                edge.portion() == Portion.UNSTATED ? null : edge.portion().words(),
                edge.confidence().label(),
                edge.basis().actNumbers(),
                edge.basis().clause(),
                edge.basis().note());
    }

    /** @throws IllegalArgumentException if a word is not of the contract */
    public Edge toEdge() {
        return new Edge(
                UnitId.parse(from),
                UnitId.parse(to),
                Extent.ofLabel(extent),
                portion == null ? Portion.UNSTATED : Portion.ofWords(portion),
                Confidence.ofLabel(confidence),
                new Basis(legalBasis.stream().map(LegalAct::new).toList(), clause, note));
    }
}
