package vn.dvhc.history.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;
import vn.dvhc.timeline.DatedEdge;

/**
 * A unit that came before or after another.
 *
 * @param extent how much of the unit asked for lies in it
 * @param edges what was followed to it, nearest reform first; empty if it is the unit itself
 * @param confidence the weakest link among the edges; null if there are none
 * @param lost why nothing is known beyond it although the date lies beyond its life; null if the date was reached
 */
public record Relative(
        UnitView unit,
        Extent extent,
        List<DatedEdge> edges,
        @Nullable Confidence confidence,
        @Nullable Lost lost) {

    public Relative {
        edges = List.copyOf(edges);
    }

    /** Why a way ends before the date it was to lead to. */
    public enum Reason {
        /** The unit ended, and nothing is recorded to have succeeded it. */
        NO_SUCCESSOR_RECORDED,
        /** The unit began, and nothing is recorded to have preceded it. */
        NO_PREDECESSOR_RECORDED,
        /** The unit is of the first known state: the catalogue does not reach back further. */
        BEFORE_FIRST_DAY
    }

    /**
     * Where a way ends.
     *
     * @param endedBy what ended the unit; none for a unit that is looked back from
     */
    public record Lost(Reason reason, Basis endedBy) {}

    /** It is the unit asked for, which goes on. */
    public boolean unchanged() {
        return edges.isEmpty() && lost == null;
    }

    /** Whether nothing is known beyond it although the date lies beyond its life. */
    public boolean open() {
        return lost != null;
    }
}
