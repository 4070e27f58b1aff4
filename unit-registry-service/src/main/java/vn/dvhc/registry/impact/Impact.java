package vn.dvhc.registry.impact;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/**
 * What a decision would change; every list is whole and by code.
 *
 * @param ended last states of the units that end
 * @param begun first states of the units that begin
 * @param changed units that go on, before and after
 * @param inherited codes that denote another unit from the day on
 * @param splits units whose localities have to be assigned
 * @param datasets what becomes of the records, by database and dataset; empty without counts
 */
public record Impact(
        LocalDate date,
        List<Unit> ended,
        List<Unit> begun,
        List<Changed> changed,
        List<Inherited> inherited,
        List<Splits.Split> splits,
        List<DatasetImpact> datasets) {

    /** A unit that goes on. */
    public record Changed(Unit before, Unit after) {}

    /** A code with its bearers before and from the day on. */
    public record Inherited(UnitCode code, Unit before, Unit after) {}

    /**
     * Records of a dataset in one database.
     *
     * @param move their unit changes
     * @param keep their unit goes on
     * @param queue their unit is split or ends without successor, and nothing tells where they belong. An upper bound: a
     *     dataset that follows people or land may be able to decide some of them
     */
    public record DatasetImpact(String source, String tier, String dataset, long move, long keep, long queue) {}

    /**
     * The units a decision concerns, as their records name them the day before: those that end or change and those that give
     * something away.
     */
    public static List<UnitRef> concerned(DryRun run, Enactment.Enacted day) {
        LocalDate eve = day.date().minusDays(1);
        Set<UnitRef> units = new LinkedHashSet<>();
        for (Fact fact : factsOf(run, day)) {
            run.before()
                    .find(fact.event().unit())
                    .flatMap(history -> history.at(eve))
                    .ifPresent(unit -> units.add(new UnitRef(unit.code(), eve)));
        }
        return List.copyOf(units);
    }

    /** Codes that no longer denote what they denoted: of units that end or are re-coded. */
    public static List<UnitCode> oldCodes(DryRun run, Enactment.Enacted day) {
        return factsOf(run, day).stream()
                .map(Fact::event)
                .filter(event -> event.kind() == UnitEvent.Kind.ENDED || event.kind() == UnitEvent.Kind.RECODED)
                .map(event -> before(run, day, event.unit()))
                .flatMap(Optional::stream)
                .map(Unit::code)
                .distinct()
                .sorted()
                .toList();
    }

    public static Impact of(
            DryRun run,
            Enactment.Enacted day,
            Collection<LocalityAssignment> assignments,
            Collection<RecordCounts> counts) {
        Timeline after = day.timeline();
        List<Unit> ended = new ArrayList<>();
        List<Unit> begun = new ArrayList<>();
        Set<UnitId> changed = new LinkedHashSet<>();
        for (Fact fact : factsOf(run, day)) {
            UnitId unit = fact.event().unit();
            switch (fact.event().kind()) {
                case ENDED -> before(run, day, unit).ifPresent(ended::add);
                case CREATED ->
                    after.find(unit).flatMap(history -> history.at(day.date())).ifPresent(begun::add);
                case RENAMED, RECLASSIFIED, REPARENTED, RECODED -> changed.add(unit);
                case SUCCEEDED -> {}
            }
        }
        return new Impact(
                day.date(),
                byCode(ended),
                byCode(begun),
                changes(run, day, changed),
                inherited(run, day, begun, changed),
                Splits.of(run.decision(), after, assignments, counts),
                datasets(after, day.date(), assignments, counts));
    }

    private static List<Changed> changes(DryRun run, Enactment.Enacted day, Set<UnitId> units) {
        List<Changed> changes = new ArrayList<>();
        for (UnitId unit : units) {
            Optional<Unit> before = before(run, day, unit);
            Optional<Unit> after = day.timeline().find(unit).flatMap(history -> history.at(day.date()));
            if (before.isPresent() && after.isPresent()) {
                changes.add(new Changed(before.get(), after.get()));
            }
        }
        changes.sort(Comparator.comparing(change -> change.after().code()));
        return List.copyOf(changes);
    }

    private static List<Inherited> inherited(DryRun run, Enactment.Enacted day, List<Unit> begun, Set<UnitId> changed) {
        List<Unit> bearers = new ArrayList<>(begun);
        changed.forEach(unit -> day.timeline()
                .find(unit)
                .flatMap(history -> history.at(day.date()))
                .ifPresent(bearers::add));
        List<Inherited> inherited = new ArrayList<>();
        for (Unit bearer : bearers) {
            run.before()
                    .unit(bearer.code(), day.date().minusDays(1))
                    .filter(old -> !old.id().equals(bearer.id()))
                    .ifPresent(old -> inherited.add(new Inherited(bearer.code(), old, bearer)));
        }
        inherited.sort(Comparator.comparing(Inherited::code));
        return List.copyOf(inherited);
    }

    private static List<DatasetImpact> datasets(
            Timeline after,
            LocalDate date,
            Collection<LocalityAssignment> assignments,
            Collection<RecordCounts> counts) {
        Map<UnitId, Set<String>> assigned = new HashMap<>();
        assignments.forEach(assignment -> assigned.computeIfAbsent(assignment.unit(), id -> new HashSet<>())
                .add(assignment.locality()));
        Map<UnitRef, Recoding> recodings = new HashMap<>();
        Map<List<String>, DatasetImpact> datasets = new TreeMap<>(Comparator.comparing(List::toString));
        for (RecordCounts count : counts) {
            Recoding recoding = recodings.computeIfAbsent(
                    new UnitRef(count.code(), count.vintage()), ref -> after.recode(ref, date));
            datasets.merge(
                    List.of(count.source(), count.dataset()),
                    fate(recoding, count, assigned),
                    (one, other) -> new DatasetImpact(
                            one.source(),
                            one.tier(),
                            one.dataset(),
                            one.move() + other.move(),
                            one.keep() + other.keep(),
                            one.queue() + other.queue()));
        }
        return List.copyOf(datasets.values());
    }

    private static DatasetImpact fate(Recoding recoding, RecordCounts count, Map<UnitId, Set<String>> assigned) {
        long records = count.records();
        boolean moves = recoding.fold(
                same -> !same.unit().code().equals(count.code()),
                one -> true,
                split -> count.locality() != null
                        && assigned.getOrDefault(split.from().id(), Set.of()).contains(count.locality()),
                ended -> false,
                unknown -> false,
                ambiguous -> false);
        boolean goesOn = recoding.kind() == Recoding.Kind.SAME;
        return new DatasetImpact(
                count.source(),
                count.tier(),
                count.dataset(),
                moves ? records : 0,
                goesOn && !moves ? records : 0,
                goesOn || moves ? 0 : records);
    }

    private static List<Fact> factsOf(DryRun run, Enactment.Enacted day) {
        return day.facts().stream()
                .filter(fact -> fact.decision().equals(run.decision().id()))
                .toList();
    }

    private static Optional<Unit> before(DryRun run, Enactment.Enacted day, UnitId unit) {
        return run.before().find(unit).flatMap(history -> history.at(day.date().minusDays(1)));
    }

    private static List<Unit> byCode(List<Unit> units) {
        return units.stream().sorted(Comparator.comparing(Unit::code)).toList();
    }
}
