package vn.dvhc.sync.reconcile;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.connector.SlotNudge;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.status.TopicEnds;

/**
 * Waits until the stream has brought a copy all that its owner had committed up to a position: captured, in Kafka, applied, and
 * no hand-over on its way. Until then a difference proves nothing. Every wait is bounded.
 */
@Singleton
class Passage {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final TopicEnds ends;
    private final Databases databases;
    private final SlotNudge nudge;
    private final SyncConfig config;

    @Inject
    Passage(TopicEnds ends, Databases databases, SlotNudge nudge, SyncConfig config) {
        this.ends = ends;
        this.databases = databases;
        this.nudge = nudge;
        this.config = config;
    }

    /** Something to wait for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws SQLException;
    }

    /**
     * @param position in the owner's log
     * @param patiently whether to wait for it, rather than to look once
     * @return whether it has passed, rather than that the wait is over
     */
    boolean isPassed(
            Run run, Plan plan, Source home, Dataset dataset, End owner, End copy, long position, boolean patiently)
            throws SQLException, InterruptedException {
        long deadline = patiently ? deadline() : System.nanoTime();
        if (!isCaptured(home, owner, position)) {
            nudge.write(plan, home);
        }
        return until(run, deadline, () -> isCaptured(home, owner, position))
                && until(run, deadline, () -> isNoHandOverRunning(plan))
                && until(run, deadline, reaches(copy, ends(home, dataset)));
    }

    /** Waits until a copy has applied messages. */
    boolean isApplied(Run run, End copy, Map<Progress.Place, Long> next) throws SQLException, InterruptedException {
        return until(run, deadline(), reaches(copy, next));
    }

    private long deadline() {
        return System.nanoTime() + config.reconcile().streamWait().toNanos();
    }

    private boolean until(Run run, long deadline, Condition condition) throws SQLException, InterruptedException {
        while (!condition.holds()) {
            run.goOn();
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
        return true;
    }

    /** Without a slot nothing is on its way. */
    private static boolean isCaptured(Source home, End owner, long position) throws SQLException {
        return owner
                .ask(
                        "SELECT coalesce((confirmed_flush_lsn - '0/0'::pg_lsn)::bigint, 0) FROM pg_replication_slots"
                                + " WHERE slot_name = ? AND database = current_database()",
                        row -> row.getLong(1),
                        home.slot())
                .stream()
                .allMatch(confirmed -> confirmed >= position);
    }

    private boolean isNoHandOverRunning(Plan plan) throws SQLException {
        return databases
                .asOwner(
                        plan.nation(),
                        connection -> Statements.query(
                                connection,
                                "SELECT 1 FROM sync.enactment WHERE state = 'running'",
                                row -> row.getInt(1)))
                .isEmpty();
    }

    private Map<Progress.Place, Long> ends(Source home, Dataset dataset) throws InterruptedException {
        try {
            return ends.matching(Pattern.compile(Pattern.quote(topic(home, dataset))));
        } catch (ExecutionException failed) {
            throw new IllegalStateException("Kafka does not say how far its topics reach", failed);
        }
    }

    static String topic(Source home, Dataset dataset) {
        return home.topicPrefix() + "." + dataset.table();
    }

    private static Condition reaches(End copy, Map<Progress.Place, Long> wanted) {
        return () -> {
            Map<Progress.Place, Long> reached = new HashMap<>();
            copy.ask(
                            "SELECT topic, partition, next_offset FROM sync.progress WHERE topic = ANY (?::text[])",
                            row -> Map.entry(new Progress.Place(row.getString(1), row.getInt(2)), row.getLong(3)),
                            List.copyOf(wanted.keySet().stream()
                                    .map(Progress.Place::topic)
                                    .distinct()
                                    .toList()))
                    .forEach(place -> reached.put(place.getKey(), place.getValue()));
            return wanted.entrySet().stream()
                    .allMatch(place -> reached.getOrDefault(place.getKey(), 0L) >= place.getValue());
        };
    }
}
