package vn.dvhc.demo;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
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
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.Place;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.demo.reform.Assignment;
import vn.dvhc.demo.reform.Crosswalk;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.store.RecordTable;
import vn.dvhc.demo.verify.Expectations;
import vn.dvhc.time.BusinessClock;

/** The stages of a run: fill, decide, let midnight pass, examine. */
final class MainJob {

    private static final Instant MORNING_BEFORE =
            Reform.EVE.atTime(LocalTime.of(8, 0)).atZone(BusinessClock.ZONE).toInstant();

    private final Options options;
    private final Progress progress;
    private final Reform reform;
    private final List<Place> places;
    private final RecordGenerator generator;

    MainJob(Options options, Progress progress) {
        this.options = options;
        this.progress = progress;
        this.reform = Reform.ofCatalogue();
        this.places = Place.of(reform.before(), Reform.EVE, Reform.PROVINCES, new SplittableRandom(options.seed()));
        this.generator = new RecordGenerator(options.seed(), places);
    }

    /** Starts everything on the morning before. */
    House openHouse() throws IOException {
        progress.stage(
                "start", "PostgreSQL, Kafka, Connect, Keycloak, four services; it is the morning of " + Reform.EVE);
        return House.start(options, MORNING_BEFORE, progress::say);
    }

    DemoReport run(House house) throws IOException, SQLException, InterruptedException {
        Operations operations = new Operations(house.gateway(), house.issuer());
        progress.stage("catalogue", "the catalogue up to " + Reform.EVE + " reaches every service");
        Await.until(
                "sync-service to know the units",
                () -> operations
                        .syncStatus()
                        .path("timeline")
                        .path("lastDay")
                        .asText()
                        .equals(Reform.EVE.toString()));
        DemoReport.UnitCounts before = operations.counts(Reform.EVE);
        progress.say(before.toString());

        progress.stage(
                "load", options.records() + " records of " + places.size() + " communes, seed " + options.seed());
        load(house);

        progress.stage("copy", "Debezium reads the four databases, sync-service fills the copies");
        fillCopies(house, operations);

        progress.stage("assign", "half of the hamlets of every split commune are decided");
        List<Assignment> assignments = assign(operations);

        progress.stage("reform", "clerks write and citizens ask while midnight passes");
        Night night = new Night(options, progress, house, operations, reform, generator);
        night.pass();

        progress.stage("settle", "the last changes arrive");
        night.settle();

        progress.stage("verify", "every record, every level, every old code");
        Expectations expectations = Expectations.of(
                generator, options.records(), night.journal(), new Crosswalk(reform.after(), assignments));
        return new Examination(options, progress, house, operations, reform, night, before).examine(expectations);
    }

    private void load(House house) throws InterruptedException {
        inParallel(Source.all()
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

    /** The provinces' databases, full as they are, join a running system: the copies' databases first. */
    private void fillCopies(House house, Operations operations) throws IOException, InterruptedException {
        for (Source source : Source.all()
                .sorted(Comparator.comparing(source -> source.dataset().tier(), Comparator.reverseOrder()))
                .toList()) {
            operations.declareSource(
                    source.name(),
                    source.dataset().tier(),
                    source.province(),
                    Reform.EVE,
                    house.addressOf(source.name()));
            progress.say(source.name() + " declared by POST /v1/sources");
        }
        Database national = house.database("national");
        Await.until("the copies to be full", () -> {
            long copied = national.count(
                    "SELECT (SELECT count(*) FROM replica.case_file)" + " + (SELECT count(*) FROM replica.permit)");
            progress.tick(copied + " of " + options.records() + " in the national copy");
            return copied == options.records() && operations.syncBacklog() == 0;
        });
        progress.say("all copies are full");
    }

    private List<Assignment> assign(Operations operations) throws IOException, InterruptedException {
        List<Assignment> assignments = Assignment.forHalfOfEverySplit(places, reform, new Random(options.seed()));
        long added = operations.assign(Reform.DAY, assignments);
        progress.say(added + " hamlets of "
                + assignments.stream().map(Assignment::unit).distinct().count() + " communes are decided");
        Await.until(
                "sync-service to know the assignments",
                () -> operations.syncStatus().path("assignments").asLong() >= assignments.size());
        return assignments;
    }

    /** A database with the dataset that it owns. */
    record Source(Dataset dataset, String province) {

        String name() {
            return dataset.database(province);
        }

        static Stream<Source> all() {
            return Stream.of(Dataset.values())
                    .flatMap(dataset -> Reform.PROVINCES.stream().map(province -> new Source(dataset, province)));
        }
    }

    private static void inParallel(List<Callable<Void>> tasks) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Void> task : executor.invokeAll(tasks)) {
                task.get();
            }
        } catch (ExecutionException failed) {
            Throwable cause = Objects.requireNonNull(failed.getCause());
            throw new IllegalStateException(cause.getMessage(), cause);
        } finally {
            executor.shutdownNow();
        }
    }
}
