package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import vn.dvhc.local.Account;

/**
 * How long a row takes from its commit to being seen in the copy, while changes come at a fixed rate, each in a transaction of its
 * own, whether or not earlier ones have arrived. Nine of ten are rows; the tenth changes an earlier one and is not timed.
 */
final class Lag {

    /** One row; binds its key and its commune. */
    static final String INSERT =
            "INSERT INTO public.case_file (case_number, unit_code, unit_vintage, hamlet, procedure,"
                    + " status, steps) VALUES (?, ?, '" + Units.VINTAGE
                    + "', 'Thôn 3', 'Đăng ký khai sinh', 'đang giải quyết',"
                    + " repeat('tiếp nhận hồ sơ; ', 10))";

    private static final int SESSIONS = 4;
    private static final int LOOK_FOR = 200;
    private static final long LOOK_NANOS = 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static int runs;

    private final House house;
    private final Contender contender;
    private final SourceDatabase source;
    private final int rate;
    private final String prefix;
    private final Map<String, Long> committed = new ConcurrentHashMap<>();
    private final Map<String, Long> seen = new HashMap<>();
    private final Queue<String> written = new ConcurrentLinkedQueue<>();

    /** @param rate changes a second */
    Lag(House house, Contender contender, SourceDatabase source, int rate) {
        this.house = house;
        this.contender = contender;
        this.source = source;
        this.rate = rate;
        this.prefix = source.keyPrefix("l" + ++runs);
    }

    /**
     * @param p50Millis half of the rows were seen sooner
     * @param rate changes a second that were really made
     */
    record Outcome(double p50Millis, double p99Millis, double maxMillis, double rate, int rows) {}

    /** Whether the writers go on. */
    @FunctionalInterface
    interface Goal {
        boolean isOpen() throws SQLException;
    }

    Outcome run(Duration time) throws IOException, SQLException, InterruptedException, ExecutionException {
        long end = System.nanoTime() + time.toNanos();
        return run(() -> System.nanoTime() < end);
    }

    /** The first fifth of the rows warms everything up and does not count. */
    Outcome run(Goal goal) throws IOException, SQLException, InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(SESSIONS);
        try (Sightings sightings = sightings()) {
            long begun = System.nanoTime();
            List<Future<Long>> sessions = new ArrayList<>();
            for (int session = 0; session < SESSIONS; session++) {
                int first = session;
                sessions.add(executor.submit(() -> write(begun, first, goal)));
            }
            long rows = look(sightings, sessions);
            double seconds = (System.nanoTime() - begun) / 1e9;
            return outcome(rows / seconds);
        } finally {
            executor.shutdownNow();
        }
    }

    /** In the copy; of what has none, in Kafka. */
    private Sightings sightings() throws SQLException {
        Optional<Contender.Copy> copy = contender.copy();
        return copy.isPresent()
                ? new TableArrival(
                        house.connect(copy.get().database(), Account.POSTGRES),
                        copy.get().table())
                : new TopicSightings(house.kafka(), contender.topics());
    }

    private long write(long begun, int first, Goal goal) throws SQLException {
        long changes = 0;
        try (Connection connection = house.connect(source.name(), Account.APP);
                PreparedStatement insert = connection.prepareStatement(INSERT);
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE public.case_file SET status = 'đã trả kết quả' WHERE case_number = ?")) {
            for (long number = first; goal.isOpen(); number += SESSIONS) {
                awaitTime(begun + number * 1_000_000_000L / rate);
                String key = prefix + String.format("%08d", number);
                if (number % 10 == 9) {
                    update.setString(1, prefix + String.format("%08d", Math.max(0, number - 2 * SESSIONS)));
                    update.executeUpdate();
                } else {
                    insert.setString(1, key);
                    insert.setString(2, source.communes().get((int)
                            (number % source.communes().size())));
                    written.add(key);
                    insert.executeUpdate();
                    committed.put(key, System.nanoTime());
                }
                changes++;
            }
        }
        return changes;
    }

    private static void awaitTime(long nanos) {
        while (System.nanoTime() < nanos) {
            LockSupport.parkNanos(nanos - System.nanoTime());
        }
    }

    /** Looks for the oldest rows that were not seen yet, over and over. */
    private long look(Sightings copy, List<Future<Long>> sessions)
            throws SQLException, InterruptedException, ExecutionException {
        List<String> pending = new ArrayList<>();
        long deadline = Long.MAX_VALUE;
        while (true) {
            boolean writing = sessions.stream().anyMatch(session -> !session.isDone());
            if (!writing && deadline == Long.MAX_VALUE) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            for (String key = written.poll(); key != null; key = written.poll()) {
                pending.add(key);
            }
            List<String> oldest = pending.subList(0, Math.min(pending.size(), LOOK_FOR));
            if (!oldest.isEmpty()) {
                var found = copy.found(oldest);
                long now = System.nanoTime();
                found.forEach(key -> seen.put(key, now));
                oldest.removeIf(found::contains);
            } else if (!writing) {
                break;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(pending.size() + " rows never arrived");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        long changes = 0;
        for (Future<Long> session : sessions) {
            changes += session.get();
        }
        return changes;
    }

    private Outcome outcome(double achieved) {
        List<Map.Entry<String, Long>> inOrder = new ArrayList<>(seen.entrySet());
        inOrder.sort(Map.Entry.comparingByKey());
        List<Double> millis = new ArrayList<>();
        for (Map.Entry<String, Long> row : inOrder.subList(inOrder.size() / 5, inOrder.size())) {
            Long at = committed.get(row.getKey());
            millis.add(at == null ? 0 : Math.max(0, (row.getValue() - at) / 1e6));
        }
        Collections.sort(millis);
        return new Outcome(
                percentile(millis, 0.5), percentile(millis, 0.99), percentile(millis, 1), achieved, millis.size());
    }

    private static double percentile(List<Double> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
