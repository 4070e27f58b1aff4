package vn.dvhc.sync.queue;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.handover.ClerkDecisions;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.RecordUnit;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** What waits, over all databases that answer. Blocks: call it from a worker. */
@Singleton
class Queue {

    private static final Logger LOG = Logger.getLogger(Queue.class);

    /** Groups read of each database, to be put together. */
    private static final int GROUPS = 10_000;

    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final BusinessClock clock;

    @Inject
    Queue(Plans plans, Databases databases, UnitKnowledge knowledge, BusinessClock clock) {
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.clock = clock;
    }

    /**
     * Waiting records of one split unit and locality: most clerks decide them at once.
     *
     * @param locality in one way of writing; null for records that bear none
     * @param candidates ids of the units that some of them may belong to
     * @param datasets how many of each
     */
    @Schema(name = "QueueGroup")
    record Group(
            String unit,
            @Nullable String fullName,
            @Nullable String locality,
            List<String> candidates,
            long records,
            Map<String, Long> datasets,
            String since) {}

    /**
     * All there is about a record.
     *
     * @param waiting whether it waits for a clerk now
     * @param home the database in which it lives
     * @param present whether it is there; what follows from its words is told only then
     * @param code the code it bears now
     * @param vintage the date as of which the code is read
     * @param suggestions at most three
     */
    @Schema(name = "QueueCase")
    record Case(
            boolean waiting,
            String home,
            String dataset,
            String key,
            boolean present,
            @Nullable String code,
            @Nullable String vintage,
            @Nullable QueuedRecord record,
            List<QueuedRecord.Suggested> suggestions,
            QueueStore.@Nullable Line ledger,
            List<ClerkDecisions.Line> decisions) {

        /** The units of which the record is or was. */
        List<UnitId> units() {
            return Stream.of(
                            record == null ? null : record.unit(),
                            ledger == null ? null : ledger.from(),
                            ledger == null ? null : ledger.to())
                    .filter(Objects::nonNull)
                    .map(UnitId::parse)
                    .toList();
        }
    }

    /** Waiting records, database by database, the longest waiting of each first. */
    List<QueuedRecord> list(QueueFilter filter, @Nullable QueueCursor after, int limit) {
        List<QueuedRecord> page = new ArrayList<>();
        for (Source home : homes(filter)) {
            int order = after == null ? 1 : home.name().compareTo(after.home());
            if (order < 0 || page.size() >= limit) {
                continue;
            }
            int rest = limit - page.size();
            reading(
                            home,
                            connection -> told(
                                    connection,
                                    home,
                                    QueueStore.list(connection, home.name(), filter, order == 0 ? after : null, rest)))
                    .ifPresent(page::addAll);
        }
        return page;
    }

    /** The largest first. */
    List<Group> groups(QueueFilter filter, int limit) {
        Map<List<@Nullable String>, List<QueueStore.Group>> parts = new LinkedHashMap<>();
        for (Source home : homes(filter)) {
            reading(home, connection -> QueueStore.groups(connection, filter, GROUPS))
                    .orElse(List.of())
                    .forEach(part -> parts.computeIfAbsent(
                                    Arrays.asList(part.unit(), part.locality()), key -> new ArrayList<>())
                            .add(part));
        }
        return parts.values().stream()
                .map(this::group)
                .sorted(Comparator.comparingLong(Group::records)
                        .reversed()
                        .thenComparing(Group::unit)
                        .thenComparing(group -> String.valueOf(group.locality())))
                .limit(limit)
                .toList();
    }

    private Group group(List<QueueStore.Group> parts) {
        Set<String> candidates = new LinkedHashSet<>();
        Map<String, Long> datasets = new LinkedHashMap<>();
        for (QueueStore.Group part : parts) {
            candidates.addAll(part.candidates());
            datasets.merge(part.dataset(), part.records(), Long::sum);
        }
        QueueStore.Group first = parts.get(0);
        return new Group(
                first.unit(),
                knowledge
                        .state()
                        .timeline()
                        .find(UnitId.parse(first.unit()))
                        .map(history -> history.last().fullName())
                        .orElse(null),
                first.locality(),
                List.copyOf(candidates),
                datasets.values().stream().mapToLong(Long::longValue).sum(),
                datasets,
                parts.stream()
                        .map(QueueStore.Group::since)
                        .min(String::compareTo)
                        .orElseThrow());
    }

    /** One record that waits or was handed over; empty if no ledger knows it. */
    Optional<Case> find(String dataset, String key) {
        Optional<Dataset> declared = plans.current().flatMap(plan -> plan.dataset(dataset));
        if (declared.isEmpty()) {
            return Optional.empty();
        }
        for (Source home : homes(new QueueFilter(dataset, null, null, null, null, null, false, null))) {
            Optional<Case> found = reading(home, connection -> find(connection, home, declared.get(), key))
                    .flatMap(answer -> answer);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Case> find(Connection connection, Source home, Dataset dataset, String key) throws SQLException {
        Optional<QueuedRecord> waiting = QueueStore.find(connection, home.name(), dataset.name(), key);
        Optional<QueueStore.Line> line = QueueStore.line(connection, dataset.name(), key);
        if (waiting.isEmpty() && line.isEmpty()) {
            return Optional.empty();
        }
        RecordUnit unit = units(connection, dataset, List.of(key)).get(key);
        List<QueuedRecord.Suggested> suggestions = unit == null ? List.of() : suggested(decider(dataset), unit);
        return Optional.of(new Case(
                waiting.isPresent(),
                home.name(),
                dataset.name(),
                key,
                unit != null,
                unit == null ? null : unit.code(),
                unit == null ? null : unit.vintage(),
                waiting.map(record -> record.with(suggestions)).orElse(null),
                suggestions,
                line.orElse(null),
                ClerkDecisions.lines(connection, dataset.name(), key)));
    }

    /** With what speaks for each candidate by now: read together, a query a dataset. */
    private List<QueuedRecord> told(Connection connection, Source home, List<QueuedRecord> page) throws SQLException {
        Plan plan = plans.current().orElseThrow();
        Map<String, Map<String, RecordUnit>> units = new HashMap<>();
        Map<String, Decider> deciders = new HashMap<>();
        Map<String, List<String>> keys = page.stream()
                .collect(Collectors.groupingBy(
                        QueuedRecord::dataset, Collectors.mapping(QueuedRecord::key, Collectors.toList())));
        for (Map.Entry<String, List<String>> of : keys.entrySet()) {
            Optional<Dataset> dataset = plan.dataset(of.getKey()).filter(plan.ownedBy(home)::contains);
            if (dataset.isPresent()) {
                units.put(of.getKey(), units(connection, dataset.get(), of.getValue()));
                deciders.put(of.getKey(), decider(dataset.get()));
            }
        }
        return page.stream()
                .map(record -> {
                    RecordUnit unit =
                            units.getOrDefault(record.dataset(), Map.of()).get(record.key());
                    return unit == null
                            ? record
                            : record.with(suggested(Objects.requireNonNull(deciders.get(record.dataset())), unit));
                })
                .toList();
    }

    private List<QueuedRecord.Suggested> suggested(Decider decider, RecordUnit unit) {
        UnitKnowledge.State state = knowledge.state();
        return decider.decide(unit).choices().stream()
                .limit(QueuedRecord.SUGGESTIONS)
                .map(suggestion -> {
                    Optional<Unit> candidate =
                            state.timeline().find(suggestion.unit()).flatMap(history -> history.at(state.lastDay()));
                    return QueuedRecord.Suggested.of(
                            suggestion.unit().toString(),
                            candidate.map(known -> known.code().value()).orElse(null),
                            candidate.map(Unit::fullName).orElse(null),
                            suggestion.evidence());
                })
                .toList();
    }

    private static Map<String, RecordUnit> units(Connection connection, Dataset dataset, List<String> keys)
            throws SQLException {
        DatasetSql sql = new DatasetSql(dataset);
        Map<String, RecordUnit> units = new HashMap<>();
        Statements.query(
                        connection,
                        sql.readPlaces(),
                        row -> {
                            List<String> localities = new ArrayList<>();
                            for (int i = 0; i < dataset.locality().size(); i++) {
                                Optional.ofNullable(row.getString(5 + i)).ifPresent(localities::add);
                            }
                            return Map.entry(
                                    row.getString(1),
                                    new RecordUnit(row.getString(2), row.getString(3), localities, row.getString(4)));
                        },
                        sql.keys(keys))
                .forEach(unit -> units.put(unit.getKey(), unit.getValue()));
        return units;
    }

    /** As of the last day in force, like the stream. */
    Decider decider(Dataset dataset) {
        UnitKnowledge.State state = knowledge.state();
        return state.decider(dataset, state.lastReform(), clock.today());
    }

    /** Where the records of a former home live now; empty if it is a home still. */
    Optional<Source> newHome(Source source) {
        return plans.current()
                .flatMap(plan -> Homes.of(plan, knowledge.state().timeline()).newHome(source));
    }

    /** The databases in which records may wait, in order of name. */
    List<Source> homes(QueueFilter filter) {
        Plan plan = plans.current().orElse(null);
        return plan == null
                ? List.of()
                : plan.sources().stream()
                        .filter(source -> !source.equals(plan.nation()))
                        .filter(source -> filter.home() == null || filter.home().equals(source.name()))
                        .filter(source -> plan.ownedBy(source).stream().anyMatch(filter::isOf))
                        .sorted(Comparator.comparing(Source::name))
                        .toList();
    }

    private <T> Optional<T> reading(Source home, Databases.Work<T> work) {
        try {
            return Optional.of(databases.asOwner(home, work));
        } catch (SQLException away) {
            LOG.debugf("Queue not read: database=%s cause=%s", home.name(), away.getMessage());
            return Optional.empty();
        }
    }
}
