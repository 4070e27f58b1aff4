package vn.dvhc.sync.lane;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.Batch;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;

/**
 * Which lanes are closed to the stream, and what they owe. A debt is in the national database before the stream goes on without the
 * lane, so that a crash forgets none. Methods write while they hold the lock: that is rare, and the order of memory and database
 * must be the same.
 */
@Singleton
public class Lanes {

    private static final Logger LOG = Logger.getLogger(Lanes.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(20);

    private final LaneStore store;
    private final Map<Lane, Entry> closed = new HashMap<>();
    private final Map<Progress.Place, Long> positions = new HashMap<>();

    @Inject
    Lanes(LaneStore store) {
        this.store = store;
    }

    /** What is known of a closed lane. */
    private static final class Entry {
        private final Map<Progress.Place, Long> owed = new HashMap<>();
        private final Instant since = Instant.now();
        private String cause;
        private boolean held;
        private boolean running;
        private Instant nextTry = Instant.now();
        private Duration delay = FIRST_RETRY;

        Entry(String cause) {
            this.cause = cause;
        }
    }

    /**
     * A lane that the stream goes on without.
     *
     * @param held whether it waits for a hand-over; else for its database, or it is catching up
     * @param owed the first message of each place that it has not applied
     */
    public record Closed(Lane lane, boolean held, String cause, Instant since, Map<Progress.Place, Long> owed) {}

    /** Reads what was owed when the service ended. */
    public synchronized void load(Source nation) throws SQLException {
        for (LaneStore.Debt debt : store.all(nation)) {
            closed.computeIfAbsent(debt.lane(), lane -> new Entry(debt.cause()))
                    .owed
                    .put(debt.place(), debt.next());
        }
        if (!closed.isEmpty()) {
            LOG.infof("Lanes that go on where they were: %s", closed.keySet());
        }
    }

    /**
     * Begins a batch of the stream: what is closed owes its part of it from now on.
     *
     * @return the lanes that the batch leaves out
     */
    public synchronized Set<Lane> admit(Plan plan, Batch batch) throws SQLException {
        List<LaneStore.Debt> debts = new ArrayList<>();
        closed.forEach((lane, entry) -> batch.first().forEach((place, first) -> {
            if (place.isOf(plan, lane.source()) && !entry.owed.containsKey(place)) {
                debts.add(new LaneStore.Debt(lane, place, first, entry.cause));
            }
        }));
        owe(plan.nation(), debts);
        batch.next().forEach((place, next) -> positions.merge(place, next, Math::max));
        return Set.copyOf(closed.keySet());
    }

    /**
     * The stream goes on without a lane.
     *
     * @param from the first message of each place that it has not applied
     */
    public synchronized void fallBehind(Plan plan, Lane lane, Map<Progress.Place, Long> from, String cause)
            throws SQLException {
        LOG.warnf("Lane falls behind: lane=%s cause=%s", lane, cause);
        closed.putIfAbsent(lane, new Entry(cause));
        owe(
                plan.nation(),
                from.entrySet().stream()
                        .map(place -> new LaneStore.Debt(lane, place.getKey(), place.getValue(), cause))
                        .toList());
    }

    private void owe(Source nation, List<LaneStore.Debt> debts) throws SQLException {
        if (!debts.isEmpty()) {
            store.write(nation, debts);
            for (LaneStore.Debt debt : debts) {
                Entry entry = closed.get(debt.lane());
                if (entry != null) {
                    entry.owed.merge(debt.place(), debt.next(), Math::min);
                }
            }
        }
    }

    /**
     * Holds a lane back until {@link #release}.
     *
     * @param from where the stream is: what comes later is owed
     */
    public synchronized void hold(Source nation, Lane lane, Map<Progress.Place, Long> from) throws SQLException {
        String cause = "Đang bàn giao hồ sơ.";
        Entry entry = closed.computeIfAbsent(lane, key -> new Entry(cause));
        entry.held = true;
        owe(
                nation,
                from.entrySet().stream()
                        .filter(place -> !entry.owed.containsKey(place.getKey()))
                        .map(place -> new LaneStore.Debt(lane, place.getKey(), place.getValue(), cause))
                        .toList());
    }

    public synchronized boolean isClosed(Lane lane) {
        return closed.containsKey(lane);
    }

    /** What a lane owes; empty if it is open. */
    public synchronized Map<Progress.Place, Long> owed(Lane lane) {
        Entry entry = closed.get(lane);
        return entry == null ? Map.of() : Map.copyOf(entry.owed);
    }

    /** A lane that was held may catch up. */
    public synchronized void release(Lane lane) {
        Entry entry = closed.get(lane);
        if (entry != null) {
            entry.held = false;
            entry.nextTry = Instant.now();
        }
    }

    /** A lane whose turn it is to catch up, until {@link #rest}; empty if none. */
    public synchronized Optional<Lane> take(Instant now) {
        Optional<Lane> due = closed.entrySet().stream()
                .filter(entry -> !entry.getValue().held
                        && !entry.getValue().running
                        && !entry.getValue().nextTry.isAfter(now))
                .min((one, other) -> one.getValue().nextTry.compareTo(other.getValue().nextTry))
                .map(Map.Entry::getKey);
        due.map(closed::get).ifPresent(entry -> entry.running = true);
        return due;
    }

    /** Ends a turn. @param failure why it can't go on for now; null if it can */
    public synchronized void rest(Lane lane, @Nullable String failure) {
        Entry entry = closed.get(lane);
        if (entry != null) {
            entry.running = false;
            if (failure == null) {
                entry.delay = FIRST_RETRY;
                entry.nextTry = Instant.now();
            } else {
                entry.cause = failure;
                entry.nextTry = Instant.now().plus(entry.delay);
                Duration doubled = entry.delay.multipliedBy(2);
                entry.delay = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
            }
        }
    }

    /** A lane has applied up to here, or must go back to here. */
    public synchronized void moveTo(Source nation, Lane lane, Map<Progress.Place, Long> next) throws SQLException {
        Entry entry = closed.get(lane);
        if (entry != null && !next.isEmpty()) {
            store.write(
                    nation,
                    next.entrySet().stream()
                            .map(place -> new LaneStore.Debt(lane, place.getKey(), place.getValue(), entry.cause))
                            .toList());
            entry.owed.putAll(next);
        }
    }

    /**
     * Opens a lane to the stream if it has come as far.
     *
     * @param ends of the places: for those of which the stream has seen nothing since the service began
     */
    public synchronized boolean settle(Source nation, Lane lane, Map<Progress.Place, Long> ends) throws SQLException {
        Entry entry = closed.get(lane);
        if (entry == null) {
            return true;
        }
        boolean level = !entry.held
                && entry.owed.entrySet().stream()
                        .allMatch(place -> place.getValue()
                                >= Optional.ofNullable(positions.get(place.getKey()))
                                        .orElseGet(() -> ends.getOrDefault(place.getKey(), Long.MAX_VALUE)));
        if (level) {
            store.settle(nation, lane);
            closed.remove(lane);
            LOG.infof("Lane has caught up: lane=%s", lane);
        }
        return level;
    }

    /** Forgets a lane of a source or database that does not take part any more. */
    public synchronized void forget(Source nation, Lane lane) throws SQLException {
        store.settle(nation, lane);
        closed.remove(lane);
    }

    /** All closed lanes. */
    public synchronized List<Closed> closed() {
        return closed.entrySet().stream()
                .map(entry -> new Closed(
                        entry.getKey(),
                        entry.getValue().held,
                        entry.getValue().cause,
                        entry.getValue().since,
                        Map.copyOf(entry.getValue().owed)))
                .toList();
    }
}
