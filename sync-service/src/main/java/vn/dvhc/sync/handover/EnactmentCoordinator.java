package vn.dvhc.sync.handover;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.declare.PlanKeeper;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.status.TopicEnds;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.sync.units.UnitFeed;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Group;

/**
 * Takes each day, correction and notice into the timeline and, for a day, hands the records over before the stream of records
 * goes on. After a crash the same days are taken again from the topic, and a hand-over that had begun is finished first.
 */
@Singleton
public class EnactmentCoordinator {

    private static final Logger LOG = Logger.getLogger(EnactmentCoordinator.class);

    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(500);

    private final SyncConfig config;
    private final Plans plans;
    private final PlanKeeper keeper;
    private final Databases databases;
    private final UnitFeed feed;
    private final UnitKnowledge knowledge;
    private final TopicEnds ends;
    private final BusinessClock clock;
    private final Gate gate;
    private volatile @Nullable String failure;
    private @Nullable Thread thread;

    @Inject
    EnactmentCoordinator(
            SyncConfig config,
            Plans plans,
            PlanKeeper keeper,
            Databases databases,
            UnitFeed feed,
            UnitKnowledge knowledge,
            TopicEnds ends,
            BusinessClock clock,
            Gate gate) {
        this.config = config;
        this.plans = plans;
        this.keeper = keeper;
        this.databases = databases;
        this.feed = feed;
        this.knowledge = knowledge;
        this.ends = ends;
        this.clock = clock;
        this.gate = gate;
    }

    /** A step that may fail while a database or broker is away. */
    @FunctionalInterface
    private interface Step {
        void run() throws SQLException, InterruptedException, ExecutionException;
    }

    /** Why the coordinator can't go on; empty if it can. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    void start(@Observes StartupEvent event) {
        Thread coordinator = new Thread(this::coordinate, "enactment");
        coordinator.setDaemon(true);
        coordinator.start();
        thread = coordinator;
    }

    void stop(@Observes ShutdownEvent event) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void coordinate() {
        try {
            persist(keeper::load);
            persist(this::catchUp);
            // Without any unit every record would be refused: wait for the register's first day.
            List<Group> known = new ArrayList<>();
            while (knowledge.state().timeline().lastDay().isEmpty()) {
                List<Group> first = feed.nextGroups();
                feed.take(first);
                known.addAll(first);
            }
            LOG.infof(
                    "Units known: lastDay=%s sequence=%d",
                    knowledge.state().lastDay(), knowledge.state().sequence());
            for (Group group : known) {
                persist(() -> handOver(group));
            }
            gate.leave();
            while (true) {
                List<Group> groups = feed.nextGroups();
                gate.enter();
                feed.take(groups);
                for (Group group : groups) {
                    persist(() -> handOver(group));
                }
                gate.leave();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException defect) {
            failure = "Không thể tiếp nhận quyết định có hiệu lực; xem nhật ký của dịch vụ.";
            LOG.error("The coordinator stops", defect);
        }
    }

    /** Waits until everything that was in the units' topics at start is read. */
    private void catchUp() throws InterruptedException, ExecutionException {
        Map<String, Long> target = ends.of(feed.positions().keySet());
        while (!target.entrySet().stream()
                .allMatch(end -> feed.positions().getOrDefault(end.getKey(), 0L) >= end.getValue())) {
            LOG.debugf("Catching up: target=%s reached=%s", target, feed.positions());
            Thread.sleep(20);
        }
    }

    /** Tries until it works: a day that is in force can't be left out. */
    private void persist(Step step) throws InterruptedException {
        while (true) {
            try {
                step.run();
                failure = null;
                return;
            } catch (SQLException | ExecutionException failed) {
                failure = "Cơ sở dữ liệu hoặc Kafka tạm thời không trả lời.";
                LOG.warn("To be tried again", failed);
                Thread.sleep(BEFORE_NEXT_TRY.toMillis());
            }
        }
    }

    /** Only a day moves records: a notice changes nothing yet, and what a correction means for records is for people to say. */
    private void handOver(Group group) throws SQLException, InterruptedException {
        if (group instanceof Group.Day day) {
            handOver(day);
        }
    }

    private void handOver(Group.Day day) throws SQLException, InterruptedException {
        boolean someEnd = day.entries().stream()
                .flatMap(entry -> entry.facts().stream())
                .anyMatch(fact -> fact.event().kind() == UnitEvent.Kind.ENDED);
        Plan declared = plans.current().orElse(null);
        if (declared == null || !someEnd || !declared.isConcernedBy(day.date()) || isDone(declared, day.date())) {
            return;
        }
        LOG.infof("Hand-over begins: enactment=%s", day.date());
        mark(declared, day.date(), "running");
        runAll(handOvers(declared, day.date()));
        passOnProgress(declared);
        mark(declared, day.date(), "done");
        LOG.infof("Hand-over done: enactment=%s", day.date());
    }

    private void passOnProgress(Plan declared) throws SQLException {
        Homes homes = Homes.of(declared, knowledge.state().timeline());
        Map<Progress.Place, Long> reached = databases.asReplica(declared.nation(), Progress::read);
        for (Source source : declared.sources()) {
            Optional<Source> home = homes.newHome(source);
            if (home.isPresent()) {
                databases.runAsOwner(home.get(), connection -> Progress.inherit(connection, declared, source, reached));
            }
        }
    }

    private List<HandOver> handOvers(Plan declared, LocalDate day) {
        UnitKnowledge.State state = knowledge.state();
        Homes homes = Homes.of(declared, state.timeline());
        List<HandOver> all = new ArrayList<>();
        for (Source source : declared.sources()) {
            Source home = homes.newHome(source).orElse(source);
            for (Dataset dataset : declared.ownedBy(source)) {
                if (!dataset.isRecoded()) {
                    continue;
                }
                if (!declared.ownedBy(home).contains(dataset)) {
                    LOG.errorf(
                            "Not handed over, since the new home has no such table: dataset=%s from=%s to=%s",
                            dataset.name(), source.name(), home.name());
                    continue;
                }
                Decider decider =
                        new Decider(state.timeline(), state.localities(), day, clock.today(), dataset.follows());
                all.add(new HandOver(
                        databases,
                        day,
                        dataset,
                        source,
                        home,
                        decider,
                        config.handover().batch()));
            }
        }
        return all;
    }

    private void runAll(List<HandOver> handOvers) throws SQLException, InterruptedException {
        ExecutorService executor =
                Executors.newFixedThreadPool(config.handover().parallel());
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (HandOver handOver : handOvers) {
                tasks.add(() -> {
                    handOver.run();
                    return true;
                });
            }
            SQLException failed = null;
            for (Future<Boolean> task : executor.invokeAll(tasks)) {
                try {
                    task.get();
                } catch (ExecutionException execution) {
                    failed = execution.getCause() instanceof SQLException sql
                            ? sql
                            : new SQLException("A hand-over failed", execution.getCause());
                }
            }
            if (failed != null) {
                throw failed;
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private boolean isDone(Plan declared, LocalDate day) throws SQLException {
        return !databases
                .asReplica(
                        declared.nation(),
                        connection -> Statements.query(
                                connection,
                                "SELECT 1 FROM sync.enactment WHERE date = ?::date AND state = 'done'",
                                row -> row.getInt(1),
                                day.toString()))
                .isEmpty();
    }

    private void mark(Plan declared, LocalDate day, String state) throws SQLException {
        databases.asReplica(
                declared.nation(),
                connection -> Statements.update(
                        connection,
                        "INSERT INTO sync.enactment (date, state) VALUES (?::date, ?) ON CONFLICT (date) DO UPDATE"
                                + " SET state = excluded.state, finished_at = CASE WHEN excluded.state = 'done'"
                                + " THEN clock_timestamp() END",
                        day.toString(),
                        state));
    }
}
