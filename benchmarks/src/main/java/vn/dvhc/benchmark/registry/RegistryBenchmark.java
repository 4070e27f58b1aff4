package vn.dvhc.benchmark.registry;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.benchmark.Result;
import vn.dvhc.benchmark.Samples;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.ProjectRoot;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Timeline;

/** The command {@code benchmarks/registry}. */
public final class RegistryBenchmark {

    private static final Instant MIDNIGHT =
            Catalogue.REFORM.atStartOfDay(BusinessClock.ZONE).toInstant();
    private static final Instant EVENING = MIDNIGHT.minus(Duration.ofHours(1));
    private static final Instant TODAY = Instant.parse("2026-05-01T00:00:00Z");
    private static final int ROUNDS = 3;

    private final Path dir;
    private final Progress progress;
    private final Samples load = new Samples();
    private final Samples rebuild = new Samples();
    private final Samples enact = new Samples();
    private final Samples enactRestarted = new Samples();
    private final Samples bulkInsert = new Samples();
    private final Samples enactOverBulkInsert = new Samples();

    private RegistryBenchmark(Path dir, Progress progress) {
        this.dir = dir;
        this.progress = progress;
    }

    /** {@code registry [--quick]} */
    public static void main(String[] arguments) throws Exception {
        if (!Set.of("--quick").containsAll(List.of(arguments))) {
            System.err.println("usage: benchmarks/registry [--quick]");
            System.exit(2);
        }
        Fleet.requireBuilt();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path dir = ProjectRoot.find().resolve("benchmarks/target/registry");
        RegistryBenchmark benchmark = new RegistryBenchmark(dir, new Progress(out));
        benchmark.run(arguments.length == 0 ? ROUNDS : 1);
        out.println();
        benchmark.result().table().forEach(out::println);
        out.println(benchmark.result().json());
        // The consumer of a topic may leave threads behind that end later than the result is worth.
        System.exit(0);
    }

    /** @param loads how often the whole catalogue is loaded, each time on a new platform: a topic is never emptied */
    private void run(int loads) throws IOException, SQLException, InterruptedException {
        for (int round = 1; round <= loads; round++) {
            try (House house = House.open(dir, progress)) {
                long last = loadCatalogue(house);
                for (int times = 0; times < ROUNDS / loads; times++) {
                    rebuildTimeline(house, last);
                }
                if (round == loads) {
                    new Contest(house).run();
                }
            }
        }
    }

    private Result result() {
        return new Result("registry")
                .figure("load_seconds", load, "<= 30")
                .figure("rebuild_seconds", rebuild, "<= 2")
                .figure("enact_seconds", enact, "")
                .figure("enact_restarted_seconds", enactRestarted, "")
                .figure("bulk_insert_seconds", bulkInsert, "")
                .ratio("enact_over_bulk_insert", enactOverBulkInsert, "<= 3");
    }

    /** From an empty database and no process until the registry is ready and every event is in the topic. */
    private long loadCatalogue(House house) throws IOException, InterruptedException {
        house.setClock(TODAY);
        long begun = System.nanoTime();
        House.Registry registry = house.start("registry");
        registry.captureOutbox();
        registry.awaitReady();
        long last = registry.lastSequence();
        new ChangeLog(house.kafka()).awaitMessages(last);
        load.add(secondsSince(begun));
        registry.stop();
        progress.say("catalogue loaded, %d events published: %.2f s", last, secondsSince(begun));
        return last;
    }

    private void rebuildTimeline(House house, long lastSequence) throws IOException {
        long begun = System.nanoTime();
        Timeline timeline = new ChangeLog(house.kafka()).rebuild(lastSequence);
        rebuild.add(secondsSince(begun));
        progress.say("timeline rebuilt up to %s: %.2f s", timeline.lastDay().orElseThrow(), secondsSince(begun));
    }

    private static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** The reform by the registry against the bare inserts, by turns; each time in a database where it has not come yet. */
    private final class Contest {

        private final House house;

        Contest(House house) {
            this.house = house;
        }

        void run() throws IOException, SQLException, InterruptedException {
            prepareEve();
            DayRows rows = enactAfterRestart();
            progress.say("the reform: %s", rows.summary());
            // Both contenders have run before: the registry has enacted 20 years, the driver writes the rows once.
            insert(rows, "bulk_0");
            for (int round = 1; round <= ROUNDS; round++) {
                double registry;
                double bare;
                if (round % 2 == 1) {
                    registry = enactAfterLoad("night_" + round);
                    bare = insert(rows, "bulk_" + round);
                } else {
                    bare = insert(rows, "bulk_" + round);
                    registry = enactAfterLoad("night_" + round);
                }
                enact.add(registry);
                bulkInsert.add(bare);
                enactOverBulkInsert.add(registry / bare);
                progress.say("round %d: enacted in %.3f s, bare inserts %.3f s", round, registry, bare);
            }
        }

        private void prepareEve() throws IOException {
            house.setClock(EVENING);
            house.createDatabase("eve");
            House.Registry registry = house.start("eve");
            registry.awaitReady();
            registry.stop();
        }

        /** A registry that has just been started and has enacted nothing yet: its code is cold. */
        private DayRows enactAfterRestart() throws IOException, SQLException, InterruptedException {
            house.copyDatabase("eve", "restarted");
            enactRestarted.add(enact("restarted"));
            try (Connection connection = house.connect("restarted")) {
                return DayRows.read(connection, Catalogue.REFORM);
            }
        }

        private double enactAfterLoad(String database) throws IOException, SQLException, InterruptedException {
            house.createDatabase(database);
            return enact(database);
        }

        /** Seconds of the transaction, as the registry timed it itself. */
        private double enact(String database) throws IOException, SQLException, InterruptedException {
            house.setClock(EVENING);
            House.Registry registry = house.start(database);
            registry.awaitReady();
            house.checkpoint();
            double before = registry.secondsOfEnactments();
            house.setClock(MIDNIGHT);
            registry.awaitDay(Catalogue.REFORM);
            double seconds = registry.secondsOfEnactments() - before;
            registry.stop();
            return seconds;
        }

        private double insert(DayRows rows, String database) throws SQLException {
            house.copyDatabase("eve", database);
            house.checkpoint();
            try (Connection connection = house.connect(database)) {
                long begun = System.nanoTime();
                rows.write(connection);
                return secondsSince(begun);
            }
        }
    }
}
