package vn.dvhc.sync.apply;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.DeadLetter;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.handover.LateRecoding;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Verdict;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;

/**
 * Applies a batch of changes to every database that should hold them: one transaction a database, with the position reached.
 * A batch delivered again is dropped by that position; databases converge each on its own.
 */
@Singleton
public class RecordApplier {

    private static final Logger LOG = Logger.getLogger(RecordApplier.class);

    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final LateRecoding lateRecoding;
    private final BusinessClock clock;
    private final LagMeter lag;
    private final AtomicLong applied = new AtomicLong();
    private final ExecutorService executor = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "apply");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Deciders deciders;

    @Inject
    RecordApplier(
            Databases databases,
            UnitKnowledge knowledge,
            LateRecoding lateRecoding,
            BusinessClock clock,
            LagMeter lag) {
        this.databases = databases;
        this.knowledge = knowledge;
        this.lateRecoding = lateRecoding;
        this.clock = clock;
        this.lag = lag;
    }

    /** A database could not do its part; the batch is to be applied again. */
    public static final class DatabaseUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseUnavailableException(Throwable cause) {
            super(cause);
        }
    }

    /** What goes to one database in one kind of session. */
    private static final class Share {
        private final Map<Progress.Place, Long> next = new HashMap<>();
        private final List<Change> changes = new ArrayList<>();
        private final List<DeadLetter> deadLetters = new ArrayList<>();
    }

    /** A place where records have to be re-coded. */
    private record Holding(Source source, Dataset dataset) {}

    /** Changes applied since start, counted once whatever the number of copies. */
    public long applied() {
        return applied.get();
    }

    /**
     * Applies a batch, trying again without end while a database is away. Called by one thread.
     *
     * @param next the offset after the last message of each place
     */
    @Retry(maxRetries = -1, delay = 500, jitter = 200, maxDuration = 0, retryOn = DatabaseUnavailableException.class)
    public void apply(Plan plan, List<Change> changes, List<DeadLetter> unreadable, Map<Progress.Place, Long> next)
            throws InterruptedException {
        UnitKnowledge.State state = knowledge.state();
        Deciders decide = decidersOf(state);
        Homes homes = Homes.of(plan, state.timeline());

        Map<Source, Share> copies = new LinkedHashMap<>();
        Map<Source, Share> rebases = new LinkedHashMap<>();
        Map<Holding, Set<String>> outdated = new LinkedHashMap<>();
        Map<Holding, Set<String>> settled = new LinkedHashMap<>();
        Map<Holding, Map<String, Change>> rejected = new LinkedHashMap<>();
        next.forEach((place, offset) -> shares(plan, homes, place.source(plan), copies, rebases)
                .forEach(share -> share.next.put(place, offset)));
        Share national = copies.computeIfAbsent(plan.nation(), target -> new Share());
        national.deadLetters.addAll(unreadable);
        for (Change change : changes) {
            Verdict verdict = decide.of(change.dataset()).decide(change.unit());
            if (verdict.outcome() == Verdict.Outcome.REJECTED && !change.deleted()) {
                national.deadLetters.add(
                        DeadLetterWriter.of(change, DeadLetter.Cause.UNIT_REFUSED, String.valueOf(verdict.reason())));
                if (change.dataset().isRecoded()) {
                    rejected.computeIfAbsent(
                                    new Holding(change.source(), change.dataset()), place -> new LinkedHashMap<>())
                            .put(change.key(), change);
                }
                continue;
            }
            boolean recoded = change.dataset().isRecoded();
            Optional<Source> newHome = homes.newHome(change.source());
            if (newHome.isPresent() && plan.ownedBy(newHome.get()).contains(change.dataset()) && recoded) {
                rebases.computeIfAbsent(newHome.get(), target -> new Share())
                        .changes
                        .add(change);
                continue;
            }
            for (Source target : plan.copiesOf(change.source(), change.dataset())) {
                copies.computeIfAbsent(target, copy -> new Share()).changes.add(change);
            }
            if (!recoded) {
                continue;
            }
            // The last change of a key in the batch tells whether its record still needs a decision.
            boolean isSettled = change.deleted() || verdict.outcome() == Verdict.Outcome.KEPT;
            Holding holding = new Holding(change.source(), change.dataset());
            (isSettled ? settled : outdated)
                    .computeIfAbsent(holding, place -> new LinkedHashSet<>())
                    .add(change.key());
            (isSettled ? outdated : settled)
                    .getOrDefault(holding, new LinkedHashSet<>())
                    .remove(change.key());
        }

        List<Callable<Boolean>> tasks = new ArrayList<>();
        copies.forEach((target, share) -> tasks.add(step(() -> copy(plan, homes, target, share))));
        rebases.forEach((target, share) -> tasks.add(step(() -> rebase(plan, state, decide, target, share))));
        runAll(tasks);
        List<Callable<Boolean>> recodings = new ArrayList<>();
        outdated.forEach((holding, keys) -> recodings.add(step(() -> lateRecoding.recodeInPlace(
                holding.source(), holding.dataset(), keys, state.lastDay(), decide.of(holding.dataset())))));
        if (plan.isConcernedBy(state.lastDay())) {
            settled.forEach((holding, keys) ->
                    recodings.add(step(() -> lateRecoding.unqueue(holding.source(), holding.dataset(), keys))));
            rejected.forEach((holding, letters) -> recodings.add(step(() -> lateRecoding.reject(
                    holding.source(),
                    homes.newHome(holding.source()).orElse(holding.source()),
                    holding.dataset(),
                    letters.values(),
                    state.lastDay(),
                    decide.of(holding.dataset())))));
        }
        runAll(recodings);
        applied.addAndGet(changes.size());
    }

    /** Everybody who has to know how far a topic was applied; the nation always, since it keeps the dead letters. */
    private static List<Share> shares(
            Plan plan, Homes homes, Optional<Source> source, Map<Source, Share> copies, Map<Source, Share> rebases) {
        List<Share> all = new ArrayList<>();
        all.add(copies.computeIfAbsent(plan.nation(), target -> new Share()));
        if (source.isPresent()) {
            Optional<Source> newHome = homes.newHome(source.get());
            newHome.ifPresent(home -> all.add(rebases.computeIfAbsent(home, target -> new Share())));
            homes.copiesOf(plan, source.get())
                    .forEach(target -> all.add(copies.computeIfAbsent(target, copy -> new Share())));
        }
        return all;
    }

    private Deciders decidersOf(UnitKnowledge.State state) {
        Deciders current = deciders;
        if (current == null || !current.isOf(state, clock.today())) {
            current = new Deciders(state, clock.today());
            deciders = current;
        }
        return current;
    }

    /** A part of the work on a batch that runs beside others. */
    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    private static Callable<Boolean> step(Step step) {
        return () -> {
            step.run();
            return true;
        };
    }

    private void runAll(List<Callable<Boolean>> tasks) throws InterruptedException {
        Throwable failure = null;
        for (Future<Boolean> task : executor.invokeAll(tasks)) {
            try {
                task.get();
            } catch (ExecutionException failed) {
                failure = failed.getCause();
            }
        }
        if (failure instanceof SQLException) {
            LOG.warnf("Batch to be applied again: cause=%s", failure.getMessage());
            throw new DatabaseUnavailableException(failure);
        }
        if (failure != null) {
            throw new IllegalStateException("A batch can't be applied", failure);
        }
    }

    private void copy(Plan plan, Homes homes, Source target, Share share) throws SQLException {
        try {
            copyWhole(plan, homes, target, share);
        } catch (SQLException failed) {
            if (!isRefusalOfData(failed)) {
                throw failed;
            }
            copyOneByOne(plan, homes, target, share);
        }
    }

    private void copyWhole(Plan plan, Homes homes, Source target, Share share) throws SQLException {
        List<Change> live = databases.asReplica(target, connection -> {
            Map<Progress.Place, Long> reached = Progress.lock(connection, List.copyOf(share.next.keySet()));
            List<Change> fresh = fresh(share.changes, reached);
            CopyWriter.write(connection, homes, fresh);
            if (target.equals(plan.nation())) {
                DeadLetterWriter.write(connection, share.deadLetters);
            }
            Progress.store(connection, share.next);
            return fresh;
        });
        if (target.equals(plan.nation())) {
            lag.record(live, Instant.now());
        }
    }

    /** Finds the change that the database refuses: it becomes a dead letter, and the others are applied. */
    private void copyOneByOne(Plan plan, Homes homes, Source target, Share share) throws SQLException {
        List<DeadLetter> deadLetters = new ArrayList<>(share.deadLetters);
        for (Change change : share.changes) {
            try {
                databases.runAsReplica(target, connection -> {
                    CopyWriter.write(
                            connection,
                            homes,
                            fresh(
                                    List.of(change),
                                    Progress.lock(connection, List.of(Progress.Place.of(change.origin())))));
                });
            } catch (SQLException failed) {
                if (!isRefusalOfData(failed)) {
                    throw failed;
                }
                deadLetters.add(DeadLetterWriter.refused(change, failed));
            }
        }
        databases.runAsReplica(plan.nation(), connection -> {
            DeadLetterWriter.write(connection, deadLetters);
        });
        databases.runAsReplica(target, connection -> {
            Progress.store(connection, share.next);
        });
    }

    private void rebase(Plan plan, UnitKnowledge.State state, Deciders decide, Source home, Share share)
            throws SQLException {
        try {
            rebaseBatch(state, decide, home, share.changes, share.next);
        } catch (SQLException failed) {
            if (!isRefusalOfData(failed)) {
                throw failed;
            }
            for (Change change : share.changes) {
                try {
                    rebaseBatch(state, decide, home, List.of(change), Map.of());
                } catch (SQLException again) {
                    if (!isRefusalOfData(again)) {
                        throw again;
                    }
                    databases.runAsReplica(plan.nation(), connection -> {
                        DeadLetterWriter.write(connection, List.of(DeadLetterWriter.refused(change, again)));
                    });
                }
            }
            rebaseBatch(state, decide, home, List.of(), share.next);
        }
    }

    private void rebaseBatch(
            UnitKnowledge.State state,
            Deciders decide,
            Source home,
            List<Change> changes,
            Map<Progress.Place, Long> next)
            throws SQLException {
        databases.runAsOwner(home, connection -> {
            List<Progress.Place> places = changes.stream()
                    .map(change -> Progress.Place.of(change.origin()))
                    .distinct()
                    .toList();
            List<Change> fresh = fresh(changes, Progress.lock(connection, places));
            lateRecoding.rebase(connection, home, fresh, state.lastDay(), decide::of);
            if (!next.isEmpty()) {
                Progress.store(connection, next);
            }
        });
    }

    private static List<Change> fresh(List<Change> changes, Map<Progress.Place, Long> reached) {
        return changes.stream()
                .filter(change ->
                        change.origin().offset() >= reached.getOrDefault(Progress.Place.of(change.origin()), 0L))
                .toList();
    }

    /** Data exceptions (22) and violated constraints (23) stay whatever is tried; all else may pass. */
    private static boolean isRefusalOfData(SQLException failed) {
        String state = failed.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    @PreDestroy
    void close() {
        executor.shutdownNow();
    }
}
