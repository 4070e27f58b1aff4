package vn.dvhc.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.Place;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.demo.reform.Assignment;
import vn.dvhc.demo.reform.Crosswalk;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.store.RecordTable;
import vn.dvhc.demo.traffic.Citizens;
import vn.dvhc.demo.traffic.Clerks;
import vn.dvhc.demo.traffic.Journal;
import vn.dvhc.demo.traffic.LagProbe;
import vn.dvhc.demo.traffic.LookupClient;
import vn.dvhc.demo.traffic.Poison;
import vn.dvhc.demo.verify.Bookkeeping;
import vn.dvhc.demo.verify.Check;
import vn.dvhc.demo.verify.Expectations;
import vn.dvhc.demo.verify.Verification;
import vn.dvhc.local.ProjectRoot;
import vn.dvhc.time.BusinessClock;

/** One run of the main job, stage by stage. */
public final class Demo {

    private static final Instant MORNING_BEFORE = at(Reform.EVE, LocalTime.of(8, 0));
    private static final Instant JUST_BEFORE_MIDNIGHT = at(Reform.EVE, LocalTime.of(23, 59, 57));
    private static final Duration WORK_BEFORE_MIDNIGHT = Duration.ofSeconds(2);
    private static final Duration WORK_AFTER_HAND_OVER = Duration.ofSeconds(6);
    private static final Duration STAGE_LIMIT = Duration.ofMinutes(10);
    private static final double LATE_SHARE = 0.01;

    private final Options options;
    private final PrintStream out;
    private final Progress progress;
    private final Reform reform;
    private final List<Place> places;
    private final RecordGenerator generator;
    private final Journal journal = new Journal();
    private DemoReport.@Nullable Kill kill;

    private Demo(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
        this.progress = new Progress(out);
        this.reform = Reform.ofCatalogue();
        this.places = Place.of(reform.before(), Reform.EVE, Reform.PROVINCES, new SplittableRandom(options.seed()));
        this.generator = new RecordGenerator(options.seed(), places);
    }

    /** Exit code 0 only if everything that was checked holds. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path dir = ProjectRoot.find().resolve("deploy/target/demo");
        Options options;
        try {
            options = Options.parse(dir, arguments);
        } catch (IllegalArgumentException malformed) {
            System.err.println(malformed.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options, dir.resolveSibling("demo-report.json"), out) ? 0 : 1);
    }

    /** Runs, writes the report and says whether it is clean. */
    static boolean run(Options options, Path reportFile, PrintStream out) {
        try {
            DemoReport report = new Demo(options, out).run();
            report.write(reportFile);
            conclude(report, reportFile, options.dir().resolve("log"), out);
            return report.clean();
        } catch (IOException | SQLException | RuntimeException failed) {
            out.println();
            out.println("FAILED: " + failed.getMessage());
            out.println("logs: " + options.dir().resolve("log"));
            failed.printStackTrace(out);
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            out.println("interrupted");
            return false;
        }
    }

    private static void conclude(DemoReport report, Path file, Path logs, PrintStream out) {
        out.println();
        report.table().forEach(out::println);
        out.println();
        for (Check check : report.checks()) {
            if (!check.holds()) {
                out.println("DOES NOT HOLD: " + check.claim() + ": " + check.found());
                check.examples().forEach(example -> out.println("    " + example));
            }
        }
        out.println("report: " + file);
        if (report.clean()) {
            out.println("clean: all " + report.checks().size() + " claims hold");
        } else {
            out.println("NOT CLEAN; logs: " + logs);
        }
    }

    private DemoReport run() throws IOException, SQLException, InterruptedException {
        progress.stage(
                "start", "PostgreSQL, Kafka, Connect, Keycloak, four services; it is the morning of " + Reform.EVE);
        House house = House.start(options, MORNING_BEFORE, progress::say);
        Thread stopper = new Thread(house::close, "stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        boolean finished = false;
        try {
            DemoReport report = run(house);
            finished = true;
            return report;
        } finally {
            if (options.keep() && finished) {
                Runtime.getRuntime().removeShutdownHook(stopper);
                out.println();
                house.addresses().forEach(out::println);
                out.println("everything is left running; stop with: DVHC_DATA=" + options.dir() + " deploy/down");
            } else {
                house.close();
            }
        }
    }

    private DemoReport run(House house) throws IOException, SQLException, InterruptedException {
        Operations operations = new Operations(house.gateway(), house.issuer());
        Map<String, DemoReport.UnitCounts> units = new LinkedHashMap<>();

        progress.stage("catalogue", "the catalogue up to " + Reform.EVE + " reaches every service");
        await(
                "sync to know the units",
                () -> operations
                        .syncStatus()
                        .path("timeline")
                        .path("lastDay")
                        .asText()
                        .equals(Reform.EVE.toString()));
        units.put(Reform.EVE.toString(), counts(operations, Reform.EVE));

        progress.stage(
                "load", options.records() + " records of " + places.size() + " communes, seed " + options.seed());
        load(house);

        progress.stage("copy", "Debezium reads the four databases, sync fills the copies");
        fillCopies(house, operations);

        progress.stage("assign", "half of the hamlets of every split commune are decided");
        List<Assignment> assignments = Assignment.forHalfOfEverySplit(places, reform, new Random(options.seed()));
        long added = operations.assign(Reform.DAY, assignments);
        progress.say(added + " hamlets of "
                + assignments.stream().map(Assignment::unit).distinct().count() + " communes are decided");
        await(
                "sync to know the assignments",
                () -> operations.syncStatus().path("assignments").asLong() >= assignments.size());

        progress.stage("reform", "clerks write and citizens ask while midnight passes");
        LookupClient client = new LookupClient(house.gateway(), reform);
        Citizens citizens = new Citizens(client, reform, options.seed());
        LagProbe probe = new LagProbe(house.database("national"), journal);
        Clerks clerks = new Clerks(
                Stream.of(Dataset.values())
                        .flatMap(dataset -> Reform.PROVINCES.stream().map(dataset::database))
                        .map(house::databaseOfApplication)
                        .toList(),
                generator,
                options.records(),
                journal,
                options.seed());
        citizens.start();
        probe.start();
        clerks.start();
        double handOverSeconds = passMidnight(house, operations, clerks, citizens);

        progress.stage("settle", "the last changes arrive");
        settle(operations, clerks, probe);
        citizens.stop();
        probe.stop();
        progress.say(citizens.served() + " look-ups served, " + citizens.failed() + " failed");

        progress.stage("verify", "every record, every level, every old code");
        return verify(house, operations, assignments, units, client, citizens, clerks, probe, handOverSeconds);
    }

    private static DemoReport.UnitCounts counts(Operations operations, LocalDate at)
            throws IOException, InterruptedException {
        JsonNode counts = operations.counts(at);
        return new DemoReport.UnitCounts(
                counts.path("province").asLong(),
                counts.path("district").asLong(),
                counts.path("commune").asLong());
    }

    private void load(House house) throws InterruptedException {
        inParallel(sources()
                .map(source -> (Callable<Void>) () -> {
                    RecordTable table = new RecordTable(source.dataset());
                    try (Connection connection =
                            house.databaseOfApplication(source.name()).connect()) {
                        long loaded = table.load(
                                connection,
                                IntStream.range(0, options.records())
                                        .filter(number ->
                                                generator.birthplace(number).equals(source.name()))
                                        .mapToObj(generator::record)
                                        .iterator());
                        progress.say(source.name() + ": " + loaded + " records");
                    }
                    return null;
                })
                .toList());
    }

    private void fillCopies(House house, Operations operations) throws InterruptedException {
        inParallel(sources()
                .map(source -> (Callable<Void>) () -> {
                    house.capture(source.dataset(), source.province());
                    return null;
                })
                .toList());
        Database national = house.database("national");
        long[] last = {-1};
        await("the copies to be full", () -> {
            long copied = national.count(
                    "SELECT (SELECT count(*) FROM replica.case_file) + (SELECT count(*) FROM" + " replica.permit)");
            if (copied != last[0]) {
                progress.tick(copied + " of " + options.records() + " in the national copy");
                last[0] = copied;
            }
            return copied == options.records()
                    && operations.syncStatus().path("backlog").asLong(-1) == 0;
        });
        progress.say("all copies are full");
    }

    /** From seconds before midnight until some seconds after the hand-over; answers how long the hand-over took. */
    private double passMidnight(House house, Operations operations, Clerks clerks, Citizens citizens)
            throws IOException, InterruptedException {
        Thread.sleep(WORK_BEFORE_MIDNIGHT.toMillis());
        sendPoison(house);
        progress.say("unreadable messages are among the changes");
        house.setClock(JUST_BEFORE_MIDNIGHT);
        long midnight = System.nanoTime()
                + Duration.between(JUST_BEFORE_MIDNIGHT, at(Reform.DAY, LocalTime.MIDNIGHT))
                        .toNanos();
        progress.say("the clock says 23:59:57");
        if (options.killSync()) {
            killSyncInTheMiddle(house);
        }
        await("the hand-over", () -> {
            progress.tick(
                    journal.writes() + " writes, " + citizens.served() + " look-ups, " + citizens.failed() + " failed");
            return isHandedOver(operations);
        });
        double seconds = Math.round((System.nanoTime() - midnight) / 1e8) / 10.0;
        clerks.handedOver();
        progress.say("handed over " + seconds + " s after midnight; late changes go on in the old databases");
        long until = System.nanoTime() + WORK_AFTER_HAND_OVER.toNanos();
        await(
                "late changes",
                () -> System.nanoTime() > until
                        && (journal.late() > journal.writes() * LATE_SHARE
                                || !clerks.failures().isEmpty()));
        clerks.stop();
        progress.say(journal.writes() + " writes were acknowledged, " + journal.late() + " of them late");
        return seconds;
    }

    /** While sync is being restarted the gateway says so; that is no answer yet. */
    private boolean isHandedOver(Operations operations) throws InterruptedException {
        try {
            JsonNode enactment = operations.syncStatus().path("enactment");
            return enactment.path("date").asText().equals(Reform.DAY.toString())
                    && enactment.path("state").asText().equals("done");
        } catch (IOException unavailable) {
            if (!options.killSync()) {
                progress.say("sync does not answer: " + unavailable.getMessage());
            }
            return false;
        }
    }

    private static void sendPoison(House house) throws IOException, InterruptedException {
        try {
            Poison.send(house.kafka());
        } catch (ExecutionException unsent) {
            throw new IOException("Kafka did not take the unreadable messages", unsent);
        }
    }

    private void killSyncInTheMiddle(House house) throws InterruptedException {
        List<Database> homes = List.of(house.database("commune_31"), house.database("province_31"));
        long enough = options.records() / 10;
        long[] reached = new long[1];
        awaitEvery(Duration.ofMillis(5), "the hand-over to have begun", () -> {
            reached[0] = 0;
            for (Database home : homes) {
                reached[0] += home.count("SELECT count(*) FROM sync.handed_over");
            }
            return reached[0] >= enough;
        });
        house.killAndRestartSync();
        kill = new DemoReport.Kill(reached[0], 0);
        progress.say("sync-service was killed after " + reached[0] + " records and is starting again");
    }

    /** Until every acknowledged write is seen nationally and nothing is under way, twice. */
    private void settle(Operations operations, Clerks clerks, LagProbe probe) throws InterruptedException {
        for (int round = 1; round <= 2; round++) {
            await("the last changes to arrive", () -> {
                JsonNode status = operations.syncStatus();
                long awaiting = probe.awaiting();
                long backlog = status.path("backlog").asLong(-1);
                if (awaiting > 0 || backlog != 0) {
                    progress.tick(awaiting + " writes not yet seen nationally, backlog " + backlog);
                    return false;
                }
                return true;
            });
            clerks.touchLivingHomes();
        }
        await(
                "the end",
                () -> probe.awaiting() == 0
                        && operations.syncStatus().path("backlog").asLong(-1) == 0);
    }

    private DemoReport verify(
            House house,
            Operations operations,
            List<Assignment> assignments,
            Map<String, DemoReport.UnitCounts> units,
            LookupClient client,
            Citizens citizens,
            Clerks clerks,
            LagProbe probe,
            double handOverSeconds)
            throws IOException, SQLException, InterruptedException {
        Expectations expectations =
                Expectations.of(generator, options.records(), journal, new Crosswalk(reform.after(), assignments));
        Bookkeeping bookkeeping = bookkeeping(operations);
        Verification verification = new Verification(
                new Verification.Landscape(
                        house.database("commune_31"), house.database("province_31"), house.database("national")),
                expectations,
                progress::say);
        verification.verify(bookkeeping, Poison.count());

        units.put(Reform.DAY.toString(), counts(operations, Reform.DAY));
        verifyUnits(verification, units);
        verifyLookups(verification, client, citizens);
        verifyTraffic(verification, clerks, probe);

        Verification.Rows rows = verification.rows();
        Verification.Divergence divergence = verification.divergence();
        return new DemoReport(
                verification.isClean(),
                options.seed(),
                units,
                new DemoReport.Records(
                        options.records(),
                        journal.writes(),
                        journal.inserts(),
                        journal.updates(),
                        journal.deletes(),
                        journal.late(),
                        rows.commune(),
                        rows.province(),
                        rows.national()),
                new DemoReport.HandOver(
                        bookkeeping.in(),
                        bookkeeping.moved(),
                        bookkeeping.kept(),
                        bookkeeping.queued(),
                        bookkeeping.rejected(),
                        bookkeeping.late(),
                        bookkeeping.manifests(),
                        bookkeeping.checksumsEqual(),
                        bookkeeping.deadLetters(),
                        bookkeeping.conflicts(),
                        handOverSeconds),
                new DemoReport.Divergence(
                        divergence.missing(), divergence.duplicate(), divergence.different(), divergence.unexpected()),
                DemoReport.lookups(citizens.served(), citizens.failed(), citizens.latency()),
                DemoReport.percentiles(probe.lag()),
                progress.end(),
                kill == null ? null : new DemoReport.Kill(kill.handedOver(), bookkeeping.in()),
                verification.checks());
    }

    private static Bookkeeping bookkeeping(Operations operations) throws IOException, InterruptedException {
        JsonNode handOver = operations.handOver(Reform.DAY);
        JsonNode summary = handOver.path("summary");
        JsonNode status = operations.syncStatus();
        return new Bookkeeping(
                summary.path("in").asLong(),
                summary.path("moved").asLong(),
                summary.path("kept").asLong(),
                summary.path("queued").asLong(),
                summary.path("rejected").asLong(),
                summary.path("late").asLong(),
                handOver.path("manifests").size(),
                handOver.path("checksumsEqual").asBoolean(),
                status.path("deadLetters").asLong(),
                status.path("conflicts").asLong());
    }

    private void verifyUnits(Verification verification, Map<String, DemoReport.UnitCounts> units) {
        Map<String, DemoReport.UnitCounts> known = Map.of(
                Reform.EVE.toString(), new DemoReport.UnitCounts(63, 696, 10_035),
                Reform.DAY.toString(), new DemoReport.UnitCounts(34, 0, 3_321));
        verification.add(new Check(
                "the country has the units of the acts on both days",
                known.equals(units),
                units.toString(),
                List.of()));
    }

    private void verifyLookups(Verification verification, LookupClient client, Citizens citizens)
            throws InterruptedException {
        List<String> wrong = client.wrongAnswersAboutOldUnits();
        verification.add(new Check(
                "every old code answers with its unit and its successors",
                wrong.isEmpty(),
                reform.oldUnits().size() + " codes asked, " + wrong.size() + " wrong answers",
                wrong));
        verification.add(new Check(
                "no look-up failed while midnight passed",
                citizens.failed() == 0 && citizens.served() > 0 && citizens.answeredAfter() > 0,
                citizens.served() + " served (" + citizens.answeredAfter() + " knew the reform), " + citizens.failed()
                        + " failed",
                citizens.failures()));
    }

    private void verifyTraffic(Verification verification, Clerks clerks, LagProbe probe) {
        List<String> refused = new ArrayList<>(clerks.failures());
        String probeFailure = probe.failure();
        if (probeFailure != null) {
            refused.add(probeFailure);
        }
        verification.add(new Check(
                "no write was refused while midnight passed",
                refused.isEmpty(),
                journal.writes() + " acknowledged",
                refused));
        verification.add(new Check(
                "late changes were part of the test",
                journal.late() >= journal.writes() * LATE_SHARE,
                journal.late() + " of " + journal.writes() + " writes",
                List.of()));
    }

    private record Source(Dataset dataset, String province) {
        String name() {
            return dataset.database(province);
        }
    }

    private static Stream<Source> sources() {
        return Stream.of(Dataset.values())
                .flatMap(dataset -> Reform.PROVINCES.stream().map(province -> new Source(dataset, province)));
    }

    private static void inParallel(List<Callable<Void>> tasks) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> task : executor.invokeAll(tasks)) {
                task.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(
                    Objects.requireNonNull(failed.getCause()).getMessage(), failed.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws InterruptedException {
        awaitEvery(Duration.ofMillis(500), what, condition);
    }

    private static void awaitEvery(Duration pause, String what, Callable<Boolean> condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + STAGE_LIMIT.toNanos();
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (InterruptedException interrupted) {
                throw interrupted;
            } catch (Exception failed) {
                throw new IllegalStateException("While waiting for " + what + ": " + failed.getMessage(), failed);
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Waited " + STAGE_LIMIT.toMinutes() + " minutes for " + what);
            }
            Thread.sleep(pause.toMillis());
        }
    }

    private static Instant at(LocalDate date, LocalTime time) {
        return date.atTime(time).atZone(BusinessClock.ZONE).toInstant();
    }
}
