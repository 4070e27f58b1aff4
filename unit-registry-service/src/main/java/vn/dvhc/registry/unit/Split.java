package vn.dvhc.registry.unit;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Extent;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;

/**
 * What a unit passed on at a day.
 *
 * @param known whether there is a unit of this id at all
 * @param successors the units it passed something to on that day
 * @param whole whether all of it went to one unit, so that nothing is left to decide
 */
record Split(boolean known, Set<UnitId> successors, boolean whole) {

    static Split of(Timeline timeline, UnitId unit, LocalDate date) {
        List<Edge> edges = timeline.edgesFrom(unit).stream()
                .filter(edge -> edge.date().equals(date))
                .map(DatedEdge::edge)
                .toList();
        return new Split(
                timeline.find(unit).isPresent(),
                edges.stream().map(Edge::to).collect(Collectors.toSet()),
                edges.size() == 1 && edges.get(0).extent() == Extent.FULL);
    }
}
