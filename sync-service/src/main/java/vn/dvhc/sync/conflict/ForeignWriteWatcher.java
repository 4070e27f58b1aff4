package vn.dvhc.sync.conflict;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.sync.units.UnitKnowledge;

/**
 * Looks in every database with copies for writes that its triggers caught, and has them undone. A database that is away holds up no
 * other.
 */
@Singleton
class ForeignWriteWatcher {

    private static final Logger LOG = Logger.getLogger(ForeignWriteWatcher.class);

    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final Gate gate;
    private final ConflictInbox inbox;
    private final SyncConfig config;
    private final ObjectMapper json;
    private final MultiGauge open;
    private final ExecutorService executor = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "foreign-writes");
        thread.setDaemon(true);
        return thread;
    });

    @Inject
    ForeignWriteWatcher(
            Plans plans,
            Databases databases,
            UnitKnowledge knowledge,
            Gate gate,
            ConflictInbox inbox,
            SyncConfig config,
            ObjectMapper json,
            MeterRegistry meters) {
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.gate = gate;
        this.inbox = inbox;
        this.config = config;
        this.json = json;
        this.open = MultiGauge.builder("dvhc.conflicts")
                .description("Conflicts that wait for a decision")
                .register(meters);
    }

    /** Copies of one dataset from one home. */
    private record Lot(String dataset, @Nullable String home) {}

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.start("conflicts", this::round);
    }

    void stop(@Observes ShutdownEvent event) {
        executor.shutdownNow();
    }

    private Duration round() throws InterruptedException {
        Plan plan = plans.current().orElse(null);
        if (plan != null && gate.hasOpened()) {
            look(plan);
            publish();
        }
        return config.conflicts().check();
    }

    private void look(Plan plan) throws InterruptedException {
        Homes homes = Homes.of(plan, knowledge.state().timeline());
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (Source target : plan.sources()) {
            if (!plan.copiedTo(target).isEmpty()) {
                tasks.add(() -> look(plan, homes, target));
            }
        }
        executor.invokeAll(tasks);
    }

    private boolean look(Plan plan, Homes homes, Source target) {
        try {
            for (Lot lot : databases.asOwner(
                    target,
                    connection -> Statements.query(
                            connection,
                            "SELECT DISTINCT dataset, coalesce(before ->> 'sync_home', after ->> 'sync_home')"
                                    + " FROM (SELECT * FROM sync.foreign_write ORDER BY id LIMIT 10000) w",
                            row -> new Lot(row.getString(1), row.getString(2))))) {
                plan.dataset(lot.dataset()).ifPresent(dataset -> undo(plan, homes, target, dataset, lot));
            }
        } catch (SQLException away) {
            LOG.debugf(away, "Not looked at for writes by others: database=%s", target.name());
        } catch (RuntimeException defect) {
            LOG.errorf(defect, "Writes by others can't be undone: database=%s", target.name());
        }
        return true;
    }

    private void undo(Plan plan, Homes homes, Source target, Dataset dataset, Lot lot) {
        Undoing undoing = new Undoing(
                databases,
                json,
                homes,
                target,
                dataset,
                lot.home(),
                home(plan, homes, dataset, lot.home()).orElse(null));
        int undone = 0;
        try {
            int taken = undoing.run(config.conflicts().batch());
            while (taken > 0) {
                undone += taken;
                taken = undoing.run(config.conflicts().batch());
            }
        } catch (SQLException failed) {
            LOG.warnf(
                    "Writes by others not undone yet: database=%s dataset=%s home=%s cause=%s",
                    target.name(), dataset.name(), lot.home(), failed.getSQLState());
        }
        if (undone > 0) {
            LOG.warnf(
                    "Writes by others to copies: database=%s dataset=%s home=%s rule=%s writes=%d",
                    target.name(),
                    dataset.name(),
                    lot.home(),
                    dataset.foreignWrites().label(),
                    undone);
        }
    }

    /** Where the records of a home live now. */
    static Optional<Source> home(Plan plan, Homes homes, Dataset dataset, @Nullable String name) {
        return Optional.ofNullable(name)
                .flatMap(plan::source)
                .map(source -> dataset.isRecoded() ? homes.newHome(source).orElse(source) : source)
                .filter(source -> plan.ownedBy(source).contains(dataset));
    }

    private void publish() {
        try {
            open.register(
                    inbox.openByKind().entrySet().stream()
                            .map(kind -> MultiGauge.Row.of(Tags.of("kind", kind.getKey()), kind.getValue()))
                            .toList(),
                    true);
        } catch (SQLException away) {
            LOG.debug("Open conflicts not counted", away);
        }
    }
}
