package vn.dvhc.sync.journal;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Tier;
import vn.dvhc.sync.units.Gate;

/** Takes lines away that are older than they are kept, a bounded number in a transaction. */
@Singleton
class JournalKeeper {

    private static final Logger LOG = Logger.getLogger(JournalKeeper.class);

    private static final int BATCH = 5_000;

    private static final String OLD_EDITS =
            "DELETE FROM sync.record_edit WHERE ctid = ANY (ARRAY(SELECT ctid FROM sync.record_edit"
                    + " WHERE committed_at < now() - make_interval(days => ?) LIMIT ?))";

    private static final String OLD_MARKS =
            "DELETE FROM sync.carrying_transaction WHERE ctid = ANY (ARRAY(SELECT ctid FROM sync.carrying_transaction"
                    // Longer than any line that it may speak of.
                    + " WHERE carried_at < now() - make_interval(days => ? + 2) LIMIT ?))";

    private final Databases databases;
    private final Plans plans;
    private final Gate gate;
    private final SyncConfig.Journal config;

    @Inject
    JournalKeeper(Databases databases, Plans plans, Gate gate, SyncConfig config) {
        this.databases = databases;
        this.plans = plans;
        this.gate = gate;
        this.config = config.journal();
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.start("journal", this::round);
    }

    private Duration round() {
        if (gate.hasOpened()) {
            plans.current().ifPresent(this::tidy);
        }
        return config.check();
    }

    private void tidy(Plan plan) {
        for (Source source : plan.sources()) {
            try {
                tidy(source, source.tier() == Tier.NATION ? OLD_EDITS : OLD_MARKS);
            } catch (SQLException | IllegalStateException away) {
                LOG.debugf("Journal not tidied now: database=%s cause=%s", source.name(), away.getMessage());
            }
        }
    }

    private void tidy(Source source, String delete) throws SQLException {
        int gone = BATCH;
        while (gone == BATCH && !Thread.currentThread().isInterrupted()) {
            gone = databases.asOwner(source, connection -> Statements.update(connection, delete, config.days(), BATCH));
        }
    }
}
