package vn.dvhc.demo.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import vn.dvhc.demo.Await;
import vn.dvhc.demo.Operations;
import vn.dvhc.demo.Progress;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.DemoRecord;
import vn.dvhc.demo.record.Place;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.demo.reform.Assignment;
import vn.dvhc.demo.reform.Crosswalk;
import vn.dvhc.demo.reform.Estate;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.store.RecordTable;
import vn.dvhc.demo.traffic.Journal;
import vn.dvhc.demo.traffic.Poison;
import vn.dvhc.demo.verify.Check;
import vn.dvhc.time.BusinessClock;

/**
 * A run: provinces at work, the reform passes, a province joins, another is away over the night, and all the while something
 * breaks. In the end every tier must hold what was acknowledged.
 */
final class Campaign {

    private static final Instant MORNING_BEFORE =
            Reform.EVE.atTime(LocalTime.of(8, 0)).atZone(BusinessClock.ZONE).toInstant();

    /** So long before midnight that the clock's change is seen by all. */
    private static final Duration BEFORE_MIDNIGHT = Duration.ofSeconds(3);

    /** Its databases are full and at work, but declared only when things break already. */
    private static final Estate JOINING = Estate.of("22");

    /** Ends in the reform and is cut off over that night. */
    private static final String AWAY = "commune_30";

    private static final double JOINS_AT = 0.10;
    private static final double POISON_AT = 0.20;
    private static final double AWAY_FROM = 0.25;
    private static final double REFORM_AT = 0.40;
    private static final double BACK_AT = 0.60;

    private static final int WRITERS_A_DATABASE = 2;

    private static final Duration TAKE_OVER = Duration.ofMinutes(2);

    private final CampaignOptions options;
    private final Progress progress;
    private final List<Estate> estates;
    private final List<String> provinces;
    private final Reform reform;
    private final List<Place> places;
    private final RecordGenerator generator;
    private final WriteLog log = new WriteLog();
    private final List<Writer> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Sampler sampler;
    private final AtomicInteger freshNumbers;
    private int shifts;

    /** Sources that should flow: declared, taken over, and not away. */
    private final Set<String> flowing = ConcurrentHashMap.newKeySet();

    /** Sources whose stream has passed their snapshot. */
    private final Set<String> takenOver = ConcurrentHashMap.newKeySet();

    private final List<Check> events = new ArrayList<>();
    private volatile double handOverSeconds = -1;

    Campaign(CampaignOptions options, Progress progress) {
        this.options = options;
        this.progress = progress;
        this.estates = options.shortened()
                ? List.of(Estate.of("31", "30"), JOINING)
                : List.of(Estate.of("31", "30"), Estate.of("33", "34"), JOINING);
        this.provinces =
                estates.stream().flatMap(estate -> estate.provinces().stream()).toList();
        this.reform = Reform.ofCatalogue();
        this.places = Place.of(reform.before(), Reform.EVE, provinces, new SplittableRandom(options.seed()));
        this.generator = new RecordGenerator(options.seed(), places);
        this.freshNumbers = new AtomicInteger(options.records());
        this.sampler = new Sampler(takenOver::contains);
    }

    /** A step of the campaign that goes on beside the faults; it waits for nothing but its own effect. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    Site open() throws IOException {
        progress.stage("start", "every program in a process of its own, relays between them; provinces " + provinces);
        return Site.start(options.dir(), provinces, MORNING_BEFORE, progress::say);
    }

    CampaignReport run(Site site) throws IOException, SQLException, InterruptedException {
        Operations operations = new Operations(site.gateway(), site.addresses().oidcUrl());
        progress.stage(
                "fill", options.records() + " records of " + places.size() + " communes, seed " + options.seed());
        Await.until(
                "sync-service to know the units",
                () -> answers(() -> operations
                        .syncStatus()
                        .path("timeline")
                        .path("lastDay")
                        .asText()
                        .equals(Reform.EVE.toString())));
        load(site);
        for (Estate estate : estates) {
            if (!estate.equals(JOINING)) {
                declare(site, operations, estate);
                takenOver.addAll(databasesOf(estate));
            }
        }
        List<Assignment> assignments = Assignment.forHalfOfEverySplit(places, reform, new Random(options.seed()));
        operations.assign(Reform.DAY, assignments);
        Crosswalk crosswalk = new Crosswalk(reform.after(), assignments);

        startSampler(site);
        lookForEchoes(site);

        progress.stage("faults", options.lasts().toSeconds() + " s, seed " + options.seed());
        startWriters(site, provinces);
        long began = System.nanoTime();
        List<Thread> beside = startEvents(site, began);
        List<CampaignReport.Line> lines = breakThings(site, began);

        progress.stage("drain", "everything runs again, nobody writes any more");
        long mended = System.nanoTime();
        site.mendAll();
        stopWriters();
        for (Thread event : beside) {
            event.join(Duration.ofMinutes(5).toMillis());
            event.interrupt();
        }
        progress.say(log.toString());
        Checker.Finding finding = drain(site, operations, crosswalk);
        double drained = seconds(System.nanoTime() - mended);
        sampler.stop();
        return report(finding, lines, drained);
    }

    private CampaignReport report(Checker.Finding finding, List<CampaignReport.Line> lines, double drained) {
        List<Check> checks = new ArrayList<>(finding.checks());
        synchronized (events) {
            checks.addAll(events);
        }
        List<String> reordered = sampler.reordered();
        checks.add(Check.of(
                "no copy ever went back",
                reordered,
                sampler.samples() + " rows looked at; " + sampler.replayed() + " while a source was taken over"));
        checks.add(Check.of("no writer met anything but a fault", log.failures(), log.writes() + " writes"));
        return new CampaignReport(
                options.seed(),
                options.lasts().toSeconds() / 60.0,
                log.writes(),
                log.toString(),
                sampler.samples(),
                finding.lost() + log.failures().size(),
                finding.doubled(),
                reordered.size(),
                handOverSeconds,
                drained,
                lines,
                checks);
    }

    private void load(Site site) throws SQLException {
        Map<String, List<DemoRecord>> born = new HashMap<>();
        IntStream.range(0, options.records())
                .mapToObj(generator::record)
                .map(record -> WriteLog.versioned(record, 1))
                .forEach(record -> born.computeIfAbsent(birthplace(record), first -> new ArrayList<>())
                        .add(record));
        for (String name : Site.databases(provinces).skip(1).toList()) {
            List<DemoRecord> records = born.getOrDefault(name, List.of());
            try (Connection connection = site.databaseOfApplication(name).connect()) {
                new RecordTable(datasetOf(name)).load(connection, records.iterator());
            }
            log.committed(
                    name,
                    records.stream()
                            .map(record -> new Writer.Write(Journal.Write.INSERTED, record))
                            .toList());
        }
    }

    private static String birthplace(DemoRecord record) {
        return record.key().substring(0, record.key().indexOf('-'));
    }

    private static Dataset datasetOf(String database) {
        return database.startsWith(Dataset.CASE_FILE.tier() + "_") ? Dataset.CASE_FILE : Dataset.PERMIT;
    }

    private static List<String> databasesOf(Estate estate) {
        return Site.databases(estate.provinces()).skip(1).toList();
    }

    /** The databases with the copies first; waits until the nation holds what was there. */
    private void declare(Site site, Operations operations, Estate estate) throws IOException, InterruptedException {
        List<String> names = databasesOf(estate).stream()
                .sorted(Comparator.comparing(Campaign::datasetOf).reversed())
                .toList();
        for (String name : names) {
            String province = name.substring(name.indexOf('_') + 1);
            persist("declaring " + name, () -> {
                try {
                    operations.declareSource(name, datasetOf(name).tier(), province, Reform.EVE, site.relayed(name));
                } catch (IOException refused) {
                    // The answer to an earlier try was lost.
                    if (!String.valueOf(refused.getMessage()).contains("answered 409")) {
                        throw refused;
                    }
                }
            });
        }
        long began = System.nanoTime();
        Map<String, Long> there = new HashMap<>();
        for (String name : names) {
            there.put(name, generatedIn(name));
        }
        Database national = site.database(Site.NATIONAL);
        Await.until("the copies of " + names + " to be full", () -> {
            try {
                for (String name : names) {
                    if (copied(national, name) < there.getOrDefault(name, 0L)) {
                        return false;
                    }
                }
                return true;
            } catch (SQLException away) {
                return false;
            }
        });
        awaitWhole(national, names);
        flowing.addAll(names);
        progress.say(names + " declared by POST /v1/sources, taken over within " + seconds(System.nanoTime() - began)
                + " s");
    }

    /** Waits until no snapshot of the sources is owed any more. */
    private static void awaitWhole(Database national, List<String> names) throws InterruptedException {
        String sources = names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(","));
        Await.until("the snapshots of " + names + " to be whole", () -> {
            try {
                return national.count("SELECT count(*) FROM sync.snapshot_wish WHERE source IN (" + sources + ")") == 0;
            } catch (SQLException away) {
                return false;
            }
        });
    }

    /** Waits until something written after the snapshots has come. */
    private void awaitPassed(Site site, List<String> names) throws InterruptedException {
        new Recovery(site.database(Site.NATIONAL), log).await(new HashSet<>(names), System.nanoTime(), TAKE_OVER);
        takenOver.addAll(names);
        progress.say(names + " taken over for good; meanwhile " + sampler.replayed()
                + " rows passed through versions again");
    }

    private static long copied(Database national, String name) throws SQLException {
        Dataset dataset = datasetOf(name);
        return national.count("SELECT count(*) FROM replica." + dataset.table() + " WHERE " + dataset.key() + " LIKE '"
                + name + "-%'");
    }

    private long generatedIn(String name) {
        return IntStream.range(0, options.records())
                .filter(number -> generator.birthplace(number).equals(name))
                .count();
    }

    /** Writers at both ends, records up and down, and nothing breaks yet: what is captured is counted. */
    private void lookForEchoes(Site site) throws SQLException, InterruptedException {
        Duration lasts = options.shortened() ? Duration.ofSeconds(15) : Duration.ofMinutes(1);
        progress.stage("echo", lasts.toSeconds() + " s of writes at both ends");
        Echo echo = Echo.begin(site, flowing.stream().sorted().toList(), log);
        List<String> declared = flowing.stream()
                .map(name -> name.substring(name.indexOf('_') + 1))
                .distinct()
                .toList();
        startWriters(site, declared);
        Thread.sleep(lasts.toMillis());
        stopWriters();
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        List<Check> found = echo.count(log);
        while (!found.stream().allMatch(Check::holds) && System.nanoTime() < until) {
            Thread.sleep(500);
            found = echo.count(log);
        }
        echo.end();
        synchronized (events) {
            events.addAll(found);
        }
        found.forEach(check -> progress.say(check.claim() + ": " + check.found()));
    }

    private void startWriters(Site site, List<String> some) {
        shifts++;
        SplittableRandom random = new SplittableRandom(options.seed() + shifts);
        Map<String, List<String>> keys = new HashMap<>();
        log.entries().forEach((key, entry) -> {
            if (!entry.deleted() && !Writer.isPoison(entry.record())) {
                keys.computeIfAbsent(entry.database(), first -> new ArrayList<>())
                        .add(key);
            }
        });
        for (String name : Site.databases(some).skip(1).toList()) {
            List<String> own =
                    keys.getOrDefault(name, List.of()).stream().sorted().toList();
            String province = name.substring(name.indexOf('_') + 1);
            for (int share = 0; share < WRITERS_A_DATABASE; share++) {
                int mine = share;
                Writer writer = new Writer(
                        new Writer.Desk(
                                name + "-" + share + "-" + shifts,
                                site.databaseOfApplication(name),
                                datasetOf(name),
                                province,
                                generator,
                                IntStream.range(0, own.size())
                                        .filter(i -> i % WRITERS_A_DATABASE == mine)
                                        .mapToObj(own::get)
                                        .toList(),
                                freshNumbers,
                                skew(province),
                                Duration.ofMillis(100)),
                        log,
                        random.split());
                Thread thread = new Thread(writer, "writer-" + name + "-" + share);
                thread.setDaemon(true);
                writers.add(writer);
                threads.add(thread);
            }
        }
        threads.forEach(Thread::start);
    }

    /** One province's clock is behind, another's ahead: its programs date their changes by it. */
    private static Duration skew(String province) {
        return switch (province) {
            case "30" -> Duration.ofMinutes(-47);
            case "22" -> Duration.ofHours(2);
            default -> Duration.ZERO;
        };
    }

    private void stopWriters() throws InterruptedException {
        writers.forEach(Writer::stop);
        for (Thread thread : threads) {
            thread.join();
        }
        writers.clear();
        threads.clear();
    }

    private void startSampler(Site site) {
        for (Dataset dataset : Dataset.values()) {
            sampler.watch(site.database(Site.NATIONAL), dataset);
            Dataset other = dataset == Dataset.CASE_FILE ? Dataset.PERMIT : Dataset.CASE_FILE;
            provinces.forEach(province -> sampler.watch(site.database(other.database(province)), dataset));
        }
        sampler.start();
    }

    /** What happens besides the faults, each at its share of the time. */
    private List<Thread> startEvents(Site site, long began) {
        return List.of(
                event(began, JOINS_AT, "a province joined under faults, complete", () -> {
                    progress.say("EVENT: province " + JOINING.heir() + " joins");
                    declare(
                            site,
                            new Operations(site.gateway(), site.addresses().oidcUrl()),
                            JOINING);
                    awaitPassed(site, databasesOf(JOINING));
                }),
                event(
                        began,
                        POISON_AT,
                        "unreadable messages were sent",
                        () -> persist("unreadable messages", () -> {
                            try {
                                Poison.send(site.addresses().kafkaBootstrap());
                            } catch (ExecutionException unsent) {
                                throw new IOException("Kafka did not take them", unsent);
                            }
                        })),
                event(began, AWAY_FROM, AWAY + " was away over the night and came back", () -> {
                    progress.say("EVENT: " + AWAY + " is cut off");
                    flowing.remove(AWAY);
                    site.relay(AWAY).cut();
                    sleepUntil(began, BACK_AT);
                    site.relay(AWAY).mend();
                    flowing.add(AWAY);
                    progress.say("EVENT: " + AWAY + " is back");
                }),
                event(began, REFORM_AT, "the reform was handed over", () -> handOver(site)));
    }

    private void handOver(Site site) throws IOException, InterruptedException {
        Instant midnight =
                Reform.DAY.atTime(LocalTime.MIDNIGHT).atZone(BusinessClock.ZONE).toInstant();
        site.setClock(midnight.minus(BEFORE_MIDNIGHT));
        progress.say("EVENT: the clock says 23:59:57");
        long nanos = System.nanoTime() + BEFORE_MIDNIGHT.toNanos();
        Operations operations = new Operations(site.gateway(), site.addresses().oidcUrl());
        Await.until(
                "the hand-over",
                () -> answers(() -> {
                    JsonNode enactment = operations.syncStatus().path("enactment");
                    return enactment.path("date").asText().equals(Reform.DAY.toString())
                            && enactment.path("state").asText().equals("done");
                }));
        handOverSeconds = seconds(System.nanoTime() - nanos);
        progress.say("EVENT: handed over " + handOverSeconds + " s after midnight");
    }

    private Thread event(long began, double share, String claim, Step step) {
        Thread thread = new Thread(
                () -> {
                    String failure = null;
                    try {
                        sleepUntil(began, share);
                        step.run();
                    } catch (IOException | RuntimeException failed) {
                        failure = String.valueOf(failed.getMessage());
                    } catch (InterruptedException interrupted) {
                        failure = "not within the time";
                    }
                    synchronized (events) {
                        events.add(new Check(claim, failure == null, failure == null ? "done" : failure, List.of()));
                    }
                },
                "event");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void sleepUntil(long began, double share) throws InterruptedException {
        long at = began + (long) (options.lasts().toNanos() * share);
        Thread.sleep(Math.max(0, (at - System.nanoTime()) / 1_000_000));
    }

    /** One fault after another, each followed by a wait until the stream flows again. */
    private List<CampaignReport.Line> breakThings(Site site, long began) throws IOException, InterruptedException {
        FaultPlan plan =
                new FaultPlan(options.seed(), Site.databases(provinces).skip(1).toList(), options.shortened());
        Injector injector = new Injector(site);
        Recovery recovery = new Recovery(site.database(Site.NATIONAL), log);
        Duration limit = options.shortened() ? Duration.ofSeconds(30) : Duration.ofSeconds(60);
        List<CampaignReport.Line> lines = new ArrayList<>();
        while (System.nanoTime() - began < options.lasts().toNanos()) {
            FaultPlan.Fault fault = plan.next();
            if (isAway(fault)) {
                continue;
            }
            progress.say(fault.toString());
            long at = System.nanoTime();
            injector.inject(fault);
            long mended = System.nanoTime();
            Recovery.Took took = recovery.await(flowing, mended, limit);
            CampaignReport.Line line = new CampaignReport.Line(
                    seconds(at - began),
                    fault.kind(),
                    fault.target(),
                    seconds(mended - at),
                    took.seconds(),
                    took.stuck());
            lines.add(line);
            progress.say("    flows again after " + took.seconds() + " s"
                    + (took.stuck().isEmpty() ? "" : ", but not " + took.stuck()));
        }
        return lines;
    }

    private boolean isAway(FaultPlan.Fault fault) {
        return fault.target().equals(AWAY) && !flowing.contains(AWAY);
    }

    /** Compares until all is equal; what is unequal at the end of the time stays so. */
    private Checker.Finding drain(Site site, Operations operations, Crosswalk crosswalk)
            throws IOException, SQLException, InterruptedException {
        long began = System.nanoTime();
        Map<String, Journal.Entry> acknowledged = log.entries();
        Duration limit = options.shortened() ? Duration.ofMinutes(3) : Duration.ofMinutes(6);
        while (true) {
            JsonNode handOver = handOverAsTold(operations);
            Checker.Finding finding = Checker.check(site, estates, crosswalk, acknowledged, handOver);
            if (finding.holds() || System.nanoTime() - began > limit.toNanos()) {
                return finding;
            }
            progress.tick(finding.lost() + " not there yet, " + finding.doubled() + " too many, "
                    + finding.checks().stream().filter(check -> !check.holds()).count() + " claims do not hold yet");
            Thread.sleep(1_000);
        }
    }

    private static JsonNode handOverAsTold(Operations operations) throws InterruptedException {
        JsonNode[] told = new JsonNode[1];
        Await.until(
                "the hand-over's books",
                () -> answers(() -> {
                    told[0] = operations.handOver(Reform.DAY);
                    return true;
                }));
        return told[0];
    }

    private static void persist(String what, Step step) throws InterruptedException {
        Await.until(
                what,
                () -> answers(() -> {
                    step.run();
                    return true;
                }));
    }

    /** While something is broken a question may fail: that is no answer. */
    private static boolean answers(Callable<Boolean> question) throws Exception {
        try {
            return question.call();
        } catch (IOException unanswered) {
            return false;
        }
    }

    private static double seconds(long nanos) {
        return Math.round(nanos / 1e8) / 10.0;
    }
}
