package vn.dvhc.demo.country;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vn.dvhc.demo.House;
import vn.dvhc.demo.Operations;
import vn.dvhc.demo.Progress;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.Place;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.demo.reform.Assignment;
import vn.dvhc.demo.reform.Crosswalk;
import vn.dvhc.demo.reform.Estate;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.store.RecordTable;
import vn.dvhc.demo.traffic.Citizens;
import vn.dvhc.demo.traffic.Clerks;
import vn.dvhc.demo.traffic.Journal;
import vn.dvhc.demo.traffic.LookupClient;
import vn.dvhc.demo.verify.Check;
import vn.dvhc.demo.verify.Expectations;
import vn.dvhc.local.ProjectRoot;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.unit.Unit;

/** The stages of a run over the country: fill, declare, decide, let midnight pass, account for every record. */
final class CountryJob {

    private static final Instant MORNING_BEFORE =
            Reform.EVE.atTime(LocalTime.of(8, 0)).atZone(BusinessClock.ZONE).toInstant();

    /** Kafka and 63 connectors in one JVM. */
    private static final String PLATFORM_HEAP = "3g";

    /** The country's databases lie on no single server: one's 63 slots would each decode the changes of all. */
    private static final int SERVERS = 8;

    /** 63 connectors at the usual pace would take one of two cores for nothing. */
    private static final String CONNECTORS_POLL = "100ms";

    /** Where clerks go on over midnight: provinces that go on, that inherit, and that end. */
    private static final Set<String> AT_WORK = Set.of("01", "22", "30", "31", "74", "79");

    private static final Duration CLERKS_PACE = Duration.ofMillis(500);
    private static final int LOADERS = 2;
    private static final int ASKERS = 3;

    private final CountryOptions options;
    private final Progress progress;
    private final Patience patience;
    private final Reform reform;
    private final List<Estate> estates;
    private final List<Place> places;
    private final RecordGenerator generator;
    private final Population population;
    private final Journal journal = new Journal();

    CountryJob(CountryOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
        this.patience = new Patience(progress);
        this.reform = Reform.ofCatalogue();
        this.estates = Estate.all(reform);
        List<String> provinces =
                estates.stream().flatMap(estate -> estate.provinces().stream()).toList();
        this.places = Place.of(reform.before(), Reform.EVE, provinces, new SplittableRandom(options.seed()));
        this.generator = RecordGenerator.ofCaseFilesInTurn(options.seed(), places);
        this.population = new Population(places, options.records());
    }

    /** Starts everything on the morning before, with a database for the communes of each province. */
    House openHouse() throws IOException {
        progress.stage(
                "start",
                "the platform, four services and " + population.provinces().size() + " databases on " + SERVERS
                        + " servers");
        Path plan = planFile();
        Files.createDirectories(options.dir());
        Files.writeString(plan, plan(Map.of()));
        Map<String, String> databases = new TreeMap<>();
        population.provinces().forEach(province -> databases.put(database(province), Dataset.CASE_FILE.tier()));
        return House.start(
                new House.Design(
                        options.dir(),
                        options.keep(),
                        options.freePorts(),
                        PLATFORM_HEAP,
                        databases,
                        SERVERS,
                        Map.of("DVHC_SYNC_CONFIG", plan.toString(), "DVHC_SYNC_CONNECT_POLL", CONNECTORS_POLL)),
                MORNING_BEFORE,
                progress::tick);
    }

    CountryReport run(House house) throws IOException, SQLException, InterruptedException {
        Operations operations = new Operations(house.gateway(), house.issuer());
        progress.stage("catalogue", "the catalogue up to " + Reform.EVE + " reaches every service");
        patience.until(
                "sync-service to know the units",
                () -> operations
                        .syncStatus()
                        .path("timeline")
                        .path("lastDay")
                        .asText()
                        .equals(Reform.EVE.toString()));

        progress.stage(
                "load", options.records() + " records of " + places.size() + " communes, seed " + options.seed());
        load(house);

        progress.stage("connect", "all databases are declared at once; each gets a connector");
        declare(house, operations);

        progress.stage("copy", "the rows that were there reach the national copy");
        awaitCopies(house, operations);

        progress.stage("assign", "half of the hamlets of every split commune are decided");
        List<Assignment> assignments = assign(operations);

        progress.stage("reform", "clerks write in " + AT_WORK.size() + " databases while midnight passes");
        CountryNight night = night(house, operations);
        night.pass();

        progress.stage("follow", "the national copy follows the hand-over");
        night.settle();

        progress.stage("verify", "every record, every commune, every old code");
        return examine(house, operations, night, new Crosswalk(reform.after(), assignments));
    }

    private static String database(String province) {
        return Dataset.CASE_FILE.database(province);
    }

    private Path planFile() {
        return options.dir().resolve("sources.yaml");
    }

    private static String plan(Map<String, String> addresses) throws IOException {
        return SourcesFile.with(Files.readString(ProjectRoot.find().resolve("deploy/sync/sources.yaml")), addresses);
    }

    private void load(House house) throws InterruptedException {
        RecordTable table = new RecordTable(Dataset.CASE_FILE);
        inParallel(
                LOADERS,
                population.provinces().stream()
                        .map(province -> (Callable<Void>) () -> {
                            try (Connection connection = house.databaseOfApplication(database(province))
                                    .connect()) {
                                long loaded = table.load(
                                        connection,
                                        population
                                                .numbers(province)
                                                .mapToObj(generator::record)
                                                .iterator());
                                progress.tick(database(province) + ": " + loaded + " records");
                            }
                            return null;
                        })
                        .toList());
    }

    private void declare(House house, Operations operations) throws IOException, InterruptedException {
        Map<String, String> addresses = new TreeMap<>();
        population.provinces().forEach(province -> addresses.put(province, house.addressOf(database(province))));
        Path next = planFile().resolveSibling("sources.yaml.new");
        Files.writeString(next, plan(addresses));
        Files.move(next, planFile(), StandardCopyOption.ATOMIC_MOVE);
        patience.until("all connectors to run", () -> {
            long running = 0;
            for (JsonNode source : operations.syncStatus().path("sources")) {
                running += source.path("connector").path("state").asText().equals("running") ? 1 : 0;
            }
            progress.tick(running + " of " + addresses.size() + " connectors run");
            return running == addresses.size();
        });
    }

    private void awaitCopies(House house, Operations operations) throws SQLException, InterruptedException {
        Database national = house.database("national");
        patience.until("the copies to be full", () -> {
            long wished = national.count("SELECT count(*) FROM sync.snapshot_wish");
            JsonNode status = operations.syncStatus();
            long backlog = status.path("backlog").asLong(-1);
            progress.tick(status.path("applied").asLong() + " rows taken over, " + wished
                    + " databases not yet whole, backlog " + backlog);
            return wished == 0
                    && backlog == 0
                    && national.count("SELECT count(*) FROM replica.case_file") == options.records();
        });
    }

    private List<Assignment> assign(Operations operations) throws IOException, InterruptedException {
        List<Assignment> assignments = Assignment.forHalfOfEverySplit(places, reform, new Random(options.seed()));
        long added = operations.assign(Reform.DAY, assignments);
        progress.say(added + " hamlets of "
                + assignments.stream().map(Assignment::unit).distinct().count() + " communes are decided");
        patience.until(
                "sync-service to know the assignments",
                () -> operations.syncStatus().path("assignments").asLong() >= assignments.size());
        return assignments;
    }

    private CountryNight night(House house, Operations operations) {
        Set<String> heirs = estates.stream().map(Estate::heir).collect(Collectors.toSet());
        List<Clerks.Office> offices = population.provinces().stream()
                .filter(AT_WORK::contains)
                .map(province -> new Clerks.Office(
                        house.databaseOfApplication(database(province)),
                        Dataset.CASE_FILE,
                        province,
                        heirs.contains(province),
                        population.numbers(province).boxed().toList()))
                .toList();
        return new CountryNight(
                house,
                operations,
                progress,
                journal,
                new Clerks(offices, generator, options.records(), journal, options.seed(), CLERKS_PACE),
                new Citizens(new LookupClient(house.gateway(), reform), oldUnits(), options.seed()));
    }

    private List<Unit> oldUnits() {
        return reform.oldUnits(province -> true);
    }

    private CountryReport examine(House house, Operations operations, CountryNight night, Crosswalk crosswalk)
            throws IOException, SQLException, InterruptedException {
        JsonNode handOver = operations.handOver(Reform.DAY);
        keepBooks(handOver);
        CountryCheck check = new CountryCheck(house::database, journal, progress::tick);
        for (Estate estate : estates) {
            IntStream numbers = estate.provinces().stream().flatMapToInt(population::numbers);
            check.compare(estate, Expectations.of(generator, numbers, journal, estate::bears, crosswalk));
        }
        check.conclude(handOver);
        checkManifests(check, handOver);
        check.add(
                new Printing(operations, options.dir().resolveSibling("country-manifests"), patience).print(handOver));
        checkLookups(check, house, night);
        check.add(new Check(
                "no write was refused while midnight passed",
                night.refusedWrites().isEmpty() && journal.late() > 0,
                journal.writes() + " acknowledged, " + journal.late() + " late",
                night.refusedWrites()));
        return new CountryReport(
                check.checks().stream().allMatch(Check::holds),
                options.seed(),
                population.provinces().size(),
                places.size(),
                options.records(),
                journal.writes(),
                journal.late(),
                handOver.path("summary"),
                handOver.path("manifests").size(),
                night.handOverSeconds(),
                night.followSeconds(),
                progress.end(),
                house.peakMegabytes(),
                check.checks());
    }

    /** What the hand-over left to be read. */
    private void keepBooks(JsonNode handOver) throws IOException {
        Files.writeString(options.dir().resolveSibling("country-handover.json"), handOver.toPrettyString() + "\n");
    }

    private void checkManifests(CountryCheck check, JsonNode handOver) {
        Set<String> touched = new HashSet<>();
        Map<String, String> ids = places.stream()
                .collect(Collectors.toMap(
                        place -> place.eve().code().value(), place -> place.id().toString()));
        journal.forEach((key, entry) ->
                touched.add(ids.getOrDefault(entry.record().unit().code().value(), "")));
        ManifestCheck manifests = new ManifestCheck(reform, places, population);
        check.add(Check.of(
                "every old commune with an edge has manifests, to its successors and of all its records",
                manifests.contradictions(handOver.path("manifests"), touched::contains),
                manifests.communes() + " communes"));
    }

    private void checkLookups(CountryCheck check, House house, CountryNight night) throws InterruptedException {
        List<Unit> units = oldUnits();
        List<String> wrong = new ArrayList<>();
        List<Callable<Void>> shares = new ArrayList<>();
        for (int share = 0; share < ASKERS; share++) {
            int mine = share;
            shares.add(() -> {
                List<String> found = new LookupClient(house.gateway(), reform)
                        .wrongAnswersAbout(IntStream.range(0, units.size())
                                .filter(i -> i % ASKERS == mine)
                                .mapToObj(units::get)
                                .toList());
                synchronized (wrong) {
                    wrong.addAll(found);
                }
                return null;
            });
        }
        inParallel(ASKERS, shares);
        check.add(Check.of(
                "every old code answers with its unit and its successors",
                wrong,
                units.size() + " codes asked, " + wrong.size() + " wrong answers"));
        check.add(night.lookups());
    }

    private static void inParallel(int threads, List<Callable<Void>> tasks) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
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
