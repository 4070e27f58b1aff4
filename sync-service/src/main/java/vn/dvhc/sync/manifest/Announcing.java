package vn.dvhc.sync.manifest;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.units.Gate;

/**
 * Tells everybody of each entry of the chain, once and in its order. The chain is the outbox: what was announced last stands at the end
 * of the topic, so nothing has to be written down, and a topic that was lost is filled again from the beginning.
 */
@Singleton
class Announcing {

    private static final Logger LOG = Logger.getLogger(Announcing.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    /** Entries in one transaction. */
    private static final int AT_ONCE = 1_000;

    private final Plans plans;
    private final Databases databases;
    private final Gate gate;
    private final HandOverTopic topic;
    private boolean isMade;
    private long last;

    @Inject
    Announcing(Plans plans, Databases databases, Gate gate, HandOverTopic topic) {
        this.plans = plans;
        this.databases = databases;
        this.gate = gate;
        this.topic = topic;
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.start("handover-events", this::round);
    }

    private Duration round() {
        Plan plan = plans.current().orElse(null);
        boolean well = plan == null || !gate.hasOpened() || attempt(plan);
        return well ? EVERY : AFTER_FAILURE;
    }

    private boolean attempt(Plan plan) {
        try {
            if (!isMade) {
                topic.make();
                isMade = true;
            }
            if (databases.asOwner(plan.nation(), this::isBehind)) {
                databases.runAsOwner(plan.nation(), this::announce);
            }
            return true;
        } catch (SQLException | KafkaException away) {
            LOG.warnf("Hand-overs to be announced later: cause=%s", away.getMessage());
        } catch (RuntimeException defect) {
            LOG.error("Hand-overs can't be announced", defect);
        }
        return false;
    }

    private boolean isBehind(Connection connection) throws SQLException {
        return !entries(connection, last, 1).isEmpty();
    }

    /** One replica at a time; the lock ends with the transaction. */
    private void announce(Connection connection) throws SQLException {
        if (!isAlone(connection)) {
            return;
        }
        Optional<HandOverTopic.Head> head = topic.takeOver();
        head.ifPresent(told -> last = told.sequence());
        if (head.isEmpty()) {
            last = 0;
        } else if (!isOfThisChain(connection, head.get())) {
            throw new IllegalStateException("The chain has not the entry that was announced last: place="
                    + head.get().sequence() + " hash=" + head.get().hash());
        }
        List<Chain.Entry> more = entries(connection, last, AT_ONCE);
        while (!more.isEmpty()) {
            topic.publish(more.stream().map(Announcement::of).toList());
            last = more.get(more.size() - 1).place();
            more = entries(connection, last, AT_ONCE);
        }
        LOG.infof("Hand-overs announced: sequence=%d", last);
    }

    private static boolean isAlone(Connection connection) throws SQLException {
        return Statements.query(
                        connection,
                        "SELECT pg_try_advisory_xact_lock(hashtextextended('dvhc.sync.announcing', 0))",
                        row -> row.getBoolean(1))
                .get(0);
    }

    private static boolean isOfThisChain(Connection connection, HandOverTopic.Head head) throws SQLException {
        return Statements.query(connection, Chain.read("WHERE place = ?"), Chain::entry, head.sequence()).stream()
                .anyMatch(entry -> entry.hash().equals(head.hash()));
    }

    private static List<Chain.Entry> entries(Connection connection, long after, int limit) throws SQLException {
        return Statements.query(
                connection, Chain.read("WHERE place > ? ORDER BY place LIMIT ?"), Chain::entry, after, limit);
    }
}
