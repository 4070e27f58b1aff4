package vn.dvhc.sync.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;

/**
 * Runs reconciliations one after the other: what was asked for first, and a whole one when it is due. One replica at a time, by a lock
 * in the national database that ends with its session; a run that nobody holds any more has failed.
 */
@Singleton
class Reconciler {

    private static final Logger LOG = Logger.getLogger(Reconciler.class);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration TELL_PROGRESS = Duration.ofMillis(500);
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended('dvhc.sync.reconcile', 0))";

    private final SyncConfig config;
    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final BusinessClock clock;
    private final Gate gate;
    private final Passage passage;
    private final Reemission reemission;
    private final ReconciliationStore store;
    private final Divergence divergence;
    private final ObjectMapper json;
    private final Semaphore asked = new Semaphore(0);
    private final Instant startedAt = Instant.now();
    private @Nullable Thread thread;
    private @Nullable String problem;

    @Inject
    Reconciler(
            SyncConfig config,
            Plans plans,
            Databases databases,
            UnitKnowledge knowledge,
            BusinessClock clock,
            Gate gate,
            Passage passage,
            Reemission reemission,
            ReconciliationStore store,
            Divergence divergence,
            ObjectMapper json) {
        this.config = config;
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.clock = clock;
        this.gate = gate;
        this.passage = passage;
        this.reemission = reemission;
        this.store = store;
        this.divergence = divergence;
        this.json = json;
    }

    void start(@Observes StartupEvent event) {
        Thread reconciler = new Thread(this::serve, "reconcile");
        reconciler.setDaemon(true);
        reconciler.start();
        thread = reconciler;
    }

    void stop(@Observes ShutdownEvent event) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Looks at once whether there is something to do. */
    void wake() {
        asked.release();
    }

    private void serve() {
        try {
            while (true) {
                if (asked.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    asked.drainPermits();
                }
                Plan plan = plans.current().orElse(null);
                if (plan != null && gate.hasOpened()) {
                    attempt(plan);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Plan plan) throws InterruptedException {
        try {
            divergence.refresh(plan);
            if (store.nextQueued().isPresent() || isDue()) {
                serveHoldingTheLock(plan);
                divergence.refresh(plan);
            }
            problem = null;
        } catch (SQLException | RuntimeException failed) {
            String cause = String.valueOf(failed.getMessage());
            if (!cause.equals(problem)) {
                LOG.warnf("Reconciliation not served: cause=%s", cause);
            }
            problem = cause;
        }
    }

    private boolean isDue() throws SQLException {
        Duration every = config.reconcile().every();
        return !every.isZero()
                && store.lastScheduled().orElse(startedAt).plus(every).isBefore(Instant.now());
    }

    private void serveHoldingTheLock(Plan plan) throws SQLException, InterruptedException {
        try (Connection lock = databases.look(plan.nation())) {
            if (!Statements.query(lock, LOCK, row -> row.getBoolean(1)).get(0)) {
                return;
            }
            if (isDue()) {
                store.ask(Scope.everything(config.reconcile().repair()), true, "schedule");
            }
            Optional<ReconciliationStore.Kept> next = store.nextQueued();
            while (next.isPresent()) {
                run(plans.current().orElse(plan), next.get(), lock);
                next = store.nextQueued();
            }
        }
    }

    private void run(Plan plan, ReconciliationStore.Kept kept, Connection lock)
            throws SQLException, InterruptedException {
        Run run = new Run(kept.id(), kept.scope(), config.reconcile().listed());
        store.begin(run.id());
        LOG.infof("Reconciliation begins: run=%d scope=%s", run.id(), run.scope());
        String state = "failed";
        Thread watch = watch(run, lock);
        try {
            compareAll(plan, run);
            state = run.isStopped() ? "cancelled" : "done";
        } catch (CancellationException cancelled) {
            state = "cancelled";
        } catch (SQLException | RuntimeException failed) {
            LOG.errorf(failed, "Reconciliation failed: run=%d", run.id());
        } finally {
            watch.interrupt();
            watch.join();
            store.end(run, state, config.reconcile().keep());
        }
        LOG.infof("Reconciliation over: run=%d state=%s rows=%d", run.id(), state, run.rowsRead());
    }

    /** Tells how far the run is, and stops it if somebody wants that or the lock is lost. */
    private Thread watch(Run run, Connection lock) {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (true) {
                            Thread.sleep(TELL_PROGRESS.toMillis());
                            if (store.progress(run) || !lock.isValid(5)) {
                                run.stop();
                            }
                        }
                    } catch (InterruptedException over) {
                        Thread.currentThread().interrupt();
                    } catch (SQLException away) {
                        LOG.warnf("Reconciliation stopped: run=%d cause=%s", run.id(), away.getMessage());
                        run.stop();
                    }
                },
                "reconcile-watch");
        watch.setDaemon(true);
        watch.start();
        return watch;
    }

    private void compareAll(Plan plan, Run run) throws SQLException, InterruptedException {
        UnitKnowledge.State state = knowledge.state();
        Homes homes = Homes.of(plan, state.timeline());
        Comparison.House house = new Comparison.House(
                plan,
                databases,
                config.reconcile(),
                new PairCheck.Tools(
                        passage, reemission, json, config.reconcile().oldTransactions()),
                store);
        List<Callable<Boolean>> comparisons = new ArrayList<>();
        for (Dataset dataset : plan.datasets()) {
            if (!run.scope().holdsDataset(dataset.name())) {
                continue;
            }
            PresentUnits units = new PresentUnits(dataset, state, clock.today());
            homesByCopy(plan, homes, run.scope(), dataset)
                    .forEach((copy, owners) -> comparisons.add(() -> {
                        new Comparison(run, house, dataset, copy, units, owners).run();
                        return true;
                    }));
        }
        runAll(comparisons);
    }

    /** Which copies there are of a dataset, and of which homes; each home with the former homes that it has taken over. */
    private static Map<Source, Map<Source, List<String>>> homesByCopy(
            Plan plan, Homes homes, Scope scope, Dataset dataset) {
        Map<Source, Map<Source, List<String>>> byCopy = new LinkedHashMap<>();
        for (Source home : plan.sources()) {
            boolean isHome = plan.ownedBy(home).contains(dataset)
                    && (!dataset.isRecoded()
                            || homes.newHome(home)
                                    .filter(other -> plan.ownedBy(other).contains(dataset))
                                    .isEmpty());
            if (!isHome || !scope.holdsSource(home.name())) {
                continue;
            }
            List<String> formerHomes = dataset.isRecoded() ? homes.formerHomes(home) : List.of();
            for (Source copy : plan.copiesOf(home, dataset)) {
                if (scope.holdsCopy(copy.name())) {
                    byCopy.computeIfAbsent(copy, target -> new LinkedHashMap<>())
                            .put(home, formerHomes);
                }
            }
        }
        return byCopy;
    }

    private void runAll(List<Callable<Boolean>> comparisons) throws SQLException, InterruptedException {
        ExecutorService executor =
                Executors.newFixedThreadPool(config.reconcile().parallel(), task -> new Thread(task, "reconcile-copy"));
        try {
            for (Future<Boolean> comparison : executor.invokeAll(comparisons)) {
                try {
                    comparison.get();
                } catch (ExecutionException failed) {
                    throw cause(failed);
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static SQLException cause(ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException defect) {
            throw defect;
        }
        return failed.getCause() instanceof SQLException away
                ? away
                : new SQLException("A comparison could not be made", failed.getCause());
    }
}
