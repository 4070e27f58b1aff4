package vn.dvhc.timeline;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.unit.UnitId;

/**
 * What a correction leaves of a date.
 *
 * @param struck the messages it strikes
 * @param pruned what is stated anew of messages that lose an edge; each still bears the number of the struck one
 * @param slots what was recorded of the date, each in its place, as the correction leaves it
 */
record CorrectionPlan(NavigableSet<Long> struck, List<Entry> pruned, List<Draft.Slot> slots) {

    /** @param strikes all of messages of the date that are not struck */
    static CorrectionPlan of(List<Group> groups, Set<Long> struckBefore, LocalDate date, List<Strike> strikes) {
        Map<Long, Set<UnitId>> lostEdges = new TreeMap<>();
        NavigableSet<Long> struck = new TreeSet<>();
        for (Strike strike : strikes) {
            struck.add(strike.sequence());
            if (strike.to() != null) {
                lostEdges
                        .computeIfAbsent(strike.sequence(), number -> new HashSet<>())
                        .add(strike.to());
            }
        }
        strikes.stream()
                .filter(strike -> strike.to() == null)
                .map(Strike::sequence)
                .forEach(lostEdges::remove);
        NavigableMap<Long, Long> retractions = Chronicle.retractions(groups);
        long number = groups.get(groups.size() - 1).lastSequence() + 1;
        for (long target : struck) {
            retractions.put(number++, target);
        }
        Set<Long> struckAfter = Chronicle.struck(retractions);
        List<Entry> pruned = new ArrayList<>();
        List<Draft.Slot> slots = new ArrayList<>();
        for (Entry entry : Chronicle.byDate(groups, date::equals).getOrDefault(date, List.of())) {
            Set<UnitId> lost = lostEdges.get(entry.sequence());
            if (entry.retracts() != null) {
                continue;
            }
            if (lost != null && !entry.isEdgeAlone()) {
                Entry rest = without(entry, lost);
                pruned.add(rest);
                slots.add(new Draft.Slot(rest, false));
            } else if (!struckAfter.contains(entry.sequence())) {
                slots.add(new Draft.Slot(entry, false));
            } else if (!struckBefore.contains(entry.sequence())) {
                slots.add(new Draft.Slot(entry, true));
            }
        }
        return new CorrectionPlan(struck, pruned, slots);
    }

    /** The correction's messages: first what it strikes, then what it states anew, then what it adds. */
    List<Entry> entries(DecisionId decision, List<Draft.Stated> stated, long first) {
        List<Entry> entries = new ArrayList<>();
        for (long target : struck) {
            entries.add(Entry.striking(first + entries.size(), target));
        }
        for (Entry rest : pruned) {
            List<Fact> facts = rest.facts().stream()
                    .map(fact -> new Fact(decision, fact.event()))
                    .toList();
            entries.add(Entry.stating(first + entries.size(), facts).inPlaceOf(rest.sequence()));
        }
        Map<Fact, Long> places = new IdentityHashMap<>();
        for (Draft.Stated one : stated) {
            if (one.replaces() != null) {
                places.put(one.fact(), one.replaces());
            }
        }
        Entry.of(stated.stream().map(Draft.Stated::fact).toList(), first + entries.size())
                .forEach(entry ->
                        entries.add(entry.inPlaceOf(places.get(entry.facts().get(0)))));
        return entries;
    }

    private static Entry without(Entry entry, Set<UnitId> lost) {
        return Entry.stating(
                entry.sequence(),
                entry.facts().stream()
                        .filter(fact -> !(fact.event() instanceof UnitEvent.Succeeded succeeded
                                && isTo(succeeded.edge(), lost)))
                        .toList());
    }

    private static boolean isTo(Edge edge, Set<UnitId> units) {
        return units.contains(edge.to());
    }
}
