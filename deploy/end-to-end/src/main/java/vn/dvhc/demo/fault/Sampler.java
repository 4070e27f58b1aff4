package vn.dvhc.demo.fault;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.store.Row;

/**
 * Looks at the copies without pause: no record may ever go back to a version older than one seen before, or come back after
 * it had ended. What moved to another home in between is another owner's record and begins anew. While a source is being taken over
 * going back is only counted: a row of a snapshot may be newer than the stream, which then passes through the versions before it.
 */
final class Sampler implements Runnable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(700);

    /** A copy's time of writing is taken before it can be seen: looks overlap by more than a transaction takes. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private record Seen(long version, boolean ended, String home) {}

    private record Copy(Database database, Dataset dataset) {}

    private final List<Copy> copies = new ArrayList<>();
    private final Map<Copy, Map<String, Seen>> seen = new HashMap<>();
    private final Map<Copy, Instant> until = new HashMap<>();
    private final Queue<String> reordered = new ConcurrentLinkedQueue<>();
    private final AtomicLong replayed = new AtomicLong();
    private final Predicate<String> takenOver;
    private final AtomicLong samples = new AtomicLong();
    private final Thread thread = new Thread(this, "sampler");
    private volatile boolean stopped;

    /** @param takenOver whether a source's rows are all there and its stream has passed the snapshot */
    Sampler(Predicate<String> takenOver) {
        this.takenOver = takenOver;
        thread.setDaemon(true);
    }

    /** Before the start. */
    Sampler watch(Database database, Dataset dataset) {
        copies.add(new Copy(database, dataset));
        return this;
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    /** Each time that a record went back, in words. */
    List<String> reordered() {
        return List.copyOf(reordered);
    }

    /** How often a record of a source went back while it was being taken over. */
    long replayed() {
        return replayed.get();
    }

    /** Rows that were looked at. */
    long samples() {
        return samples.get();
    }

    @Override
    public void run() {
        while (!stopped) {
            for (Copy copy : copies) {
                try {
                    look(copy);
                } catch (SQLException away) {
                    // A database that is away shows nothing; it is looked at again.
                }
            }
            try {
                Thread.sleep(LOOK_EVERY.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void look(Copy copy) throws SQLException {
        if (copy.database()
                        .count("SELECT count(to_regclass('replica."
                                + copy.dataset().table() + "'))")
                == 0) {
            return;
        }
        Instant since = until.getOrDefault(copy, Instant.EPOCH).minus(OVERLAP);
        Map<String, Seen> known = seen.computeIfAbsent(copy, first -> new HashMap<>());
        copy.database()
                .forEach(
                        "SELECT " + copy.dataset().key() + ", " + copy.dataset().status()
                                + ", sync_home, (ended_at IS NOT NULL)::text, sync_applied_at FROM replica."
                                + copy.dataset().table() + " WHERE sync_applied_at > '" + since + "'",
                        row -> compare(copy, known, row));
    }

    private void compare(Copy copy, Map<String, Seen> known, Row row) {
        samples.incrementAndGet();
        String key = row.text(1);
        Seen now = new Seen(WriteLog.version(row.text(2)), row.text(4).equals("true"), row.text(3));
        Seen before = known.put(key, now);
        until.merge(copy, row.instant(5), (one, other) -> one.isAfter(other) ? one : other);
        if (before == null || !before.home().equals(now.home())) {
            return;
        }
        boolean back = now.version() < before.version() || (before.ended() && !now.ended());
        if (back && !takenOver.test(now.home())) {
            replayed.incrementAndGet();
        } else if (now.version() < before.version()) {
            reordered.add(copy.database() + ": " + key + " went from version " + before.version() + " back to "
                    + now.version());
        } else if (before.ended() && !now.ended()) {
            reordered.add(copy.database() + ": " + key + " had ended and came back");
        }
    }
}
