package vn.dvhc.benchmark.handover;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.benchmark.Result;
import vn.dvhc.benchmark.Samples;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.ProjectRoot;

/** The command {@code benchmarks/handover}. */
public final class HandOverBenchmark {

    private static final String USAGE = "usage: benchmarks/handover [--quick] [--rounds N] [--records N]";
    private static final int MANY = 5;

    private final Progress progress;
    private final Samples update = new Samples();
    private final Samples ours = new Samples();
    private final Samples ratio = new Samples();
    private final Samples stop = new Samples();
    private final Samples megabytes = new Samples();
    private final Samples linear = new Samples();
    private final Samples megabytesOfMany = new Samples();

    private HandOverBenchmark(Progress progress) {
        this.progress = progress;
    }

    /** {@code handover [--quick] [--rounds N] [--records N]} */
    public static void main(String[] arguments) throws Exception {
        boolean quick = false;
        int rounds = 0;
        long records = 0;
        try {
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--quick" -> quick = true;
                    case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                    case "--records" -> records = Long.parseLong(arguments[++i]);
                    default -> throw new IllegalArgumentException(arguments[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Fleet.requireBuilt();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        HandOverBenchmark benchmark = new HandOverBenchmark(new Progress(out));
        Path dir = ProjectRoot.find().resolve("benchmarks/target/handover");
        long each = records > 0 ? records : quick ? 100_000 : 1_000_000;
        double perRecord = 0;
        for (int round = 0; round < (rounds > 0 ? rounds : quick ? 1 : 3); round++) {
            perRecord = benchmark.round(dir, each) / each;
        }
        if (!quick) {
            benchmark.many(dir, each * MANY, perRecord);
        }
        out.println();
        Result result = benchmark.result();
        result.table().forEach(out::println);
        out.println(result.json());
        // Clients of Kafka may leave threads behind that end later than the result is worth.
        System.exit(0);
    }

    private double round(Path dir, long records) throws IOException, SQLException, InterruptedException {
        try (House house = House.open(dir, records, progress)) {
            double bare = house.updateBare();
            progress.say("one bare UPDATE … FROM crosswalk: %.1f s", bare);
            double seconds = handOver(house, records, megabytes);
            if (!house.isEqual()) {
                throw new IllegalStateException("The two ways made different records");
            }
            update.add(bare);
            ours.add(seconds);
            ratio.add(seconds / bare);
            return seconds;
        }
    }

    private void many(Path dir, long records, double perRecord) throws IOException, SQLException, InterruptedException {
        try (House house = House.open(dir, records, progress)) {
            linear.add(handOver(house, records, megabytesOfMany) / records / perRecord);
        }
    }

    private double handOver(House house, long records, Samples memory)
            throws IOException, SQLException, InterruptedException {
        double seconds;
        try (Reader reader = new Reader(house, records)) {
            seconds = house.handOver();
            stop.add(reader.longestMillis());
            progress.say(
                    "handed over in %.1f s (%s); longest of %,d look-ups meanwhile %.0f ms",
                    seconds, house.outcomes(), reader.reads(), reader.longestMillis());
        }
        memory.add(peakMegabytes(house.syncPid()));
        return seconds;
    }

    private static double peakMegabytes(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Result result() {
        Result result = new Result("handover")
                .figure("update_seconds", update, "")
                .figure("handover_seconds", ours, "")
                .figure("longest_look_up_ms", stop, "<= 100")
                .figure("peak_mb", megabytes, "")
                .ratio("ours_over_update", ratio, "<= 2");
        if (!linear.values().isEmpty()) {
            result.figure("peak_mb_5_times", megabytesOfMany, "")
                    .ratio("seconds_a_record_5_times_over_once", linear, "<= 1.2");
        }
        return result;
    }
}
