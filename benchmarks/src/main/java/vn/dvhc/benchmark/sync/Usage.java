package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What processes have used, from {@code /proc}: processor time, and the most memory while it was watched. */
final class Usage implements AutoCloseable {

    private static final double TICKS_A_SECOND = 100;

    private final long capture;
    private final OptionalLong applier;
    private final long postgres;
    private final Spent before;
    private final Thread watcher;
    private volatile double captureMegabytes;
    private volatile double applierMegabytes;
    private volatile double postgresMegabytes;

    /**
     * Processor seconds, and megabytes at their most.
     *
     * @param capture the JVM of Kafka and Kafka Connect
     * @param applier the JVM that writes the copy; 0 if there is none
     * @param postgres all of PostgreSQL's processes; memory without what they share
     */
    record Spent(double capture, double applier, double postgres) {
        double sum() {
            return capture + applier + postgres;
        }

        private Spent minus(Spent other) {
            return new Spent(capture - other.capture, applier - other.applier, postgres - other.postgres);
        }

        Spent times(double factor) {
            return new Spent(capture * factor, applier * factor, postgres * factor);
        }
    }

    private Usage(long capture, OptionalLong applier, long postgres) throws IOException {
        this.capture = capture;
        this.applier = applier;
        this.postgres = postgres;
        this.before = seconds();
        this.watcher = new Thread(this::watch, "usage");
        watcher.setDaemon(true);
        watcher.start();
    }

    static Usage watch(House house, Contender contender) throws IOException {
        return new Usage(house.platformPid(), contender.applierPid(), house.postgresPid());
    }

    /** Since the watch began. */
    Spent processorSeconds() throws IOException {
        return seconds().minus(before);
    }

    Spent peakMegabytes() {
        return new Spent(captureMegabytes, applierMegabytes, postgresMegabytes);
    }

    private Spent seconds() throws IOException {
        double database = ticks(postgres, true);
        for (long child : children(postgres)) {
            database += ticks(child, false);
        }
        return new Spent(
                ticks(capture, false) / TICKS_A_SECOND,
                applier.isPresent() ? ticks(applier.getAsLong(), false) / TICKS_A_SECOND : 0,
                database / TICKS_A_SECOND);
    }

    private void watch() {
        try {
            while (true) {
                captureMegabytes = Math.max(captureMegabytes, megabytes(capture, "VmRSS:"));
                if (applier.isPresent()) {
                    applierMegabytes = Math.max(applierMegabytes, megabytes(applier.getAsLong(), "VmRSS:"));
                }
                double database = 0;
                for (long child : children(postgres)) {
                    database += megabytes(child, "RssAnon:");
                }
                postgresMegabytes = Math.max(postgresMegabytes, database);
                Thread.sleep(500);
            }
        } catch (IOException ended) {
            throw new IllegalStateException(ended);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** User and system time; of those that ended too, if they were waited for. */
    private static double ticks(long pid, boolean withEnded) throws IOException {
        List<String> fields = fields(pid);
        if (fields.isEmpty()) {
            return 0;
        }
        double own = Double.parseDouble(fields.get(11)) + Double.parseDouble(fields.get(12));
        return withEnded ? own + Double.parseDouble(fields.get(13)) + Double.parseDouble(fields.get(14)) : own;
    }

    /** What follows the name, which may hold blanks; empty if the process is gone. */
    private static List<String> fields(long pid) throws IOException {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (NoSuchFileException gone) {
            return List.of();
        } catch (IOException gone) {
            if (String.valueOf(gone.getMessage()).contains("No such process")) {
                return List.of();
            }
            throw gone;
        }
    }

    private static List<Long> children(long parent) throws IOException {
        Map<Long, Long> parents = new HashMap<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : (Iterable<Path>) processes::iterator) {
                String name = process.getFileName().toString();
                if (name.chars().allMatch(Character::isDigit)) {
                    List<String> fields = fields(Long.parseLong(name));
                    if (!fields.isEmpty()) {
                        parents.put(Long.parseLong(name), Long.parseLong(fields.get(1)));
                    }
                }
            }
        }
        List<Long> children = new ArrayList<>();
        parents.forEach((process, above) -> {
            if (above == parent) {
                children.add(process);
            }
        });
        return children;
    }

    private static double megabytes(long pid, String field) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (java.io.UncheckedIOException gone) {
            return 0;
        }
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
