package vn.dvhc.history.lineage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.decision.Portion;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.unit.Unit;

/**
 * One unit in which another lies on the other date, wholly or in part.
 *
 * @param unit its state on the other date; where nothing is known beyond it, its last state, or its first looking back
 * @param extent how much of the unit asked about lies in it
 * @param edges what was followed to it, nearest reform first; empty if it is the unit itself
 * @param open whether nothing is known beyond it although the other date lies beyond its life
 * @param endedBy what ended it, if it is open and has ended
 * @param weight null where nobody has counted
 */
public record Share(
        Unit unit,
        Extent extent,
        List<DatedEdge> edges,
        boolean open,
        @Nullable Basis endedBy,
        @Nullable Weight weight) {

    public Share {
        edges = List.copyOf(edges);
    }

    Share weighing(@Nullable Weight counted) {
        return new Share(unit, extent, edges, open, endedBy, counted);
    }

    /** The weakest link among the edges; null if there are none. */
    public @Nullable Confidence confidence() {
        return edges.stream()
                .map(step -> step.edge().confidence())
                .reduce(Confidence::weaker)
                .orElse(null);
    }

    /** The act's words if a single edge leads there; else null, for words about one reform say nothing about several. */
    public @Nullable Portion portion() {
        Portion portion = edges.size() == 1 ? edges.get(0).edge().portion() : Portion.UNSTATED;
        return portion == Portion.UNSTATED ? null : portion;
    }

    /** The place in the act if a single edge leads there; else null. */
    public @Nullable String clause() {
        return edges.size() == 1 ? edges.get(0).edge().basis().clause() : null;
    }

    /** The acts of all edges, each once, in the order in which they are met. */
    public List<LegalAct> acts() {
        return edges.stream()
                .flatMap(step -> step.edge().basis().acts().stream())
                .distinct()
                .toList();
    }
}
