package vn.dvhc.timeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Fact;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/**
 * Every unit that ever was, with its states and what it passed on. Immutable: a day gives a new timeline. All ends are
 * exclusive. Dates before the first enactment know no unit.
 */
public final class Timeline {

    private static final Timeline EMPTY = new Timeline(Map.of(), Map.of(), Map.of(), Map.of(), null);

    private final Map<UnitId, UnitHistory> histories;
    private final Map<UnitCode, List<Tenure>> tenures;
    private final Map<UnitId, List<DatedEdge>> outgoing;
    private final Map<UnitId, List<DatedEdge>> incoming;
    private final @Nullable LocalDate lastDay;
    private volatile @Nullable String digest;

    /** The maps are handed over: nobody else may hold them. */
    Timeline(
            Map<UnitId, UnitHistory> histories,
            Map<UnitCode, List<Tenure>> tenures,
            Map<UnitId, List<DatedEdge>> outgoing,
            Map<UnitId, List<DatedEdge>> incoming,
            @Nullable LocalDate lastDay) {
        this.histories = histories;
        this.tenures = tenures;
        this.outgoing = outgoing;
        this.incoming = incoming;
        this.lastDay = lastDay;
    }

    /** No unit, no day. */
    public static Timeline empty() {
        return EMPTY;
    }

    /**
     * Enacts all decisions of one date together, in the order given.
     *
     * @throws IllegalArgumentException if a decision is of another date
     */
    public Enactment enact(LocalDate date, List<Decision> decisions) {
        for (Decision decision : decisions) {
            if (!decision.effectiveDate().equals(date)) {
                throw new IllegalArgumentException("Decision " + decision.id() + " is not of " + date);
            }
        }
        Draft draft = new Draft(this);
        List<Fact> facts = draft.enact(date, decisions);
        return draft.refusals().isEmpty()
                ? new Enactment.Enacted(date, draft.freeze(), facts)
                : new Enactment.Refused(date, draft.refusals());
    }

    /** Takes a day over from the events that enacting it gave out. */
    public Enactment replay(LocalDate date, List<Fact> facts) {
        Draft draft = new Draft(this);
        draft.replay(date, facts);
        return draft.refusals().isEmpty()
                ? new Enactment.Enacted(date, draft.freeze(), facts)
                : new Enactment.Refused(date, draft.refusals());
    }

    /** Takes many days over in order, at the cost of one; stops at the first day that is refused. */
    public Enactment replay(Map<LocalDate, List<Fact>> days) {
        Draft draft = new Draft(this);
        LocalDate date = LocalDate.MIN;
        List<Fact> all = new ArrayList<>();
        for (Map.Entry<LocalDate, List<Fact>> day : days.entrySet()) {
            date = day.getKey();
            draft.replay(date, day.getValue());
            if (!draft.refusals().isEmpty()) {
                return new Enactment.Refused(date, draft.refusals());
            }
            all.addAll(day.getValue());
        }
        return new Enactment.Enacted(date, draft.freeze(), all);
    }

    /** The date of the last enactment; empty if there was none. */
    public Optional<LocalDate> lastDay() {
        return Optional.ofNullable(lastDay);
    }

    /** The unit that bore the code on the date. */
    public Optional<Unit> unit(UnitCode code, LocalDate at) {
        List<Tenure> bearers = tenures.getOrDefault(code, List.of());
        for (int i = bearers.size() - 1; i >= 0; i--) {
            Tenure tenure = bearers.get(i);
            if (tenure.covers(at)) {
                return history(tenure.unit()).at(at);
            }
        }
        return Optional.empty();
    }

    /** The life of a unit; empty if there never was one of this id. */
    public Optional<UnitHistory> find(UnitId id) {
        return Optional.ofNullable(histories.get(id));
    }

    /** All that was ever known, in no order. */
    public Stream<UnitHistory> histories() {
        return histories.values().stream();
    }

    /** When the code was borne, and by whom, in order of time; empty if never. */
    public List<Tenure> tenures(UnitCode code) {
        return tenures.getOrDefault(code, List.of());
    }

    /** When the code was borne, nearest to the date first. */
    public List<Tenure> tenuresNear(UnitCode code, LocalDate date) {
        return tenures(code).stream()
                .sorted(Comparator.comparingLong(tenure -> distance(tenure, date)))
                .toList();
    }

    /**
     * Units in force on a date, by code.
     *
     * @param level only this level; null for all
     * @param parent only direct children of this unit; null for all
     */
    public List<Unit> units(LocalDate at, @Nullable Level level, @Nullable UnitId parent) {
        return histories.values().stream()
                .filter(history -> level == null || history.id().level() == level)
                .map(history -> history.at(at))
                .flatMap(Optional::stream)
                .filter(unit -> parent == null || parent.equals(unit.parent()))
                .sorted(Comparator.comparing(Unit::code))
                .toList();
    }

    /** What the unit passed on, in order of time. */
    public List<DatedEdge> edgesFrom(UnitId id) {
        return outgoing.getOrDefault(id, List.of());
    }

    /** What the unit was given, in order of time. */
    public List<DatedEdge> edgesTo(UnitId id) {
        return incoming.getOrDefault(id, List.of());
    }

    /**
     * Where the unit is on a later date, through as many reforms as needed. A unit still in force is its own only
     * successor, by an empty path; one that ended without known successor is answered as its own last state, {@code open}.
     *
     * @throws IllegalArgumentException if there is no such unit or it was born after the date
     */
    public List<Lineage.Reached> successors(UnitId id, LocalDate on) {
        return descend(id, on, Following.EVERYTHING).reached();
    }

    /**
     * From whom the unit came, as of an earlier date: the units in force then that lead to it through any number of
     * reforms; itself too if it was in force. Where nothing is known before a unit, it is answered as its first state,
     * {@code open}.
     *
     * @throws IllegalArgumentException if there is no such unit
     */
    public List<Lineage.Reached> predecessors(UnitId id, LocalDate at) {
        Collector reached = new Collector();
        ascend(requireHistory(id), at, null, new ArrayList<>(), reached);
        return reached.reached();
    }

    /** What becomes of a record's code on a date. Equal to {@link #recode(UnitRef, LocalDate, Following)} for everything. */
    public Recoding recode(UnitRef ref, LocalDate on) {
        return recode(ref, on, Following.EVERYTHING);
    }

    /**
     * What becomes of a record's code on a date. A vintage after the date is left as it is, so that re-coding to an earlier
     * day never undoes a later one.
     *
     * @param following what the record follows when its unit was split
     */
    public Recoding recode(UnitRef ref, LocalDate on, Following following) {
        List<Tenure> bearers = tenures(ref.code());
        LocalDate vintage = ref.vintage();
        Optional<UnitHistory> bearer;
        if (vintage == null) {
            if (bearers.stream().map(Tenure::unit).distinct().count() > 1) {
                return new Recoding.Ambiguous(ref, bearers);
            }
            bearer = bearers.stream().findFirst().map(tenure -> history(tenure.unit()));
        } else {
            bearer = unit(ref.code(), vintage).map(unit -> history(unit.id()));
        }
        if (bearer.isEmpty()) {
            return new Recoding.Unknown(ref, vintage == null ? bearers : tenuresNear(ref.code(), vintage));
        }
        UnitHistory history = bearer.get();
        LocalDate read = vintage == null ? history.born() : vintage;
        return recode(ref, history, on.isBefore(read) ? read : on, following);
    }

    private Recoding recode(UnitRef ref, UnitHistory history, LocalDate on, Following following) {
        Optional<Unit> present = history.at(on);
        if (present.isPresent()) {
            return new Recoding.Same(ref, present.get());
        }
        Collector descent = descend(history.id(), on, following);
        List<Lineage.Reached> reached = descent.reached();
        if (reached.stream().allMatch(Lineage.Reached::open)) {
            UnitHistory end = history(reached.get(0).unit().id());
            return new Recoding.Ended(ref, history.last(), Objects.requireNonNull(end.ended()), endOf(end));
        }
        return reached.size() == 1 && !descent.incomplete
                ? new Recoding.OneSuccessor(ref, history.last(), reached.get(0))
                : new Recoding.Split(ref, history.last(), reached);
    }

    private static Basis endOf(UnitHistory history) {
        Basis basis = history.endedBy();
        return basis == null ? Basis.NONE : basis;
    }

    private Collector descend(UnitId id, LocalDate on, Following following) {
        UnitHistory history = requireHistory(id);
        if (on.isBefore(history.born())) {
            throw new IllegalArgumentException("Unit " + id + " was not born on " + on);
        }
        Collector reached = new Collector();
        descend(history, on, following, new ArrayList<>(), reached);
        return reached;
    }

    private void descend(
            UnitHistory history, LocalDate on, Following following, List<DatedEdge> path, Collector reached) {
        Optional<Unit> present = history.at(on);
        if (present.isPresent()) {
            reached.add(present.get(), path, false);
            return;
        }
        List<DatedEdge> atEnd = edgesFrom(history.id()).stream()
                .filter(edge -> edge.date().equals(history.ended()))
                .toList();
        if (atEnd.isEmpty()) {
            reached.add(history.last(), path, true);
            return;
        }
        if (atEnd.size() == 1 && atEnd.get(0).edge().extent() == Extent.PARTIAL) {
            reached.incomplete = true;
        }
        List<Edge> followed =
                following.among(atEnd.stream().map(DatedEdge::edge).toList());
        for (Edge edge : followed) {
            DatedEdge step = new DatedEdge(Objects.requireNonNull(history.ended()), edge);
            path.add(step);
            descend(history(edge.to()), on, following, path, reached);
            path.remove(path.size() - 1);
        }
    }

    private void ascend(
            UnitHistory history, LocalDate at, @Nullable LocalDate before, List<DatedEdge> path, Collector reached) {
        Optional<Unit> present = history.at(at);
        present.ifPresent(unit -> reached.add(unit, path, false));
        boolean cameFromSomewhere = present.isPresent();
        for (DatedEdge step : edgesTo(history.id())) {
            if (step.date().isAfter(at) && (before == null || step.date().isBefore(before))) {
                cameFromSomewhere = true;
                path.add(step);
                ascend(history(step.edge().from()), at, step.date(), path, reached);
                path.remove(path.size() - 1);
            }
        }
        if (!cameFromSomewhere) {
            reached.add(history.first(), path, true);
        }
    }

    /** SHA-256 over all states and edges in a fixed order: two timelines are equal exactly if their digests are. */
    public String digest() {
        String known = digest;
        if (known == null) {
            known = computeDigest();
            digest = known;
        }
        return known;
    }

    private String computeDigest() {
        MessageDigest sha = sha256();
        List<UnitHistory> ordered = new ArrayList<>(histories.values());
        ordered.sort(Comparator.comparing(UnitHistory::id));
        StringBuilder text = new StringBuilder();
        for (UnitHistory history : ordered) {
            text.setLength(0);
            history.states().forEach(state -> append(text, state));
            append(text.append(history.ended()), endOf(history)).append('\n');
            List<String> edges = new ArrayList<>();
            edgesFrom(history.id()).forEach(edge -> edges.add(line(edge)));
            edges.stream().sorted().forEach(text::append);
            sha.update(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void append(StringBuilder text, Unit state) {
        text.append(state.id())
                .append('|')
                .append(state.code())
                .append('|')
                .append(state.type().label());
        text.append('|').append(state.name()).append('|').append(state.parent()).append('|');
        text.append(state.validFrom()).append('|').append(state.validTo()).append('|');
        text.append(state.legalBasis()).append('\n');
    }

    private static StringBuilder append(StringBuilder text, Basis basis) {
        return text.append('|')
                .append(basis.acts())
                .append('|')
                .append(basis.clause())
                .append('|')
                .append(basis.note());
    }

    private static String line(DatedEdge dated) {
        Edge edge = dated.edge();
        StringBuilder text = new StringBuilder().append(dated.date());
        text.append('|').append(edge.from()).append('|').append(edge.to()).append('|');
        text.append(edge.extent())
                .append('|')
                .append(edge.portion())
                .append('|')
                .append(edge.confidence());
        return append(text, edge.basis()).append('\n').toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256", missing);
        }
    }

    private UnitHistory history(UnitId id) {
        UnitHistory history = histories.get(id);
        if (history == null) {
            throw new IllegalStateException("The timeline refers to a unit it does not hold: " + id);
        }
        return history;
    }

    private UnitHistory requireHistory(UnitId id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("There is no unit " + id));
    }

    private static long distance(Tenure tenure, LocalDate date) {
        if (tenure.covers(date)) {
            return 0;
        }
        LocalDate end = tenure.to();
        return date.isBefore(tenure.from()) || end == null
                ? ChronoUnit.DAYS.between(date, tenure.from())
                : ChronoUnit.DAYS.between(end.minusDays(1), date);
    }

    Map<UnitId, UnitHistory> historyMap() {
        return histories;
    }

    Map<UnitCode, List<Tenure>> tenureMap() {
        return tenures;
    }

    Map<UnitId, List<DatedEdge>> outgoingMap() {
        return outgoing;
    }

    Map<UnitId, List<DatedEdge>> incomingMap() {
        return incoming;
    }

    /** Merges the paths that lead to the same unit, in the order in which units are first met. */
    private static final class Collector {

        private final Map<UnitId, Unit> units = new LinkedHashMap<>();
        private final Map<UnitId, Set<DatedEdge>> paths = new LinkedHashMap<>();
        private final Set<UnitId> open = new LinkedHashSet<>();
        private boolean incomplete;

        void add(Unit unit, List<DatedEdge> path, boolean isOpen) {
            units.putIfAbsent(unit.id(), unit);
            paths.computeIfAbsent(unit.id(), id -> new LinkedHashSet<>()).addAll(path);
            if (isOpen) {
                open.add(unit.id());
            }
        }

        List<Lineage.Reached> reached() {
            return units.entrySet().stream()
                    .map(entry -> new Lineage.Reached(
                            entry.getValue(),
                            List.copyOf(paths.getOrDefault(entry.getKey(), Set.of())),
                            open.contains(entry.getKey())))
                    .toList();
        }
    }
}
