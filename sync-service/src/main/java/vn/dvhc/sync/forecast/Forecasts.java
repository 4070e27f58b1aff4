package vn.dvhc.sync.forecast;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.PlanText;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.sync.count.RecordCounter;
import vn.dvhc.sync.handover.Accounts;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.RecordUnit;
import vn.dvhc.sync.units.Deciders;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** Makes plans out of counts. Blocks: call it from a worker. */
@Singleton
class Forecasts {

    private final Plans plans;
    private final UnitKnowledge knowledge;
    private final RecordCounter counter;
    private final Accounts accounts;
    private final BusinessClock clock;

    @Inject
    Forecasts(Plans plans, UnitKnowledge knowledge, RecordCounter counter, Accounts accounts, BusinessClock clock) {
        this.plans = plans;
        this.knowledge = knowledge;
        this.counter = counter;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** What may become of counted records. */
    private enum Fate {
        MOVE,
        KEEP,
        QUEUE
    }

    /** Says what becomes of counted records. */
    @FunctionalInterface
    private interface Judge {
        Fate of(RecordCounter.Count count);
    }

    /** A line of the plan is made of these. */
    private record Place(String code, String vintage, String dataset, String database) {}

    /**
     * The plan of a day whose units are known here; empty if none ends that day.
     *
     * @param after only units whose id comes after
     * @param limit units
     */
    Optional<HandOverPlan> ofDay(LocalDate day, String after, int limit) throws SQLException {
        Plan plan = plans.current().orElse(null);
        UnitKnowledge.State state = knowledge.state();
        List<UnitId> ended = state.chronicle().counting(day).stream()
                .flatMap(entry -> entry.facts().stream())
                .filter(fact -> fact.event().kind() == UnitEvent.Kind.ENDED)
                .map(fact -> fact.event().unit())
                .distinct()
                .sorted(Comparator.comparing(UnitId::toString))
                .toList();
        if (ended.isEmpty() || plan == null) {
            return Optional.empty();
        }
        List<UnitId> page = ended.stream()
                .filter(unit -> unit.toString().compareTo(after) > 0)
                .limit(limit)
                .toList();
        List<UnitRef> units = new ArrayList<>();
        for (UnitId id : page) {
            state.timeline()
                    .find(id)
                    .map(UnitHistory::last)
                    .ifPresent(unit -> units.add(new UnitRef(unit.code(), day.minusDays(1))));
        }
        Deciders deciders = new Deciders(state, day, clock.today());
        return Optional.of(plan(
                day,
                units,
                count -> plan.dataset(count.dataset())
                        .map(dataset -> decided(deciders.of(dataset), count))
                        .orElse(Fate.QUEUE),
                // Records are counted by unit and locality: what only an address decides is taken to wait.
                plan.datasets().stream().anyMatch(dataset -> dataset.split().address() != null),
                page.size() < limit ? null : page.get(limit - 1).toString()));
    }

    private static Fate decided(Decider decider, RecordCounter.Count count) {
        String locality = count.locality();
        return switch (decider.decide(
                        new RecordUnit(count.code(), count.vintage(), locality == null ? List.of() : List.of(locality)))
                .outcome()) {
            case MOVED -> Fate.MOVE;
            case KEPT -> Fate.KEEP;
            case QUEUED, REJECTED -> Fate.QUEUE;
        };
    }

    /** The plan of a decision that is not in force: what it does is told, and assumed to be all. */
    HandOverPlan ofDecision(LocalDate day, Map<UnitRef, PlanRequest.Fate> fates) throws SQLException {
        return plan(day, List.copyOf(fates.keySet()), count -> told(fates, count), true, null);
    }

    private static Fate told(Map<UnitRef, PlanRequest.Fate> fates, RecordCounter.Count count) {
        PlanRequest.Fate fate = fates.get(UnitRef.of(count.code(), LocalDate.parse(count.vintage())));
        if (fate == null || fate.goesOn()) {
            return Fate.KEEP;
        }
        boolean assigned = count.locality() != null && fate.localities().contains(count.locality());
        return fate.successors() == 1 || (fate.successors() > 1 && assigned) ? Fate.MOVE : Fate.QUEUE;
    }

    private HandOverPlan plan(
            LocalDate day, List<UnitRef> units, Judge judge, boolean upperBound, @Nullable String next)
            throws SQLException {
        RecordCounter.Counts counted = counter.count(units);
        Map<Place, long[]> lines = new HashMap<>();
        Map<List<String>, long[]> databases =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        for (RecordCounter.Count count : counted.counts()) {
            if (isRecoded(count.dataset())) {
                int fate = judge.of(count).ordinal();
                lines.computeIfAbsent(
                                        new Place(count.code(), count.vintage(), count.dataset(), count.source()),
                                        place -> new long[3])[fate] +=
                        count.records();
                databases.computeIfAbsent(List.of(count.source(), count.dataset()), place -> new long[3])[fate] +=
                        count.records();
            }
        }
        List<HandOverPlan.OfUnit> ofUnits = lines.entrySet().stream()
                .map(line -> new HandOverPlan.OfUnit(
                        line.getKey().code(),
                        line.getKey().vintage(),
                        line.getKey().dataset(),
                        line.getKey().database(),
                        line.getValue()[0],
                        line.getValue()[1],
                        line.getValue()[2]))
                .sorted(Comparator.comparing(line -> line.toLine().text()))
                .toList();
        Rates rates = new Rates(accounts.all());
        List<HandOverPlan.OfDatabase> ofDatabases = databases.entrySet().stream()
                .map(line -> ofDatabase(line.getKey(), line.getValue(), rates))
                .toList();
        return new HandOverPlan(
                day,
                upperBound,
                ofUnits,
                ofDatabases,
                total(ofDatabases),
                rates.words(),
                counted.truncated(),
                digest(day, ofUnits),
                next);
    }

    /** What is not re-coded is not handed over. */
    private boolean isRecoded(String dataset) {
        return plans.current()
                .flatMap(plan -> plan.dataset(dataset))
                .filter(Dataset::isRecoded)
                .isPresent();
    }

    private static HandOverPlan.OfDatabase ofDatabase(List<String> place, long[] records, Rates rates) {
        Optional<Double> rate = rates.of(place.get(1), place.get(0));
        return new HandOverPlan.OfDatabase(
                place.get(0),
                place.get(1),
                records[0],
                records[1],
                records[2],
                rate.orElse(null),
                rate.map(perSecond -> (long) Math.ceil((records[0] + records[1] + records[2]) / perSecond))
                        .orElse(null));
    }

    private static @Nullable Long total(List<HandOverPlan.OfDatabase> databases) {
        long total = 0;
        for (HandOverPlan.OfDatabase database : databases) {
            Long seconds = database.estimatedSeconds();
            if (seconds == null) {
                return null;
            }
            total += seconds;
        }
        return total;
    }

    private static String digest(LocalDate day, List<HandOverPlan.OfUnit> lines) {
        return PlanText.digest(
                PlanText.of(day, lines.stream().map(HandOverPlan.OfUnit::toLine).toList()));
    }
}
