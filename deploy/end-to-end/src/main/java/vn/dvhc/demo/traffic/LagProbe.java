package vn.dvhc.demo.traffic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.DemoRecord;
import vn.dvhc.demo.store.Database;

/**
 * How long a clerk's write takes to be in the national copy, by the databases' own times: from the time of change that the
 * write set to the time at which the copy took it. A write that was overwritten before it was seen is left out.
 */
public final class LagProbe implements Runnable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(150);
    private static final int KEYS_A_LOOK = 500;

    private final Database national;
    private final Journal journal;
    private final Map<Dataset, Map<String, Instant>> awaited = new EnumMap<>(Dataset.class);
    private final ConcurrentHistogram micros = new ConcurrentHistogram(3);
    private final Thread thread = new Thread(this, "lag-probe");
    private volatile boolean stopped;
    private volatile long awaiting;
    private volatile @Nullable String failure;

    public LagProbe(Database national, Journal journal) {
        this.national = national;
        this.journal = journal;
        for (Dataset dataset : Dataset.values()) {
            awaited.put(dataset, new LinkedHashMap<>());
        }
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Looks a last time and ends. */
    public void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    @Override
    public void run() {
        try (Connection connection = national.connect()) {
            boolean last = false;
            while (!last) {
                last = stopped;
                for (DemoRecord written : journal.takeUnseen()) {
                    waitFor(written);
                }
                for (Dataset dataset : Dataset.values()) {
                    look(connection, dataset);
                }
                awaiting = awaited.values().stream().mapToLong(Map::size).sum();
                if (!last) {
                    Thread.sleep(LOOK_EVERY.toMillis());
                }
            }
        } catch (SQLException unreadable) {
            failure = "lag probe: " + unreadable.getMessage();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes that were not in the national copy at the last look. */
    public long awaiting() {
        return awaiting + journal.unseen();
    }

    /** In microseconds. */
    public Histogram lag() {
        return micros;
    }

    public @Nullable String failure() {
        return failure;
    }

    /** What names an unknown unit never arrives. */
    private void waitFor(DemoRecord written) {
        if (written.unit().code().value().equals(Clerk.UNKNOWN_CODE)) {
            return;
        }
        awaited.getOrDefault(written.dataset(), new LinkedHashMap<>()).put(written.key(), written.updatedAt());
    }

    /** Asks for a bounded share of the keys; those that are not there yet go to the end of the line. */
    private void look(Connection connection, Dataset dataset) throws SQLException {
        Map<String, Instant> keys = awaited.getOrDefault(dataset, new LinkedHashMap<>());
        if (keys.isEmpty()) {
            return;
        }
        Map<String, Instant> asked = new HashMap<>();
        Iterator<Map.Entry<String, Instant>> line = keys.entrySet().iterator();
        while (line.hasNext() && asked.size() < KEYS_A_LOOK) {
            Map.Entry<String, Instant> first = line.next();
            asked.put(first.getKey(), first.getValue());
            line.remove();
        }
        String query = "SELECT " + dataset.key() + ", " + dataset.updatedAt() + ", sync_applied_at FROM replica."
                + dataset.table() + " WHERE " + dataset.key() + " = ANY(?)";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(
                    1, connection.createArrayOf("text", asked.keySet().toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    seen(
                            asked,
                            rows.getString(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant(),
                            rows.getObject(3, OffsetDateTime.class).toInstant());
                }
            }
        }
        keys.putAll(asked);
    }

    private void seen(Map<String, Instant> keys, String key, Instant updatedAt, Instant appliedAt) {
        Instant expected = keys.get(key);
        if (expected == null || updatedAt.isBefore(expected)) {
            return;
        }
        if (updatedAt.equals(expected)) {
            micros.recordValue(
                    Math.max(0, Duration.between(updatedAt, appliedAt).toNanos() / 1_000));
        }
        keys.remove(key);
    }
}
