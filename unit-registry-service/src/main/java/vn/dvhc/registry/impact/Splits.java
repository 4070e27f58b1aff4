package vn.dvhc.registry.impact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** The units that a decision splits, each with how far its localities are assigned. */
public final class Splits {

    private Splits() {}

    /**
     * A unit that ends and passes to several.
     *
     * @param unit its last state
     * @param parts what each successor receives, in the order of the decision
     * @param assigned localities assigned so far
     * @param unassigned localities that records name and nobody has assigned, with how many records name them, by name
     * @param withoutLocality records of it that name no locality
     */
    public record Split(
            Unit unit, List<Part> parts, int assigned, Map<String, Long> unassigned, long withoutLocality) {}

    /** What passes to one successor, as it stands on the day. */
    public record Part(Unit successor, Edge edge) {}

    /**
     * Ids of the units that the decision splits.
     *
     * @param after the register with the day in it, whether it is over or rehearsed
     */
    public static Set<UnitId> units(Decision decision, Timeline after) {
        Set<UnitId> split = new LinkedHashSet<>();
        for (UnitChange change : decision.changes()) {
            if (change.kind() == UnitChange.Kind.SUCCEED) {
                after.unit(change.code(), decision.effectiveDate().minusDays(1))
                        .map(Unit::id)
                        .filter(id -> endsOnTheDay(after, id, decision)
                                && edges(after, id, decision).size() > 1)
                        .ifPresent(split::add);
            }
        }
        return split;
    }

    /** @param assignments of these units; others are passed over */
    public static List<Split> of(
            Decision decision,
            Timeline after,
            Collection<LocalityAssignment> assignments,
            Collection<RecordCounts> counts) {
        Map<UnitId, Set<String>> assigned = new HashMap<>();
        assignments.forEach(assignment -> assigned.computeIfAbsent(assignment.unit(), id -> new HashSet<>())
                .add(assignment.locality()));
        Map<UnitId, List<RecordCounts>> counted = new LinkedHashMap<>();
        counts.forEach(count -> after.unit(count.code(), count.vintage())
                .ifPresent(unit -> counted.computeIfAbsent(unit.id(), id -> new ArrayList<>())
                        .add(count)));
        return units(decision, after).stream()
                .map(id -> split(
                        after.find(id).orElseThrow().last(),
                        parts(after, id, decision),
                        assigned.getOrDefault(id, Set.of()),
                        counted.getOrDefault(id, List.of())))
                .toList();
    }

    private static Split split(Unit unit, List<Part> parts, Set<String> assigned, List<RecordCounts> counts) {
        Map<String, Long> unassigned = new TreeMap<>();
        long withoutLocality = 0;
        for (RecordCounts count : counts) {
            String locality = count.locality();
            if (locality == null) {
                withoutLocality += count.records();
            } else if (!assigned.contains(locality)) {
                unassigned.merge(locality, count.records(), Long::sum);
            }
        }
        return new Split(unit, parts, assigned.size(), unassigned, withoutLocality);
    }

    private static List<Part> parts(Timeline after, UnitId id, Decision decision) {
        List<Part> parts = new ArrayList<>();
        for (Edge edge : edges(after, id, decision)) {
            after.find(edge.to())
                    .flatMap(history -> history.at(decision.effectiveDate()))
                    .ifPresent(successor -> parts.add(new Part(successor, edge)));
        }
        return List.copyOf(parts);
    }

    private static boolean endsOnTheDay(Timeline after, UnitId id, Decision decision) {
        return after.find(id)
                .map(UnitHistory::ended)
                .filter(decision.effectiveDate()::equals)
                .isPresent();
    }

    private static List<Edge> edges(Timeline after, UnitId id, Decision decision) {
        return after.edgesFrom(id).stream()
                .filter(edge -> edge.date().equals(decision.effectiveDate()))
                .map(DatedEdge::edge)
                .toList();
    }
}
