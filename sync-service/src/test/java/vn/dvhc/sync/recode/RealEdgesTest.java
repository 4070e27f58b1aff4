package vn.dvhc.sync.recode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** Every edge that an act ever drew, from 2004 to 2026: a record can go along it, and along nothing else. */
class RealEdgesTest {

    @Test
    void everyEdge_isAWayForRecords_andRecordsHaveNoOther() {
        Timeline timeline = Timeline.empty();
        Map<LocalDate, Integer> edgesOfDays = new HashMap<>();
        for (var day : Catalogue.load().days().entrySet()) {
            LocalDate date = day.getKey();
            Enactment.Enacted enacted = timeline.enact(date, day.getValue()).fold(done -> done, refused -> {
                throw new AssertionError(refused.reasons());
            });
            Timeline before = timeline;
            timeline = enacted.timeline();
            Map<UnitId, List<Edge>> edges = edges(enacted);
            edgesOfDays.put(date, edges.values().stream().mapToInt(List::size).sum());
            Decider decider = new Decider(timeline, Localities.none(), date, date.plusDays(1), Following.EVERYTHING);
            for (Map.Entry<UnitId, List<Edge>> unit : edges.entrySet()) {
                before.find(unit.getKey())
                        .flatMap(history -> history.at(date.minusDays(1)))
                        .ifPresent(last -> assertGoesAlong(decider, last, date, unit.getValue()));
            }
        }
        // The published list of the reform has 10,634 lines: these, and one of each unit that goes on unchanged.
        assertThat(edgesOfDays.get(Catalogue.REFORM) + goesOn(timeline)).isEqualTo(10_634);
    }

    private static void assertGoesAlong(Decider decider, Unit last, LocalDate date, List<Edge> edges) {
        Verdict verdict = decider.decide(
                new RecordUnit(last.code().value(), date.minusDays(1).toString(), List.of()));
        if (verdict.outcome() == Verdict.Outcome.KEPT) {
            // A unit that goes on gave a piece away: its records stay until somebody says which of them were of the
            // piece.
            assertThat(edges).as("%s on %s", last.id(), date).allMatch(edge -> edge.extent() == Extent.PARTIAL);
            return;
        }
        Set<UnitId> ways = new HashSet<>(verdict.candidates());
        if (verdict.to() != null) {
            ways.add(verdict.to());
        }
        Set<UnitId> drawn = new HashSet<>();
        edges.forEach(edge -> drawn.add(edge.to()));
        assertThat(ways).as("%s on %s: %s", last.id(), date, verdict.outcome()).isEqualTo(drawn);
    }

    /** Provinces and communes, with districts that had none, whose records are left as they are by the reform. */
    private static long goesOn(Timeline timeline) {
        LocalDate eve = Catalogue.REFORM.minusDays(1);
        Decider decider =
                new Decider(timeline, Localities.none(), Catalogue.REFORM, LocalDate.MAX, Following.EVERYTHING);
        return Stream.of(Level.PROVINCE, Level.COMMUNE)
                .flatMap(level -> timeline.units(eve, level, null).stream())
                .map(unit -> decider.decide(new RecordUnit(unit.code().value(), eve.toString(), List.of())))
                .filter(verdict -> verdict.outcome() == Verdict.Outcome.KEPT)
                .count();
    }

    private static Map<UnitId, List<Edge>> edges(Enactment.Enacted enacted) {
        Map<UnitId, List<Edge>> edges = new HashMap<>();
        Group.Day.of(enacted, Instant.EPOCH, 1).entries().stream()
                .flatMap(entry -> entry.facts().stream())
                .forEach(fact -> {
                    if (fact.event() instanceof UnitEvent.Succeeded succeeded) {
                        edges.computeIfAbsent(succeeded.edge().from(), from -> new ArrayList<>())
                                .add(succeeded.edge());
                    }
                });
        return edges;
    }
}
