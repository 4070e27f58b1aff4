package vn.dvhc.sync.apply;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.capture.Batch;
import vn.dvhc.sync.capture.SnapshotBarriers;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.lane.Lane;
import vn.dvhc.sync.lane.Lanes;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.units.Deciders;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;

/**
 * Applies a batch of changes to every database that should hold them: one transaction a database, with the position reached. A
 * batch delivered again is dropped by that position. The nation's database is waited for; any other that is away, slow or behind is
 * gone on without: its lanes catch up by themselves.
 */
@Singleton
public class RecordApplier {

    private static final Logger LOG = Logger.getLogger(RecordApplier.class);

    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(500);

    private final SnapshotBarriers barriers;
    private final DatabaseWriter writer;
    private final UnitKnowledge knowledge;
    private final BusinessClock clock;
    private final Lanes lanes;
    private final Duration patience;
    private final AtomicLong applied = new AtomicLong();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "apply");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Deciders deciders;

    @Inject
    RecordApplier(
            SnapshotBarriers barriers,
            DatabaseWriter writer,
            UnitKnowledge knowledge,
            BusinessClock clock,
            Lanes lanes,
            SyncConfig config) {
        this.barriers = barriers;
        this.writer = writer;
        this.knowledge = knowledge;
        this.clock = clock;
        this.lanes = lanes;
        this.patience = config.lanes().patience();
    }

    /** Work of one database; answers the places of which it lacks something before the batch. */
    private record Part(Set<Lane> lanes, Callable<Map<Progress.Place, Long>> work) {}

    /** Changes applied since start, counted once whatever the number of copies. */
    public long applied() {
        return applied.get();
    }

    /** Applies a batch of the stream. Called by one thread, inside the gate; waits as long as the nation's database is away. */
    public void apply(Plan plan, Batch read) throws InterruptedException {
        Batch batch = persist(() -> withBarriers(plan, read));
        Set<Lane> closed = persist(() -> lanes.admit(plan, batch));
        DatabaseWriter.Terms terms = terms(plan);
        Routing routing = new Routing(plan, terms.homes(), terms.deciders(), lane -> !closed.contains(lane)).add(batch);
        Share national = routing.copies().remove(plan.nation());
        Map<Part, Future<Map<Progress.Place, Long>>> others = new HashMap<>();
        for (Part part : parts(terms, routing)) {
            others.put(part, executor.submit(part.work()));
        }
        if (national != null) {
            Map<Progress.Place, Long> gaps = persist(() -> writer.copy(terms, national));
            fallBehind(plan, batch, national.lanes(), gaps, "Cơ sở dữ liệu quốc gia thiếu các bản tin trước đó.");
        }
        long deadline = System.nanoTime() + patience.toNanos();
        for (Map.Entry<Part, Future<Map<Progress.Place, Long>>> part : others.entrySet()) {
            await(plan, batch, part.getKey(), part.getValue(), deadline);
        }
        applied.addAndGet(batch.changes().size());
    }

    /**
     * Applies a part of a topic for one lane alone, for one who is inside the gate.
     *
     * @return the places of which the database lacks something before the batch
     */
    public Map<Progress.Place, Long> apply(Plan plan, Batch read, Lane lane) throws SQLException {
        DatabaseWriter.Terms terms = terms(plan);
        Routing routing =
                new Routing(plan, terms.homes(), terms.deciders(), lane::equals).add(withBarriers(plan, read));
        Map<Progress.Place, Long> gaps = new HashMap<>();
        for (Part part : parts(terms, routing)) {
            try {
                gaps.putAll(part.work().call());
            } catch (SQLException | RuntimeException failed) {
                throw failed;
            } catch (Exception unknown) {
                throw new IllegalStateException("A lane can't be applied", unknown);
            }
        }
        return gaps;
    }

    private Batch withBarriers(Plan plan, Batch batch) throws SQLException {
        return batch.withChanges(barriers.put(plan, batch.changes()));
    }

    private DatabaseWriter.Terms terms(Plan plan) {
        UnitKnowledge.State state = knowledge.state();
        return new DatabaseWriter.Terms(plan, Homes.of(plan, state.timeline()), decidersOf(state), state.lastReform());
    }

    private synchronized Deciders decidersOf(UnitKnowledge.State state) {
        Deciders current = deciders;
        if (current == null || !current.isOf(state, clock.today())) {
            current = new Deciders(state, clock.today());
            deciders = current;
        }
        return current;
    }

    private List<Part> parts(DatabaseWriter.Terms terms, Routing routing) {
        List<Part> parts = new ArrayList<>();
        routing.copies().values().forEach(share -> parts.add(new Part(share.lanes(), () -> writer.copy(terms, share))));
        routing.rebases()
                .values()
                .forEach(share -> parts.add(new Part(share.lanes(), () -> writer.rebase(terms, share))));
        routing.recodings()
                .values()
                .forEach(work -> parts.add(new Part(work.lanes(), () -> {
                    writer.recode(terms, work);
                    return Map.of();
                })));
        return parts;
    }

    private void await(Plan plan, Batch batch, Part part, Future<Map<Progress.Place, Long>> result, long deadline)
            throws InterruptedException {
        try {
            Map<Progress.Place, Long> gaps =
                    result.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            fallBehind(plan, batch, part.lanes(), gaps, "Cơ sở dữ liệu thiếu các bản tin trước đó.");
        } catch (TimeoutException slow) {
            fallBehind(plan, batch, part.lanes(), batch.first(), "Cơ sở dữ liệu trả lời quá chậm.");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SQLException sql) {
                LOG.warnf("A database could not do its part: lanes=%s cause=%s", part.lanes(), sql.getMessage());
            } else {
                LOG.errorf(failed, "A part of a batch can't be applied: lanes=%s", part.lanes());
            }
            fallBehind(plan, batch, part.lanes(), batch.first(), "Cơ sở dữ liệu tạm thời không trả lời.");
        }
    }

    /** @param from the first message not applied, of places that may be of other lanes too */
    private void fallBehind(Plan plan, Batch batch, Set<Lane> candidates, Map<Progress.Place, Long> from, String cause)
            throws InterruptedException {
        for (Lane lane : from.isEmpty() ? Set.<Lane>of() : candidates) {
            if (from.keySet().stream().anyMatch(place -> place.isOf(plan, lane.source()))) {
                // The whole batch's places of the source: what was written of the others is dropped when it comes
                // again.
                Map<Progress.Place, Long> owed = new HashMap<>(from);
                batch.first().forEach((place, first) -> owed.merge(place, first, Math::min));
                owed.keySet().removeIf(place -> !place.isOf(plan, lane.source()));
                persist(() -> {
                    lanes.fallBehind(plan, lane, owed, cause);
                    return true;
                });
            }
        }
    }

    /** Something that only the nation's database can keep from being done. */
    @FunctionalInterface
    private interface Step<T> {
        T run() throws SQLException;
    }

    private static <T> T persist(Step<T> step) throws InterruptedException {
        while (true) {
            try {
                return step.run();
            } catch (SQLException failed) {
                LOG.warnf("The nation's database could not do its part, to be tried again: %s", failed.getMessage());
                Thread.sleep(BEFORE_NEXT_TRY.toMillis());
            }
        }
    }

    @PreDestroy
    void close() {
        executor.shutdownNow();
    }
}
