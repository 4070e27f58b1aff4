package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.benchmark.Result;
import vn.dvhc.benchmark.Samples;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.ProjectRoot;

/** The command {@code benchmarks/sync}. */
public final class SyncBenchmark {

    private static final int MANY_SOURCES = 4;
    private static final List<Integer> SIZES = List.of(1, 100, 1_000);
    private static final int LARGE = 1_000;
    private static final List<Integer> RATES = List.of(50, 200, 500);
    private static final List<Integer> SOURCE_COUNTS = List.of(1, 4, 16);
    private static final List<Long> ROW_COUNTS = List.of(10_000L, 100_000L, 1_000_000L);
    private static final List<Long> DIFFERENCES = List.of(1L, 100L, 10_000L);
    private static final int TRICKLE = 20;

    private final Options options;
    private final Progress progress;
    private final Map<String, Samples> samples = new LinkedHashMap<>();
    private final Map<String, String> targets = new LinkedHashMap<>();
    private final Map<String, Double> round = new LinkedHashMap<>();

    private SyncBenchmark(Options options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /** {@code sync [--quick] [--only PART,…] [--rounds N] [--rows N]} */
    public static void main(String[] arguments) throws Exception {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        Fleet.requireBuilt();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        SyncBenchmark benchmark = new SyncBenchmark(options, new Progress(out));
        benchmark.run(ProjectRoot.find().resolve("benchmarks/target/sync"));
        out.println();
        Result result = benchmark.result();
        result.table().forEach(out::println);
        out.println(result.json());
        // Clients of Kafka may leave threads behind that end later than the result is worth.
        System.exit(0);
    }

    private void run(Path dir) throws IOException, SQLException, InterruptedException, ExecutionException {
        int databases = options.has(Options.Part.CURVE) && !options.quick() ? 16 : MANY_SOURCES;
        try (House house = House.open(dir, databases, progress)) {
            List<Contender> contenders = List.of(
                    new Native(house),
                    new Capture(house, "capture"),
                    new JdbcSink(house, false),
                    new JdbcSink(house, true),
                    new Ours(house));
            contenders = contenders.stream().filter(options::invites).toList();
            for (int number = 1; number <= options.rounds(); number++) {
                round.clear();
                List<Contender> order = new ArrayList<>(contenders);
                Collections.rotate(order, number - 1);
                for (Contender contender : order) {
                    turn(house, contender, number == 1);
                }
                compare();
            }
            if (options.has(Options.Part.CURVE) && !options.quick()) {
                for (Contender contender : contenders) {
                    if (contender.name().equals("capture") || contender.name().equals("ours")) {
                        curve(house, contender);
                    }
                }
            }
        }
    }

    /** All that one contender does in a round. */
    private void turn(House house, Contender contender, boolean first)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        if (options.has(Options.Part.ROWS) || options.has(Options.Part.LAG)) {
            List<SourceDatabase> one = house.sources(1);
            join(house, contender, one);
            if (first) {
                new Haul(house, contender, one, Math.min(options.rows(), 100_000), LARGE).live();
                progress.say("%s is warm", contender.name());
            }
            if (options.has(Options.Part.ROWS)) {
                for (int size : options.quick() ? List.of(1, LARGE) : SIZES) {
                    haul(house, contender, one, size);
                }
            }
            if (options.has(Options.Part.LAG)) {
                for (int rate : RATES) {
                    lag(house, contender, one.get(0), rate);
                }
            }
            contender.leave();
        }
        if (options.has(Options.Part.SOURCES)) {
            List<SourceDatabase> many = house.sources(MANY_SOURCES);
            join(house, contender, many);
            haul(house, contender, many, LARGE);
            contender.leave();
        }
        if (options.has(Options.Part.RECONCILE) && contender.name().equals("ours")) {
            reconcile(house, contender);
        }
        if (options.has(Options.Part.HOT) && contender.applierPid().isPresent()) {
            hot(house, contender);
        }
    }

    private static void join(House house, Contender contender, List<SourceDatabase> sources)
            throws IOException, SQLException, InterruptedException {
        house.empty(sources, contender);
        contender.join(sources);
    }

    /** Writers beside the contender, and for large transactions a backlog too. */
    private void haul(House house, Contender contender, List<SourceDatabase> sources, int size)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        String name = contender.name() + (sources.size() == 1 ? "" : "_" + sources.size() + "_sources") + "_" + size;
        long rows = options.rowsOf(size);
        Haul.Outcome live = new Haul(house, contender, sources, rows, size).live();
        note(name + "_per_second", live.changesPerSecond());
        note(name + "_written_per_second", live.writtenPerSecond());
        progress.say("%s: %s", name, words(live));
        if (size == LARGE) {
            Haul.Outcome backlog = new Haul(house, contender, sources, rows, size).backlog();
            note(name + "_backlog_per_second", backlog.changesPerSecond());
            note(name + "_cpu_seconds", backlog.processor().sum());
            note(name + "_cpu_capture", backlog.processor().capture());
            note(name + "_cpu_applier", backlog.processor().applier());
            note(name + "_cpu_postgres", backlog.processor().postgres());
            note(name + "_mb_capture", backlog.megabytes().capture());
            note(name + "_mb_applier", backlog.megabytes().applier());
            note(name + "_mb_postgres", backlog.megabytes().postgres());
            progress.say("%s, backlog: %s", name, words(backlog));
            if (contender.applierPid().isPresent()) {
                Haul.Outcome stored = new Haul(house, contender, sources, rows, size).stored();
                note(name + "_stored_per_second", stored.changesPerSecond());
                note(name + "_stored_cpu_seconds", stored.processor().sum());
                note(name + "_stored_cpu_applier", stored.processor().applier());
                progress.say("%s, from Kafka: %s", name, words(stored));
            }
        }
    }

    private static String words(Haul.Outcome outcome) {
        return String.format(
                java.util.Locale.ROOT,
                "%,.0f changes/s (written %,.0f/s); per 100,000: capture %.1f s, applier %.1f s, PostgreSQL %.1f s;"
                        + " %.0f, %.0f, %.0f MB",
                outcome.changesPerSecond(),
                outcome.writtenPerSecond(),
                outcome.processor().capture(),
                outcome.processor().applier(),
                outcome.processor().postgres(),
                outcome.megabytes().capture(),
                outcome.megabytes().applier(),
                outcome.megabytes().postgres());
    }

    private void lag(House house, Contender contender, SourceDatabase source, int rate)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        Lag.Outcome lag = new Lag(house, contender, source, rate).run(Duration.ofSeconds(options.quick() ? 3 : 20));
        String name = contender.name() + "_at_" + rate;
        note(name + "_p50_ms", lag.p50Millis());
        note(name + "_p99_ms", lag.p99Millis());
        progress.say("%s: %s", name, lag);
    }

    /** The second source makes few changes while a backlog of the first is worked off. */
    private void hot(House house, Contender contender)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        List<SourceDatabase> two = house.sources(2);
        join(house, contender, two);
        List<SourceDatabase> busy = two.subList(0, 1);
        Hot.Outcome outcome = new Hot(house, contender, busy.get(0), two.get(1), TRICKLE).run(options.rows() / 2);
        note(contender.name() + "_beside_backlog_p50_ms", outcome.lag().p50Millis());
        note(contender.name() + "_beside_backlog_p99_ms", outcome.lag().p99Millis());
        progress.say(
                "%s: %d changes of one source in %.1f s; meanwhile the other's %s",
                contender.name(), options.rows() / 2, outcome.seconds(), outcome.lag());
        contender.leave();
    }

    private void reconcile(House house, Contender contender)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        List<SourceDatabase> one = house.sources(1);
        join(house, contender, one);
        new Haul(house, contender, one, options.rows(), LARGE).live();
        Reconcile reconcile = new Reconcile(house, one.get(0), contender.copy().orElseThrow());
        reconcile.hashBoth();
        reconcile.compare();
        double hash = reconcile.hashBoth();
        double ours = reconcile.compare();
        note("hash_both_seconds", hash);
        note("reconcile_seconds", ours);
        progress.say("%,d changes: both ends hashed in %.1f s, reconciled in %.1f s", options.rows(), hash, ours);
        for (long differences : DIFFERENCES) {
            double seconds = reconcile.repair(differences);
            note("repair_" + differences + "_seconds", seconds);
            progress.say("%,d differences found and repaired in %.1f s", differences, seconds);
        }
        contender.leave();
    }

    private void curve(House house, Contender contender)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        for (int count : SOURCE_COUNTS) {
            List<SourceDatabase> sources = house.sources(count);
            join(house, contender, sources);
            long rows = Math.min(options.rows(), 320_000);
            Haul.Outcome outcome = new Haul(house, contender, sources, rows, LARGE).live();
            sample(contender.name() + "_curve_" + count + "_sources_per_second", outcome.changesPerSecond());
            progress.say("%s, %d sources: %s", contender.name(), count, words(outcome));
            if (count == 1) {
                for (long number : ROW_COUNTS) {
                    if (number <= options.rows()) {
                        Haul.Outcome more = new Haul(house, contender, sources, number, LARGE).live();
                        sample(contender.name() + "_curve_" + number + "_rows_per_second", more.changesPerSecond());
                        progress.say("%s, %,d rows: %s", contender.name(), number, words(more));
                    }
                }
            }
            contender.leave();
        }
    }

    /** The ratios of a round: between contenders that had their turns one after the other. */
    private void compare() {
        for (int size : SIZES) {
            ratio("ours_over_capture_" + size, "ours_" + size + "_per_second", "capture_" + size + "_per_second", "");
            ratio("ours_over_sink_" + size, "ours_" + size + "_per_second", "sink_" + size + "_per_second", "");
        }
        ratio("ours_over_hash", "reconcile_seconds", "hash_both_seconds", "<= 1.5");
        compareWithSink("sink");
        compareWithSink("sink_schemas");
        ratio("ours_over_capture", "ours_1000_per_second", "capture_1000_per_second", ">= 0.8");
        ratio("ours_over_native", "ours_1000_per_second", "native_1000_per_second", "");
        ratio("ours_over_capture_backlog", "ours_1000_backlog_per_second", "capture_1000_backlog_per_second", ">= 0.8");
        ratio("ours_over_native_backlog", "ours_1000_backlog_per_second", "native_1000_backlog_per_second", "");
        ratio(
                "ours_over_capture_4_sources",
                "ours_4_sources_1000_per_second",
                "capture_4_sources_1000_per_second",
                ">= 0.8");
    }

    private void compareWithSink(String sink) {
        String many = "_" + MANY_SOURCES + "_sources";
        for (String from : List.of("", "_backlog", "_stored")) {
            ratio(
                    "ours_over_" + sink + from,
                    "ours_1000" + from + "_per_second",
                    sink + "_1000" + from + "_per_second",
                    ">= 2");
            ratio(
                    "ours_over_" + sink + many + from,
                    "ours" + many + "_1000" + from + "_per_second",
                    sink + many + "_1000" + from + "_per_second",
                    ">= 4");
        }
        for (int rate : RATES) {
            for (String percentile : List.of("p50", "p99")) {
                String at = "_at_" + rate + "_" + percentile + "_ms";
                ratio("ours_over_" + sink + "_" + percentile + "_at_" + rate, "ours" + at, sink + at, "<= 0.3");
            }
        }
    }

    private void ratio(String name, String ours, String other, String target) {
        Double mine = round.get(ours);
        Double theirs = round.get(other);
        if (mine != null && theirs != null) {
            targets.put(name, target);
            sample(name, mine / theirs);
        }
    }

    private void note(String name, double value) {
        round.put(name, value);
        sample(name, value);
    }

    private void sample(String name, double value) {
        samples.computeIfAbsent(name, n -> new Samples()).add(value);
    }

    private Result result() {
        Result result = new Result("sync");
        samples.forEach((name, values) -> {
            if (targets.containsKey(name)) {
                result.ratio(name, values, targets.getOrDefault(name, ""));
            } else {
                result.figure(name, values, target(name));
            }
        });
        return result;
    }

    private static String target(String figure) {
        if (figure.startsWith("ours_at_")) {
            return figure.endsWith("p50_ms") ? "<= 50" : "<= 250";
        }
        return "";
    }
}
