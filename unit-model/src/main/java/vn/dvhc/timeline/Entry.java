package vn.dvhc.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.unit.UnitId;

/**
 * One numbered message of the log: what it states, or what it takes back.
 *
 * @param sequence its number; identifies it
 * @param facts a change of a unit with the edges that ride on it, or an edge alone; empty if it strikes another message
 * @param retracts the message it strikes; null unless it strikes one
 * @param replaces the struck message in whose place of the day it stands; null if it stands where its number puts it
 */
public record Entry(
        long sequence,
        List<Fact> facts,
        @Nullable Long retracts,
        @Nullable Long replaces) {

    public Entry {
        facts = List.copyOf(facts);
        if (facts.isEmpty() != (retracts != null)) {
            throw new IllegalArgumentException("A message either states something or strikes another: " + sequence);
        }
    }

    /** A message that states something in a place of its own. */
    static Entry stating(long sequence, List<Fact> facts) {
        return new Entry(sequence, facts, null, null);
    }

    static Entry striking(long sequence, long struck) {
        return new Entry(sequence, List.of(), struck, null);
    }

    /**
     * Puts facts into messages, in order. An edge rides with the end of the giving unit, else with the beginning of the
     * receiving one, else it is a message of its own, after all others. What rides on a message is of the message's decision.
     */
    public static List<Entry> of(List<Fact> facts, long firstSequence) {
        Set<UnitId> ended = new HashSet<>();
        Set<UnitId> created = new HashSet<>();
        for (Fact fact : facts) {
            switch (fact.event().kind()) {
                case ENDED -> ended.add(fact.event().unit());
                case CREATED -> created.add(fact.event().unit());
                case RENAMED, RECLASSIFIED, REPARENTED, RECODED, SUCCEEDED -> {}
            }
        }
        Map<UnitId, List<Fact>> withEnd = new HashMap<>();
        Map<UnitId, List<Fact>> withBeginning = new HashMap<>();
        List<Fact> alone = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact.event() instanceof UnitEvent.Succeeded succeeded) {
                Edge edge = succeeded.edge();
                if (ended.contains(edge.from())) {
                    withEnd.computeIfAbsent(edge.from(), id -> new ArrayList<>())
                            .add(fact);
                } else if (created.contains(edge.to())) {
                    withBeginning
                            .computeIfAbsent(edge.to(), id -> new ArrayList<>())
                            .add(fact);
                } else {
                    alone.add(fact);
                }
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (Fact fact : facts) {
            UnitId unit = fact.event().unit();
            List<Fact> stated = new ArrayList<>(List.of(fact));
            switch (fact.event().kind()) {
                case ENDED -> withEnd.getOrDefault(unit, List.of()).forEach(edge -> stated.add(riding(fact, edge)));
                case CREATED ->
                    withBeginning.getOrDefault(unit, List.of()).forEach(edge -> stated.add(riding(fact, edge)));
                case RENAMED, RECLASSIFIED, REPARENTED, RECODED -> {}
                case SUCCEEDED -> {
                    continue;
                }
            }
            entries.add(stating(firstSequence + entries.size(), stated));
        }
        alone.forEach(edge -> entries.add(stating(firstSequence + entries.size(), List.of(edge))));
        return entries;
    }

    private static Fact riding(Fact on, Fact edge) {
        return new Fact(on.decision(), edge.event());
    }

    /** What it passes on. */
    public List<Edge> edges() {
        return facts.stream()
                .map(Fact::event)
                .filter(UnitEvent.Succeeded.class::isInstance)
                .map(event -> ((UnitEvent.Succeeded) event).edge())
                .toList();
    }

    boolean isEdgeAlone() {
        return facts.size() == 1 && facts.get(0).event().kind() == UnitEvent.Kind.SUCCEEDED;
    }

    Entry inPlaceOf(@Nullable Long struck) {
        return new Entry(sequence, facts, retracts, struck);
    }
}
