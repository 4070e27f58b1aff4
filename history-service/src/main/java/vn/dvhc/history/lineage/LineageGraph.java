package vn.dvhc.history.lineage;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.UnitId;

/**
 * All that is known to have led to a unit and to have come of it, for drawing.
 *
 * @param root the unit asked for
 * @param units by date of birth, then id; the root is among them
 * @param edges between these units, by date
 * @param truncated whether there were more units than the limit; those nearest to the root are told
 */
public record LineageGraph(UnitId root, List<UnitHistory> units, List<DatedEdge> edges, boolean truncated) {

    public LineageGraph {
        units = List.copyOf(units);
        edges = List.copyOf(edges);
    }

    /**
     * Ancestors and descendants, not the other children of ancestors. What a unit passed on before it received anything from
     * the root did not come of the root.
     *
     * @param limit most units to tell, at least 1
     * @throws IllegalArgumentException if there is no such unit
     */
    public static LineageGraph of(Timeline timeline, UnitId root, int limit) {
        UnitHistory own =
                timeline.find(root).orElseThrow(() -> new IllegalArgumentException("There is no unit " + root));
        Spread spread = new Spread(timeline, limit);
        spread.units.put(root, own);
        spread.backwards(root);
        spread.forwards(root);
        return new LineageGraph(
                root,
                spread.units.values().stream()
                        .sorted(Comparator.comparing(UnitHistory::born).thenComparing(UnitHistory::id))
                        .toList(),
                spread.edges.stream()
                        .sorted(Comparator.comparing(DatedEdge::date))
                        .toList(),
                spread.truncated);
    }

    /** Breadth first, so that a limit keeps what is nearest. */
    private static final class Spread {

        private final Timeline timeline;
        private final int limit;
        private final Map<UnitId, UnitHistory> units = new LinkedHashMap<>();
        private final Set<DatedEdge> edges = new LinkedHashSet<>();
        private boolean truncated;

        Spread(Timeline timeline, int limit) {
            this.timeline = timeline;
            this.limit = limit;
        }

        void forwards(UnitId root) {
            Map<UnitId, LocalDate> since = new HashMap<>(Map.of(root, LocalDate.MIN));
            Deque<UnitId> waiting = new ArrayDeque<>(List.of(root));
            while (!waiting.isEmpty()) {
                UnitId giver = waiting.remove();
                LocalDate arrived = since.getOrDefault(giver, LocalDate.MAX);
                for (DatedEdge edge : timeline.edgesFrom(giver)) {
                    UnitId other = edge.edge().to();
                    if (edge.date().isAfter(arrived)
                            && takes(other, edge)
                            && edge.date().isBefore(since.getOrDefault(other, LocalDate.MAX))) {
                        since.put(other, edge.date());
                        waiting.add(other);
                    }
                }
            }
        }

        void backwards(UnitId root) {
            Map<UnitId, LocalDate> until = new HashMap<>(Map.of(root, LocalDate.MAX));
            Deque<UnitId> waiting = new ArrayDeque<>(List.of(root));
            while (!waiting.isEmpty()) {
                UnitId receiver = waiting.remove();
                LocalDate left = until.getOrDefault(receiver, LocalDate.MIN);
                for (DatedEdge edge : timeline.edgesTo(receiver)) {
                    UnitId other = edge.edge().from();
                    if (edge.date().isBefore(left)
                            && takes(other, edge)
                            && edge.date().isAfter(until.getOrDefault(other, LocalDate.MIN))) {
                        until.put(other, edge.date());
                        waiting.add(other);
                    }
                }
            }
        }

        private boolean takes(UnitId other, DatedEdge edge) {
            if (!units.containsKey(other)) {
                if (units.size() >= limit) {
                    truncated = true;
                    return false;
                }
                units.put(other, timeline.find(other).orElseThrow());
            }
            edges.add(edge);
            return true;
        }
    }
}
