package vn.dvhc.history.query;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Extent;
import vn.dvhc.history.lineage.Crosswalk;
import vn.dvhc.history.lineage.LineageGraph;
import vn.dvhc.history.lineage.Share;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.timeline.Tenure;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/**
 * Answers from one snapshot on one business date. A code that comes without a date is read as of today, else as of the last
 * day on which it was borne, and the answer says so.
 */
public final class UnitQueries {

    private final Timeline timeline;
    private final LocalDate today;
    private final LocalDate firstDay;

    /** @param today the business date */
    public UnitQueries(Snapshot snapshot, LocalDate today) {
        this.timeline = snapshot.timeline();
        this.today = today;
        this.firstDay = snapshot.firstDay().orElse(today);
    }

    /** @param at the date of the code; null if it came without one */
    public LookUp unit(UnitCode code, @Nullable LocalDate at) {
        if (at != null) {
            Optional<Unit> bearer = timeline.unit(code, at);
            return bearer.isPresent() ? new LookUp.Found(view(bearer.get(), at), null) : notKnown(code, at);
        }
        Optional<Tenure> tenure = tenureToday(code);
        if (tenure.isEmpty()) {
            return notKnown(code, today);
        }
        Reading reading = reading(code, tenure.get());
        LocalDate read = lastDay(tenure.get());
        Unit state = state(tenure.get(), read);
        if (tenure.get().covers(today)) {
            return new LookUp.Found(view(state, today), reading);
        }
        UnitView unit = view(state, read);
        return timeline.recode(new UnitRef(code, read), today)
                .fold(
                        same -> new LookUp.Moved(unit, List.of(goingOn(same.unit())), true, reading),
                        one -> new LookUp.Moved(unit, relatives(state, read, today), true, reading),
                        split -> new LookUp.Moved(unit, relatives(state, read, today), false, reading),
                        ended -> new LookUp.Ended(unit, ended.endedOn(), ended.endedBy(), reading),
                        unknown -> notKnown(code, today),
                        ambiguous -> notKnown(code, today));
    }

    /**
     * Who came after the unit of a code, through as many reforms as needed.
     *
     * @param at the date of the code; null if it came without one
     * @param on the date on which the successors are told; null for today
     */
    public Kinship successors(UnitCode code, @Nullable LocalDate at, @Nullable LocalDate on) {
        return related(code, at, (state, read) -> {
            LocalDate told = on == null ? latest(today, read) : on;
            return told.isBefore(read)
                    ? new Kinship.WrongOrder(read, told)
                    : new Kinship.Told(view(state, read), told, relatives(state, read, told), null);
        });
    }

    /**
     * From whom the unit of a code came.
     *
     * @param at the date of the code; null if it came without one
     * @param on the date on which the predecessors are told; null for the day before the unit was born, or the first known
     *     day
     */
    public Kinship predecessors(UnitCode code, @Nullable LocalDate at, @Nullable LocalDate on) {
        return related(code, at, (state, read) -> {
            LocalDate told = on == null ? latest(firstDay, state.id().born().minusDays(1)) : on;
            return told.isAfter(read)
                    ? new Kinship.WrongOrder(read, told)
                    : new Kinship.Told(view(state, read), told, relatives(state, read, told), null);
        });
    }

    /** Every unit that ever bore the code; empty if none did. */
    public Optional<CodeLife> life(UnitCode code) {
        List<Tenure> tenures = timeline.tenures(code);
        return tenures.isEmpty()
                ? Optional.empty()
                : Optional.of(new CodeLife(
                        code,
                        tenures.stream().map(tenure -> bearer(code, tenure)).toList()));
    }

    /**
     * All that led to the unit of a code and all that came of it, for drawing.
     *
     * @param at the date of the code; null if it came without one
     * @param limit most units to tell
     */
    public Ancestry lineage(UnitCode code, @Nullable LocalDate at, int limit) {
        Optional<Tenure> tenure = tenureToday(code);
        Optional<UnitId> unit = at != null ? timeline.unit(code, at).map(Unit::id) : tenure.map(Tenure::unit);
        if (unit.isEmpty()) {
            return new Ancestry.Unknown(notKnown(code, at == null ? today : at));
        }
        LineageGraph graph = LineageGraph.of(timeline, unit.get(), limit);
        List<UnitView> views = graph.units().stream()
                .map(life -> view(life.last(), life.last().validFrom()))
                .toList();
        Reading reading = at == null ? tenure.map(read -> reading(code, read)).orElse(null) : null;
        return new Ancestry.Drawn(graph, views, reading);
    }

    /** When the code is known, nearest to a date first. */
    public LookUp.NotKnown notKnown(UnitCode code, LocalDate at) {
        List<Known> known = timeline.tenuresNear(code, at).stream()
                .map(tenure -> known(tenure, at))
                .toList();
        return new LookUp.NotKnown(code, at, firstDay, known);
    }

    /**
     * Units in force on a date, by code.
     *
     * @param parent only direct children of this unit; null for all
     * @param after only codes after this one; null to begin at the first
     * @param limit at least 1
     */
    public UnitPage units(
            LocalDate at, @Nullable Level level, @Nullable UnitId parent, @Nullable UnitCode after, int limit) {
        List<Unit> all = timeline.units(at, level, parent);
        List<Unit> page = all.stream()
                .filter(unit -> after == null || unit.code().compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = page.size() > limit;
        List<UnitView> views =
                page.stream().limit(limit).map(unit -> view(unit, at)).toList();
        return new UnitPage(
                at, all.size(), views, more ? views.get(limit - 1).state().code() : null);
    }

    /** The unit that bore a code on the date of its vintage; empty if none did, or the code is bare. */
    public Optional<UnitId> bearer(UnitRef ref) {
        LocalDate vintage = ref.vintage();
        return vintage == null
                ? Optional.empty()
                : timeline.unit(ref.code(), vintage).map(Unit::id);
    }

    /** How many units of each level are in force on a date. */
    public Map<Level, Integer> counts(LocalDate at) {
        Map<Level, Integer> counts = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            counts.put(level, 0);
        }
        timeline.histories()
                .filter(history -> history.isInForce(at))
                .forEach(history -> counts.merge(history.id().level(), 1, Integer::sum));
        return counts;
    }

    /** A question about the relatives of a unit, after its code was read. */
    private interface Question {
        Kinship ask(Unit state, LocalDate read);
    }

    private Kinship related(UnitCode code, @Nullable LocalDate at, Question question) {
        if (at != null) {
            Optional<Unit> bearer = timeline.unit(code, at);
            return bearer.isPresent() ? question.ask(bearer.get(), at) : new Kinship.Unknown(notKnown(code, at));
        }
        Optional<Tenure> tenure = tenureToday(code);
        if (tenure.isEmpty()) {
            return new Kinship.Unknown(notKnown(code, today));
        }
        Reading reading = reading(code, tenure.get());
        LocalDate read = lastDay(tenure.get());
        return question.ask(state(tenure.get(), read), read)
                .fold(
                        told -> new Kinship.Told(told.unit(), told.on(), told.relatives(), reading),
                        wrongOrder -> wrongOrder,
                        Kinship.Unknown::new);
    }

    /** Who bears the code today, else who bore it last; empty if nobody did up to now. */
    private Optional<Tenure> tenureToday(UnitCode code) {
        Tenure last = null;
        for (Tenure tenure : timeline.tenures(code)) {
            if (!tenure.from().isAfter(today)) {
                last = tenure;
            }
        }
        return Optional.ofNullable(last);
    }

    private Reading reading(UnitCode code, Tenure tenure) {
        boolean ambiguous = timeline.tenures(code).stream()
                .anyMatch(other ->
                        other.from().isBefore(tenure.from()) && !other.unit().equals(tenure.unit()));
        return new Reading(today, ambiguous ? tenure.from() : null);
    }

    /** The last day of the tenure, but not after today. */
    private LocalDate lastDay(Tenure tenure) {
        LocalDate to = tenure.to();
        return to == null || to.isAfter(today) ? today : to.minusDays(1);
    }

    private Unit state(Tenure tenure, LocalDate at) {
        return history(tenure.unit()).at(at).orElseThrow();
    }

    private Known known(Tenure tenure, LocalDate at) {
        LocalDate to = tenure.to();
        LocalDate last = to == null ? latest(tenure.from(), today) : to.minusDays(1);
        Unit state = state(tenure, last);
        List<Relative> successors = to == null || at.isBefore(to) ? List.of() : relatives(state, last, at);
        return new Known(tenure, view(state, last), successors);
    }

    private CodeLife.Bearer bearer(UnitCode code, Tenure tenure) {
        UnitHistory history = history(tenure.unit());
        List<UnitView> states = history.states().stream()
                .filter(state -> state.code().equals(code) && tenure.covers(state.validFrom()))
                .map(state -> view(state, state.validFrom()))
                .toList();
        LocalDate to = tenure.to();
        boolean endedWithIt = to != null && to.equals(history.ended());
        return new CodeLife.Bearer(
                tenure,
                states,
                endedWithIt ? Objects.requireNonNullElse(history.endedBy(), Basis.NONE) : null,
                to == null ? null : history.at(to).map(Unit::code).orElse(null),
                timeline.edgesTo(history.id()),
                timeline.edgesFrom(history.id()));
    }

    private List<Relative> relatives(Unit state, LocalDate read, LocalDate on) {
        return new Crosswalk(timeline, read, on)
                .of(state).shares().stream().map(share -> relative(share, on)).toList();
    }

    private Relative relative(Share share, LocalDate on) {
        return new Relative(view(share.unit(), on), share.extent(), share.edges(), share.confidence(), lost(share));
    }

    private Relative.@Nullable Lost lost(Share share) {
        if (!share.open()) {
            return null;
        }
        Basis endedBy = share.endedBy();
        if (endedBy != null) {
            return new Relative.Lost(Relative.Reason.NO_SUCCESSOR_RECORDED, endedBy);
        }
        boolean first = share.unit().id().born().equals(firstDay);
        return new Relative.Lost(
                first ? Relative.Reason.BEFORE_FIRST_DAY : Relative.Reason.NO_PREDECESSOR_RECORDED, Basis.NONE);
    }

    private Relative goingOn(Unit unit) {
        return new Relative(view(unit, today), Extent.FULL, List.of(), null, null);
    }

    private UnitView view(Unit state, LocalDate date) {
        UnitHistory life = history(state.id());
        LocalDate seen = withinReach(state, date);
        UnitId above = state.parent();
        UnitView parent = above == null
                ? null
                : history(above).at(seen).map(unit -> view(unit, seen)).orElse(null);
        return new UnitView(state, parent, life.born(), life.ended());
    }

    /** The day nearest to the date on which the state holds. */
    private static LocalDate withinReach(Unit state, LocalDate date) {
        if (date.isBefore(state.validFrom())) {
            return state.validFrom();
        }
        LocalDate to = state.validTo();
        return to == null || date.isBefore(to) ? date : to.minusDays(1);
    }

    private UnitHistory history(UnitId id) {
        return timeline.find(id)
                .orElseThrow(() -> new IllegalStateException("The timeline refers to a unit it does not hold: " + id));
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
