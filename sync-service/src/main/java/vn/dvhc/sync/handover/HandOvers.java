package vn.dvhc.sync.handover;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.lane.Lane;
import vn.dvhc.sync.lane.Lanes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;

/**
 * Runs the hand-overs of days beside the streams of records. Only what a former home writes waits, until its records have reached
 * the new home; a database that is away delays its own hand-over and no other. Days that concern the same database go one after
 * the other.
 */
@Singleton
public class HandOvers {

    private static final Logger LOG = Logger.getLogger(HandOvers.class);

    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(500);

    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final BusinessClock clock;
    private final Lanes lanes;
    private final ScheduledExecutorService executor;
    private final ExecutorService workers;
    private final HandOver.Pace pace;
    private final List<Task> unfinished = new ArrayList<>();

    @Inject
    HandOvers(SyncConfig config, Databases databases, UnitKnowledge knowledge, BusinessClock clock, Lanes lanes) {
        this.databases = databases;
        this.knowledge = knowledge;
        this.clock = clock;
        this.lanes = lanes;
        this.executor = Executors.newScheduledThreadPool(config.handover().parallel(), HandOvers::worker);
        this.workers = Executors.newCachedThreadPool(HandOvers::worker);
        this.pace =
                new HandOver.Pace(config.handover().batch(), config.handover().stretches(), workers);
    }

    /**
     * A hand-over that is not done.
     *
     * @param problem why it does not go on; null if it does, or waits for an earlier one
     * @param breached whether its figures don't add up, so that it waits for an operator to release it
     */
    public record Waiting(
            LocalDate day,
            String dataset,
            String from,
            String to,
            @Nullable String problem,
            boolean breached) {}

    private static final class Task {
        private final LocalDate day;
        private final Dataset dataset;
        private final Source from;
        private final Source to;
        private final HandOver handOver;
        private boolean started;
        private boolean breached;
        private @Nullable String problem;

        Task(LocalDate day, Dataset dataset, Source from, Source to, HandOver handOver) {
            this.day = day;
            this.dataset = dataset;
            this.from = from;
            this.to = to;
            this.handOver = handOver;
        }

        boolean moves() {
            return !from.equals(to);
        }

        boolean touches(Task other) {
            return Stream.of(from.name(), to.name())
                    .anyMatch(name -> name.equals(other.from.name()) || name.equals(other.to.name()));
        }
    }

    private static Thread worker(Runnable task) {
        Thread thread = new Thread(task, "hand-over");
        thread.setDaemon(true);
        return thread;
    }

    void stop(@Observes ShutdownEvent event) {
        executor.shutdownNow();
        workers.shutdownNow();
    }

    /** Hand-overs that are not done, in the order of their days. */
    public synchronized List<Waiting> unfinished() {
        return unfinished.stream()
                .map(task -> new Waiting(
                        task.day, task.dataset.name(), task.from.name(), task.to.name(), task.problem, task.breached))
                .toList();
    }

    /**
     * Begins the hand-over of a day, or goes on with one that had begun. The gate is closed: no stream passes while the lanes of former
     * homes are held back.
     */
    void begin(Plan plan, LocalDate day) throws SQLException {
        List<Task> tasks = tasks(plan, day);
        mark(plan, day, "running");
        Map<Progress.Place, Long> reached = databases.asReplica(plan.nation(), Progress::read);
        for (Task task : tasks) {
            if (task.moves()) {
                lanes.hold(plan.nation(), Lane.of(task.from, task.to), of(plan, task.from, reached));
                for (Source archive : archives(plan, task)) {
                    Map<Progress.Place, Long> from = of(plan, archive, reached);
                    // What did not reach the home that ends now has to come to the new one.
                    lanes.owed(Lane.of(archive, task.from))
                            .forEach((place, next) -> from.merge(place, next, Math::min));
                    lanes.hold(plan.nation(), Lane.of(archive, task.to), from);
                }
            }
        }
        LOG.infof("Hand-over begins: enactment=%s parts=%d", day, tasks.size());
        synchronized (this) {
            unfinished.addAll(tasks);
            unfinished.sort(Comparator.comparing(task -> task.day));
            startWhatMay(plan);
        }
        if (tasks.isEmpty()) {
            mark(plan, day, "done");
        }
    }

    /** Former homes whose records live where a part begins, and move with it: what is written there has to wait for them too. */
    private List<Source> archives(Plan plan, Task task) {
        Homes before = Homes.on(plan, knowledge.state().timeline(), task.day.minusDays(1));
        return plan.sources().stream()
                .filter(source ->
                        before.newHome(source).filter(task.from::equals).isPresent())
                .toList();
    }

    private static Map<Progress.Place, Long> of(Plan plan, Source source, Map<Progress.Place, Long> reached) {
        return reached.entrySet().stream()
                .filter(place ->
                        place.getKey().source(plan).filter(source::equals).isPresent())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private List<Task> tasks(Plan plan, LocalDate day) {
        UnitKnowledge.State state = knowledge.state();
        Homes before = Homes.on(plan, state.timeline(), day.minusDays(1));
        Homes homes = Homes.on(plan, state.timeline(), day);
        List<Task> tasks = new ArrayList<>();
        for (Source source : plan.sources()) {
            if (before.newHome(source).isPresent()) {
                // An archive since an earlier day: its records live elsewhere, and are handed over there.
                continue;
            }
            Source home = homes.newHome(source).orElse(source);
            for (Dataset dataset : plan.ownedBy(source)) {
                if (!dataset.isRecoded()) {
                    continue;
                }
                if (!plan.ownedBy(home).contains(dataset)) {
                    LOG.errorf(
                            "Not handed over, since the new home has no such table: dataset=%s from=%s to=%s",
                            dataset.name(), source.name(), home.name());
                    continue;
                }
                Decider decider = state.decider(dataset, day, clock.today());
                tasks.add(new Task(
                        day,
                        dataset,
                        source,
                        home,
                        new HandOver(databases, day, dataset, source, home, decider, pace)));
            }
        }
        return tasks;
    }

    private void startWhatMay(Plan plan) {
        for (int i = 0; i < unfinished.size(); i++) {
            Task task = unfinished.get(i);
            boolean waits = unfinished.subList(0, i).stream()
                    .anyMatch(earlier -> earlier.day.isBefore(task.day) && earlier.touches(task));
            if (!task.started && !waits) {
                task.started = true;
                executor.submit(() -> attempt(plan, task));
            }
        }
    }

    /** Goes on until it works: a day that is in force can't be left out. */
    private void attempt(Plan plan, Task task) {
        try {
            Optional<String> breach = task.handOver.run();
            if (breach.isPresent()) {
                stop(task, breach.get());
            } else {
                finish(plan, task);
            }
        } catch (SQLException | RuntimeException failed) {
            synchronized (this) {
                task.problem = "Cơ sở dữ liệu tạm thời không trả lời.";
            }
            LOG.warnf(
                    failed instanceof RuntimeException ? failed : null,
                    "Hand-over to be tried again: enactment=%s dataset=%s from=%s to=%s cause=%s",
                    task.day,
                    task.dataset.name(),
                    task.from.name(),
                    task.to.name(),
                    failed.getMessage());
            executor.schedule(() -> attempt(plan, task), BEFORE_NEXT_TRY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The others go on: only what concerns the same databases on a later day waits behind it. */
    private void stop(Task task, String cause) {
        synchronized (this) {
            task.breached = true;
            task.problem = cause;
        }
        LOG.errorf(
                "Hand-over stopped, its figures don't add up: enactment=%s dataset=%s from=%s to=%s cause=%s",
                task.day, task.dataset.name(), task.from.name(), task.to.name(), cause);
    }

    /** Lets a stopped part go on, if this process was to do it. */
    synchronized void resume(Plan plan, Settlement.Part part) {
        unfinished.stream()
                .filter(task -> task.breached
                        && task.day.equals(part.enactment())
                        && task.dataset.name().equals(part.dataset())
                        && task.from.name().equals(part.from()))
                .forEach(task -> {
                    task.breached = false;
                    task.problem = null;
                    executor.submit(() -> attempt(plan, task));
                });
    }

    /** A new home goes on where the hand-over found the stream; then what the former home wrote since may follow. */
    private void finish(Plan plan, Task task) throws SQLException {
        Lane lane = Lane.of(task.from, task.to);
        synchronized (this) {
            boolean last = unfinished.stream()
                    .noneMatch(other -> other != task && other.from.equals(task.from) && other.to.equals(task.to));
            if (task.moves() && last) {
                letGo(lane, task.to);
                for (Source archive : archives(plan, task)) {
                    letGo(Lane.of(archive, task.to), task.to);
                }
            }
            if (unfinished.stream().noneMatch(other -> other != task && other.day.equals(task.day))) {
                mark(plan, task.day, "done");
                LOG.infof("Hand-over done: enactment=%s", task.day);
            }
            unfinished.remove(task);
            startWhatMay(plan);
        }
    }

    private void letGo(Lane lane, Source to) throws SQLException {
        databases.runAsOwner(to, connection -> Progress.store(connection, lanes.owed(lane)));
        lanes.release(lane);
    }

    /** Whether a day was handed over whole. */
    boolean isDone(Plan plan, LocalDate day) throws SQLException {
        return !databases
                .asReplica(
                        plan.nation(),
                        connection -> Statements.query(
                                connection,
                                "SELECT 1 FROM sync.enactment WHERE date = ?::date AND state = 'done'",
                                row -> row.getInt(1),
                                day.toString()))
                .isEmpty();
    }

    private void mark(Plan plan, LocalDate day, String state) throws SQLException {
        databases.asReplica(
                plan.nation(),
                connection -> Statements.update(
                        connection,
                        "INSERT INTO sync.enactment (date, state) VALUES (?::date, ?) ON CONFLICT (date) DO UPDATE"
                                + " SET state = excluded.state, finished_at = CASE WHEN excluded.state = 'done'"
                                + " THEN clock_timestamp() END",
                        day.toString(),
                        state));
    }
}
