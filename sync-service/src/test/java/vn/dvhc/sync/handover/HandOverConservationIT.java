package vn.dvhc.sync.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Extent;
import vn.dvhc.sync.PlatformResource;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.FailingDatabases;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.SchemaPreparation;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Localities;
import vn.dvhc.sync.recode.Verdict;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/**
 * The law of conservation where it has to hold: in the tables of real databases, under random decisions day after day and random records,
 * in place and into another home, whatever happens meanwhile. What has to be there is told by {@link ExpectedPart}. Unlike in
 * {@link ConservationTest}, every figure is read from the tables.
 */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class HandOverConservationIT {

    private static final int DAYS = 4;
    /** On this one, the first home ends and gives its records to the other. */
    private static final int OF_MOVE = 3;

    /** Records that begin on a day, in each home and dataset. */
    private static final int BORN = 30;

    /** How often sessions are ended on a day. */
    private static final int ENDS = 6;

    @Inject
    SyncConfig config;

    @Inject
    SchemaPreparation schema;

    private static @Nullable TwoHomes created;

    private TwoHomes homes;
    private FailingDatabases databases;
    private ExecutorService workers;

    /** What happens while records are handed over. */
    private enum Meanwhile {
        NOTHING,
        TRANSACTIONS_FAIL,
        SESSIONS_END,
        /** As if a process that was taken for dead goes on. */
        ANOTHER_DOES_IT_TOO
    }

    /** One dataset of one home on one day, and what becomes of it. */
    private record Part(Dataset dataset, Source from, Source to, ExpectedPart expected) {}

    @BeforeEach
    void open() throws SQLException {
        if (created == null) {
            created = TwoHomes.create(PlatformResource.platform().postgresPort(), schema);
        }
        homes = created;
        homes.clear();
        databases = new FailingDatabases(config, new Random());
        workers = Executors.newCachedThreadPool();
    }

    @AfterEach
    void close() {
        workers.shutdownNow();
        databases.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5})
    void law_holds(long seed) throws Exception {
        handOverDayAfterDay(seed, Meanwhile.NOTHING);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {101, 102})
    void law_holds_whenTransactionsFailAtRandom(long seed) throws Exception {
        handOverDayAfterDay(seed, Meanwhile.TRANSACTIONS_FAIL);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {201, 202})
    void law_holds_whenSessionsEndAtRandom(long seed) throws Exception {
        handOverDayAfterDay(seed, Meanwhile.SESSIONS_END);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {301, 302})
    void law_holds_whenTwoHandOverTheSameAtTheSameTime(long seed) throws Exception {
        handOverDayAfterDay(seed, Meanwhile.ANOTHER_DOES_IT_TOO);
    }

    private void handOverDayAfterDay(long seed, Meanwhile meanwhile) throws Exception {
        RandomReforms reforms = new RandomReforms(seed);
        Random random = reforms.random();
        List<Dataset> datasets =
                homes.datasets(Following.values()[random.nextInt(3)], Following.values()[random.nextInt(3)]);
        for (int i = 1; i <= DAYS; i++) {
            bear(reforms, datasets, i);
            LocalDate day = reforms.reform();
            List<Part> parts = new ArrayList<>();
            for (Dataset dataset : datasets) {
                parts.addAll(parts(reforms, dataset, day, i));
            }
            Map<String, List<@Nullable String>> archive = homes.records(homes.one(), datasets.get(0));
            List<Map<String, ExpectedPart.Waiting>> queues = new ArrayList<>();
            for (Part part : parts) {
                queues.add(homes.queue(part.to(), part.dataset()));
            }
            HandOver.Pace pace = new HandOver.Pace(1 + random.nextInt(9), 1 + random.nextInt(3), workers);

            handOver(parts, reforms, day, pace, meanwhile);

            for (Part part : parts) {
                assertConserved(part, day);
            }
            for (Dataset dataset : datasets) {
                assertRecordsAndQueues(dataset, parts, queues);
            }
            if (i >= OF_MOVE) {
                assertThat(homes.records(homes.one(), datasets.get(0)))
                        .as("a former home is left as it is")
                        .isEqualTo(archive);
            }
            List<String> all = homes.everything();
            handOver(parts, reforms, day, pace, Meanwhile.NOTHING);
            assertThat(homes.everything()).as("once more changes nothing").isEqualTo(all);
            for (Part part : parts) {
                undo(part, day);
            }
        }
    }

    /** Gives every fifth record that moved back: from then on it waits for a person, whatever the acts say. */
    private void undo(Part part, LocalDate day) throws SQLException {
        Map<String, Verdict> verdicts = new TreeMap<>();
        Map<String, @Nullable String> localities = new HashMap<>();
        Rows former = new Rows(part.dataset().key().size() + 2);
        int moved = 0;
        for (Map.Entry<String, ExpectedPart.Line> line : part.expected().lines().entrySet()) {
            if (line.getValue().outcome().equals("moved") && moved++ % 5 == 0) {
                String key = line.getKey();
                verdicts.put(
                        key, waiting(UnitId.parse(String.valueOf(line.getValue().from()))));
                localities.put(key, null);
                List<@Nullable String> row =
                        new ArrayList<>(List.of(part.dataset().keyParts(key)));
                row.add(line.getValue().code());
                row.add(line.getValue().vintage());
                former.add(row.toArray(new String[0]));
            }
        }
        if (!verdicts.isEmpty()) {
            databases.runAsOwner(part.to(), connection -> {
                Statements.query(
                        connection, new DatasetSql(part.dataset()).recodeOwner(), row -> row.getString(1), former);
                Ledger.revise(connection, day, part.dataset(), verdicts, localities, true);
            });
        }
    }

    private static Verdict waiting(UnitId unit) {
        return new Verdict(Verdict.Outcome.QUEUED, unit, null, null, null, List.of(), "Thu hồi.", null);
    }

    /** New records of any age; some keys are in both homes. */
    private void bear(RandomReforms reforms, List<Dataset> datasets, int day) throws SQLException {
        for (Dataset dataset : datasets) {
            boolean nullable = dataset.name().equals(TwoHomes.PAPER);
            List<List<@Nullable String>> ofOther = new ArrayList<>();
            for (int n = 1; n <= BORN; n++) {
                ofOther.add(reforms.record(dataset, 1000 * day + n, nullable));
            }
            homes.insert(homes.other(), dataset, ofOther);
            if (day <= OF_MOVE) {
                List<List<@Nullable String>> ofOne = new ArrayList<>(ofOther.subList(0, 2));
                for (int n = 1; n <= BORN; n++) {
                    ofOne.add(reforms.record(dataset, 1000 * day + 500 + n, nullable));
                }
                homes.insert(homes.one(), dataset, ofOne);
            }
        }
    }

    private List<Part> parts(RandomReforms reforms, Dataset dataset, LocalDate day, int number) throws SQLException {
        ExpectedPart.Law law = new ExpectedPart.Law(reforms.timeline(), reforms.assigned(), day);
        Map<String, List<@Nullable String>> ofOne = homes.records(homes.one(), dataset);
        Map<String, List<@Nullable String>> ofOther = homes.records(homes.other(), dataset);
        Map<String, ExpectedPart.Waiting> waiting = homes.queue(homes.one(), dataset);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(
                dataset,
                homes.other(),
                homes.other(),
                ExpectedPart.inPlace(law, dataset, ofOther, homes.queue(homes.other(), dataset))));
        if (number < OF_MOVE) {
            parts.add(new Part(dataset, homes.one(), homes.one(), ExpectedPart.inPlace(law, dataset, ofOne, waiting)));
        } else if (number == OF_MOVE) {
            parts.add(new Part(
                    dataset,
                    homes.one(),
                    homes.other(),
                    ExpectedPart.moving(law, dataset, ofOne, waiting, ofOther.keySet())));
        }
        return parts;
    }

    /** All parts of a day at the same time, each until it is done. */
    private void handOver(
            List<Part> parts, RandomReforms reforms, LocalDate day, HandOver.Pace pace, Meanwhile meanwhile) {
        databases.failPerHundred(meanwhile == Meanwhile.TRANSACTIONS_FAIL ? 8 : 0);
        List<CompletableFuture<Optional<String>>> running = new ArrayList<>();
        for (Part part : parts) {
            for (int i = 0; i < (meanwhile == Meanwhile.ANOTHER_DOES_IT_TOO ? 2 : 1); i++) {
                Decider decider = decider(reforms, part.dataset(), day);
                running.add(CompletableFuture.supplyAsync(() -> untilDone(part, decider, day, pace), workers));
            }
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
        for (int i = 0; i < ENDS && meanwhile == Meanwhile.SESSIONS_END && !all.isDone(); i++) {
            LockSupport.parkNanos(1_000_000L * (5 + reforms.random().nextInt(100)));
            try {
                homes.endSessions();
            } catch (SQLException failed) {
                throw new AssertionError(failed);
            }
        }
        all.join();
        databases.failPerHundred(0);
        running.forEach(result -> assertThat(result.join()).isEmpty());
    }

    private static Decider decider(RandomReforms reforms, Dataset dataset, LocalDate day) {
        return new Decider(reforms.timeline(), reforms.localities(), day, day, dataset.follows());
    }

    /** Each time by a process that knows nothing of the former one. */
    private Optional<String> untilDone(Part part, Decider decider, LocalDate day, HandOver.Pace pace) {
        SQLException last = new SQLException();
        for (int attempt = 0; attempt < 500; attempt++) {
            try {
                return new HandOver(databases, day, part.dataset(), part.from(), part.to(), decider, pace).run();
            } catch (SQLException failed) {
                last = failed;
            }
        }
        throw new AssertionError("It does not end", last);
    }

    /** {@code in = moved + kept + queued + rejected}, unit by unit, and each record once. */
    private void assertConserved(Part part, LocalDate day) throws SQLException {
        Settlement.Part books =
                new Settlement.Part(day, part.dataset().name(), part.from().name());
        String which = books + " to " + part.to().name();
        Map<String, ExpectedPart.Line> lines = new TreeMap<>();
        for (Map.Entry<String, ExpectedPart.Line> line : homes.lines(part.to(), books)) {
            assertThat(lines.put(line.getKey(), line.getValue()))
                    .as("%s: %s twice", which, line.getKey())
                    .isNull();
        }
        assertThat(lines)
                .as("the ledger of %s", which)
                .isEqualTo(part.expected().lines());
        Map<String, ExpectedPart.Count> units = homes.units(part.to(), books);
        assertThat(units).as("the units of %s", which).isEqualTo(part.expected().units());
        units.forEach((unit, count) -> assertThat(lines.values().stream()
                        .filter(line -> unit.equals(line.from() == null ? "" : line.from()))
                        .count())
                .as("lines of %s in %s", unit, which)
                .isEqualTo(count.read() - count.kept()));
        ExpectedPart.Count all = part.expected().all();
        assertThat(homes.figure(
                        part.to(), books, "concat_ws(' ', read_count, kept_count, finished, breach)", "handover_run"))
                .as("the account of %s", which)
                .isEqualTo(all.read() + " " + all.kept() + " t");
        assertThat(homes.figure(part.to(), books, "count(*)", "handover_tally")).isEqualTo("0");
        assertThat(homes.figure(part.to(), books, "count(*)", "handover_whole_unit"))
                .isEqualTo("0");
        assertThat(homes.figure(
                        part.to(),
                        books,
                        "count(*) FILTER (WHERE outcome <> 'rejected' AND in_hash IS DISTINCT FROM out_hash)",
                        "handed_over"))
                .as("records of %s that were altered on their way", which)
                .isEqualTo("0");
    }

    private void assertRecordsAndQueues(
            Dataset dataset, List<Part> parts, List<Map<String, ExpectedPart.Waiting>> queuesBefore)
            throws SQLException {
        for (Source home : List.of(homes.one(), homes.other())) {
            Map<String, List<@Nullable String>> records = new TreeMap<>();
            Map<String, ExpectedPart.Waiting> queue = new HashMap<>();
            boolean concerned = false;
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                if (part.dataset().equals(dataset) && part.to().equals(home)) {
                    queue = part.expected().queueAfter(concerned ? queue : queuesBefore.get(i));
                    records.putAll(part.expected().records());
                    concerned = true;
                }
                if (part.dataset().equals(dataset)
                        && part.from().equals(home)
                        && !part.to().equals(home)) {
                    assertThat(part.expected().lines())
                            .as("%s: what waits has not come over", home.name())
                            .extractingByKeys(
                                    homes.queue(home, dataset).keySet().toArray(new String[0]))
                            .allMatch(line -> line.outcome().equals("rejected"));
                }
            }
            if (concerned) {
                assertThat(homes.records(home, dataset)).as(home.name()).isEqualTo(records);
                assertThat(homes.queue(home, dataset)).as(home.name()).isEqualTo(queue);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {401, 402, 403})
    void lineThatIsMadeAwayWith_stopsItsPart_andNoOther(long seed) throws Exception {
        RandomReforms reforms = new RandomReforms(seed);
        List<Dataset> datasets = homes.datasets(Following.PEOPLE, Following.LAND);
        bear(reforms, datasets, 1);
        LocalDate day = reforms.reform();
        List<Part> parts = new ArrayList<>();
        for (Dataset dataset : datasets) {
            parts.addAll(parts(reforms, dataset, day, 1));
        }
        Part stopped = parts.get(0);
        List<String> keys = List.copyOf(stopped.expected().lines().keySet());
        String lost = keys.get(reforms.random().nextInt(keys.size()));
        homes.execute(
                stopped.to(),
                "CREATE OR REPLACE FUNCTION public.lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
                        + " CREATE TRIGGER lose BEFORE INSERT ON sync.handed_over FOR EACH ROW WHEN (NEW.dataset = '"
                        + stopped.dataset().name() + "' AND NEW.record_key = '" + lost.replace("'", "''")
                        + "') EXECUTE FUNCTION public.lose()");
        HandOver.Pace pace = new HandOver.Pace(4, 2, workers);
        Settlement.Part books = new Settlement.Part(
                day, stopped.dataset().name(), stopped.from().name());
        try {
            for (Part part : parts) {
                Optional<String> breach = untilDone(part, decider(reforms, part.dataset(), day), day, pace);
                assertThat(breach.isPresent())
                        .as("%s of %s: %s", part.dataset().name(), part.from().name(), breach)
                        .isEqualTo(part == stopped);
            }
            assertThat(homes.figure(stopped.to(), books, "finished", "handover_run"))
                    .isEqualTo("f");
            assertThat(homes.lines(stopped.to(), books))
                    .extracting(Map.Entry::getKey)
                    .doesNotContain(lost);
            assertThat(untilDone(stopped, decider(reforms, stopped.dataset(), day), day, pace))
                    .as("nor does it go on before it is released")
                    .isPresent();
        } finally {
            homes.execute(stopped.to(), "DROP TRIGGER lose ON sync.handed_over");
        }

        databases.runAsOwner(stopped.to(), connection -> Settlement.release(connection, books, false));
        assertThat(untilDone(stopped, decider(reforms, stopped.dataset(), day), day, pace))
                .isEmpty();

        for (Part part : parts) {
            assertConserved(part, day);
        }
        assertThat(homes.records(stopped.to(), stopped.dataset()))
                .isEqualTo(stopped.expected().records());
    }

    @Test
    void lineThatIsTakenAwayLater_stopsThePartAtItsEnd_untilItIsTakenAsLost() throws Exception {
        RandomReforms reforms = new RandomReforms(500);
        List<Dataset> datasets = homes.datasets(Following.PEOPLE, Following.LAND);
        bear(reforms, datasets, 1);
        LocalDate day = reforms.reform();
        Part part = parts(reforms, datasets.get(0), day, 1).get(0);
        Settlement.Part books =
                new Settlement.Part(day, part.dataset().name(), part.from().name());
        String taken = part.expected().lines().entrySet().stream()
                .filter(line -> line.getValue().from() != null)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        homes.execute(
                part.to(),
                "CREATE OR REPLACE FUNCTION public.take() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM"
                        + " sync.handed_over WHERE record_key = '" + taken.replace("'", "''")
                        + "'; RETURN NULL; END $$;"
                        + " CREATE TRIGGER take AFTER UPDATE ON sync.handover_stretch FOR EACH ROW EXECUTE FUNCTION public.take()");
        HandOver.Pace pace = new HandOver.Pace(4, 2, workers);
        Decider decider = decider(reforms, part.dataset(), day);
        try {
            assertThat(untilDone(part, decider, day, pace)).isPresent();
        } finally {
            homes.execute(part.to(), "DROP TRIGGER take ON sync.handover_stretch");
        }

        databases.runAsOwner(part.to(), connection -> Settlement.release(connection, books, false));
        assertThat(untilDone(part, decider, day, pace)).as("it is still lost").isPresent();
        databases.runAsOwner(part.to(), connection -> Settlement.release(connection, books, true));
        assertThat(untilDone(part, decider, day, pace)).isEmpty();

        assertThat(homes.figure(part.to(), books, "sum(accepted)", "handover_unit"))
                .isEqualTo("1");
        assertThat(homes.records(part.to(), part.dataset()))
                .isEqualTo(part.expected().records());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {601, 602})
    void law_holds_whileTheOwnerWrites(long seed) throws Exception {
        RandomReforms reforms = new RandomReforms(seed);
        List<Dataset> datasets = homes.datasets(Following.PEOPLE, Following.LAND);
        for (int i = 1; i <= 10; i++) {
            bear(reforms, datasets, i);
        }
        LocalDate day = reforms.reform();
        Part part = parts(reforms, datasets.get(0), day, 1).get(0);
        BusyOwner owner = new BusyOwner(
                homes,
                part.to(),
                part.dataset(),
                reforms,
                List.copyOf(part.expected().records().keySet()));
        CompletableFuture<Void> writing = CompletableFuture.runAsync(owner, workers);

        Optional<String> breach =
                untilDone(part, decider(reforms, part.dataset(), day), day, new HandOver.Pace(2, 2, workers));
        owner.stop();
        writing.join();

        assertThat(breach).isEmpty();
        assertThat(owner.edited()).as("edited meanwhile").isNotEmpty();
        assertThat(owner.deleted()).as("deleted meanwhile").isNotEmpty();
        Settlement.Part books =
                new Settlement.Part(day, part.dataset().name(), part.from().name());
        Map<String, ExpectedPart.Line> lines = new TreeMap<>();
        for (Map.Entry<String, ExpectedPart.Line> line : homes.lines(part.to(), books)) {
            assertThat(lines.put(line.getKey(), line.getValue())).isNull();
        }
        homes.units(part.to(), books)
                .forEach((unit, count) -> assertThat(lines.values().stream()
                                .filter(line -> unit.equals(line.from() == null ? "" : line.from()))
                                .count())
                        .as("lines of %s", unit)
                        .isEqualTo(count.read() - count.kept()));
        lines.keySet().removeAll(owner.begun());
        Map<String, ExpectedPart.Line> due = new TreeMap<>(part.expected().lines());
        due.keySet().removeIf(key -> owner.deleted().contains(key) && !lines.containsKey(key));
        assertThat(lines).isEqualTo(due);
        Map<String, List<@Nullable String>> left = new TreeMap<>(part.expected().records());
        left.keySet().removeAll(owner.deleted());
        int status = part.dataset().columnNames().indexOf("status");
        left.replaceAll((key, values) -> {
            List<@Nullable String> written = new ArrayList<>(values);
            written.set(status, owner.edited().getOrDefault(key, values.get(status)));
            return written;
        });
        Map<String, List<@Nullable String>> records = homes.records(part.to(), part.dataset());
        records.keySet().removeAll(owner.begun());
        assertThat(records).isEqualTo(left);
    }

    /** A record of every unit of the eve, and one of each hamlet of those that were divided, goes along every edge of the reform. */
    @Test
    void law_holds_alongAllEdgesOfTheReform() throws Exception {
        LocalDate day = Catalogue.REFORM;
        Timeline timeline = timeline(day);
        Map<UnitId, Map<String, UnitId>> assigned = new HashMap<>();
        Localities localities = Localities.none();
        Set<List<String>> edges = new HashSet<>();
        List<List<@Nullable String>> records = new ArrayList<>();
        for (Unit unit : timeline.units(day.minusDays(1), null, null)) {
            records.add(record(records.size(), unit, null));
            for (DatedEdge edge : timeline.edgesFrom(unit.id())) {
                UnitId heir = edge.edge().to();
                if (edge.date().equals(day)) {
                    edges.add(List.of(unit.id().toString(), heir.toString()));
                    if (edge.edge().extent() != Extent.FULL) {
                        String hamlet = "thôn " + records.size();
                        localities = localities.with(unit.id(), hamlet, heir);
                        assigned.computeIfAbsent(unit.id(), id -> new HashMap<>())
                                .put(hamlet, heir);
                        records.add(record(records.size(), unit, hamlet));
                    }
                }
            }
        }
        Dataset dataset =
                homes.datasets(Following.EVERYTHING, Following.EVERYTHING).get(0);
        homes.insert(homes.one(), dataset, records);
        ExpectedPart expected = ExpectedPart.inPlace(
                new ExpectedPart.Law(timeline, assigned, day), dataset, homes.records(homes.one(), dataset), Map.of());
        Part part = new Part(dataset, homes.one(), homes.one(), expected);

        Decider decider = new Decider(timeline, localities, day, day, Following.EVERYTHING);
        assertThat(untilDone(part, decider, day, new HandOver.Pace(2000, 2, workers)))
                .isEmpty();

        assertConserved(part, day);
        assertThat(homes.records(homes.one(), dataset)).isEqualTo(expected.records());
        Settlement.Part books =
                new Settlement.Part(day, dataset.name(), part.from().name());
        Set<List<String>> gone = new HashSet<>();
        homes.lines(homes.one(), books).stream()
                .map(Map.Entry::getValue)
                .filter(line -> line.outcome().equals("moved"))
                .forEach(line -> gone.add(List.of(String.valueOf(line.from()), String.valueOf(line.to()))));
        Set<String> kept = new TreeSet<>();
        homes.units(homes.one(), books).forEach((unit, count) -> {
            if (count.kept() > 0) {
                kept.add(unit);
            }
        });
        // Records of a unit that goes on without a piece stay until somebody says which of them were of the piece.
        edges.stream().filter(edge -> kept.contains(edge.get(0))).forEach(gone::add);
        assertThat(gone).as("every edge, and no other").isEqualTo(edges);
        // The published list has a line for each edge, and for each province or commune that goes on.
        long goesOn = Stream.of(Level.PROVINCE, Level.COMMUNE)
                .flatMap(level -> timeline.units(day.minusDays(1), level, null).stream())
                .filter(unit -> kept.contains(unit.id().toString()))
                .count();
        assertThat(edges.size() + goesOn).isEqualTo(10_634);
    }

    private static Timeline timeline(LocalDate last) {
        Timeline timeline = Timeline.empty();
        for (var day : Catalogue.load().days().headMap(last, true).entrySet()) {
            timeline = timeline.enact(day.getKey(), day.getValue()).fold(done -> done.timeline(), refused -> {
                throw new AssertionError(refused.reasons());
            });
        }
        return timeline;
    }

    private static List<@Nullable String> record(int number, Unit unit, @Nullable String hamlet) {
        List<@Nullable String> values = new ArrayList<>();
        values.add("hs-" + number);
        values.add(unit.code().value());
        values.add(Catalogue.REFORM.minusDays(1).toString());
        values.add(hamlet);
        values.addAll(List.of("khai sinh", "mở", "tiếp nhận", "2025-01-01 08:00:00+07", "2025-01-01 08:00:00+07"));
        return values;
    }
}
