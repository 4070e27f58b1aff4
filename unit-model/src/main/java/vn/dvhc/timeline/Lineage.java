package vn.dvhc.timeline;

import java.util.List;
import vn.dvhc.decision.Confidence;
import vn.dvhc.unit.Unit;

/** Answers about who came after or before a unit. */
public final class Lineage {

    private Lineage() {}

    /**
     * A unit reached by following edges through any number of reforms.
     *
     * @param unit its state on the date asked for; where it was left on the way because nothing is known beyond it, its
     *     last state
     * @param path the edges that were followed, from the unit asked for to this one, nearest reform first
     * @param open whether the path stops here only because the unit ended and nothing is known to have succeeded it
     */
    public record Reached(Unit unit, List<DatedEdge> path, boolean open) {

        public Reached {
            path = List.copyOf(path);
        }

        /** The weakest link of the path. */
        public Confidence confidence() {
            return path.stream().map(step -> step.edge().confidence()).reduce(Confidence.ACT, Confidence::weaker);
        }
    }
}
