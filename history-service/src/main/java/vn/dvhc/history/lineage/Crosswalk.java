package vn.dvhc.history.lineage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Extent;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/**
 * Leads units of one date to another, earlier or later, edge by edge. Unlike {@link Timeline#successors}, which asks where a
 * record's unit went, it also follows what a unit gave away while it went on: a figure of the whole is then no longer a
 * figure of the rest.
 *
 * <p>Looking back, {@code full} means that the whole of the later unit came from the earlier one, as far as is known.
 */
public final class Crosswalk {

    private final Timeline timeline;
    private final LocalDate from;
    private final LocalDate to;
    private final boolean back;
    private final Weights weights;

    /**
     * One without weights.
     *
     * @param from the date of the units
     * @param to the date they are led to; may lie before
     */
    public Crosswalk(Timeline timeline, LocalDate from, LocalDate to) {
        this(timeline, from, to, Weights.NONE);
    }

    /** @param weights what was counted of divided units */
    public Crosswalk(Timeline timeline, LocalDate from, LocalDate to, Weights weights) {
        this.weights = weights;
        this.timeline = timeline;
        this.from = from;
        this.to = to;
        this.back = to.isBefore(from);
    }

    public LocalDate from() {
        return from;
    }

    public LocalDate to() {
        return to;
    }

    /** Whether it leads to an earlier date. */
    public boolean isBackward() {
        return back;
    }

    /**
     * Every unit of the first date, by code.
     *
     * @param level only this level; null for all
     * @param province only units that lie in this province on the first date; null for all
     */
    public List<Crossing> all(@Nullable Level level, @Nullable UnitId province) {
        return timeline.units(from, level, null).stream()
                .filter(unit -> province == null || province.equals(provinceOf(unit, from)))
                .map(this::of)
                .toList();
    }

    /**
     * One unit.
     *
     * @throws IllegalArgumentException if it is not in force on the first date
     */
    public Crossing of(Unit unit) {
        if (!unit.isInForce(from)) {
            throw new IllegalArgumentException("Unit " + unit.id() + " is not in this state on " + from);
        }
        Walked walked = walk(history(unit.id()), from);
        return new Crossing(unit, weighed(unit.id(), walked), walked.complete);
    }

    /** Weights tell of the whole, so a way that is lost or not known leaves all without. */
    private List<Share> weighed(UnitId unit, Walked walked) {
        List<Share> shares = List.copyOf(walked.shares.values());
        if (back || shares.size() < 2 || !walked.complete || shares.stream().anyMatch(Share::open)) {
            return shares;
        }
        Map<UnitId, Weight> known =
                weights.of(unit, shares.stream().map(share -> share.unit().id()).collect(Collectors.toSet()));
        return known.isEmpty()
                ? shares
                : shares.stream()
                        .map(share -> share.weighing(known.get(share.unit().id())))
                        .toList();
    }

    /** The province that a unit lies in on a date; null if the date knows none. */
    public @Nullable UnitId provinceOf(Unit unit, LocalDate at) {
        Unit above = unit;
        while (above.parent() != null) {
            Optional<Unit> next = history(above.parent()).at(at);
            if (next.isEmpty()) {
                return null;
            }
            above = next.get();
        }
        return above.level() == Level.PROVINCE ? above.id() : null;
    }

    /** Where the whole of a unit lies that is in force on {@code since}. */
    private Walked walk(UnitHistory unit, LocalDate since) {
        List<DatedEdge> steps = steps(unit, since);
        Optional<Unit> present = unit.at(to);
        if (steps.isEmpty()) {
            Share share = present.map(state -> new Share(state, Extent.FULL, List.of(), false, null, null))
                    .orElseGet(() -> deadEnd(unit));
            return new Walked(Map.of(Target.of(share), share), true);
        }
        Parts parts = new Parts();
        present.ifPresent(state -> parts.add(new Share(state, Extent.FULL, List.of(), false, null, null)));
        LocalDate limit = Objects.requireNonNullElse(back ? unit.born() : unit.ended(), LocalDate.MAX);
        List<DatedEdge> last =
                steps.stream().filter(step -> step.date().equals(limit)).toList();
        if (present.isEmpty() && last.isEmpty()) {
            parts.add(deadEnd(unit));
        }
        for (DatedEdge step : steps) {
            UnitHistory next = history(back ? step.edge().from() : step.edge().to());
            LocalDate then = back ? step.date().minusDays(1) : step.date();
            parts.add(step, extent(step), walk(next, then));
        }
        boolean covered = present.isPresent() || last.size() != 1 || extent(last.get(0)) == Extent.FULL;
        return parts.merged(covered);
    }

    private List<DatedEdge> steps(UnitHistory unit, LocalDate since) {
        return back
                ? timeline.edgesTo(unit.id()).stream()
                        .filter(edge -> edge.date().isAfter(to) && !edge.date().isAfter(since))
                        .sorted((one, other) -> other.date().compareTo(one.date()))
                        .toList()
                : timeline.edgesFrom(unit.id()).stream()
                        .filter(edge ->
                                edge.date().isAfter(since) && !edge.date().isAfter(to))
                        .toList();
    }

    /** An edge's extent tells of the giving unit; looking back, several sources make each of them a part by themselves. */
    private Extent extent(DatedEdge step) {
        return back ? Extent.FULL : step.edge().extent();
    }

    private Share deadEnd(UnitHistory unit) {
        Basis endedBy = back ? null : Objects.requireNonNullElse(unit.endedBy(), Basis.NONE);
        return new Share(back ? unit.first() : unit.last(), Extent.FULL, List.of(), true, endedBy, null);
    }

    private UnitHistory history(UnitId id) {
        return timeline.find(id)
                .orElseThrow(() -> new IllegalStateException("The timeline refers to a unit it does not hold: " + id));
    }

    /** A unit reached, or one at which the way was lost: the same unit may be both by two ways. */
    private record Target(UnitId unit, boolean open) {
        static Target of(Share share) {
            return new Target(share.unit().id(), share.open());
        }
    }

    /** Shares by unit, and whether they make up the whole. */
    private record Walked(Map<Target, Share> shares, boolean complete) {}

    /** What one unit was divided into, with the ways to the same unit merged. */
    private static final class Parts {

        private final Map<Target, Share> first = new LinkedHashMap<>();
        private final Map<Target, Extent> extents = new LinkedHashMap<>();
        private final Map<Target, Set<DatedEdge>> edges = new LinkedHashMap<>();
        private boolean wholes = true;
        private boolean complete = true;

        void add(Share own) {
            put(own, own.extent(), List.of());
        }

        void add(DatedEdge step, Extent extent, Walked beyond) {
            for (Share share : beyond.shares.values()) {
                List<DatedEdge> path = new ArrayList<>();
                path.add(step);
                path.addAll(share.edges());
                put(share, lesser(extent, share.extent()), path);
                wholes &= share.extent() == Extent.FULL;
            }
            complete &= beyond.complete;
        }

        private void put(Share share, Extent extent, List<DatedEdge> path) {
            Target target = Target.of(share);
            first.putIfAbsent(target, share);
            extents.merge(target, extent, Parts::lesser);
            edges.computeIfAbsent(target, key -> new LinkedHashSet<>()).addAll(path);
        }

        /** @param covered whether the parts make up the whole unit */
        Walked merged(boolean covered) {
            boolean whole = first.size() == 1 && wholes && covered;
            Map<Target, Share> merged = new LinkedHashMap<>();
            first.forEach((target, share) -> {
                Extent extent = Objects.requireNonNull(extents.get(target));
                if (whole) {
                    extent = Extent.FULL;
                } else if (first.size() > 1 && extent == Extent.FULL) {
                    extent = Extent.PARTIAL;
                }
                List<DatedEdge> path = List.copyOf(Objects.requireNonNull(edges.get(target)));
                merged.put(target, new Share(share.unit(), extent, path, share.open(), share.endedBy(), null));
            });
            return new Walked(merged, complete && covered);
        }

        /** A part of what may be all is at most a part. */
        private static Extent lesser(Extent one, Extent other) {
            if (one == Extent.PARTIAL || other == Extent.PARTIAL) {
                return Extent.PARTIAL;
            }
            return one == Extent.UNKNOWN || other == Extent.UNKNOWN ? Extent.UNKNOWN : Extent.FULL;
        }
    }
}
