package vn.dvhc.history.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Confidence;
import vn.dvhc.timeline.DatedEdge;

/**
 * A unit that came before or after another.
 *
 * @param edges what was followed to it, nearest reform first; empty if it is the unit itself
 * @param confidence the weakest link among the edges; null if there are none
 * @param open whether nothing is known beyond it although the date lies beyond its life
 */
public record Relative(
        UnitView unit, List<DatedEdge> edges, @Nullable Confidence confidence, boolean open) {

    public Relative {
        edges = List.copyOf(edges);
    }

    /** It is the unit asked for, which goes on. */
    public boolean unchanged() {
        return edges.isEmpty() && !open;
    }
}
