package vn.dvhc.sync.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Barrier;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Treatment;

/**
 * Doubts about one owner's records in one copy: read again once the stream has passed, classified, repaired if asked for, counted and
 * listed. Takes them a batch at a time, so that memory is bounded.
 */
final class PairCheck {

    private static final int BATCH = 1000;
    private static final int ROUNDS = 3;

    private final Run run;
    private final Plan plan;
    private final Dataset dataset;
    private final Source home;
    private final Ends ends;
    private final long position;
    private final Tools tools;
    private final Listing listing;
    private final Tally tally = new Tally();
    private final List<Candidate> batch = new ArrayList<>(BATCH);

    /** Whether the stream has kept up so far: who waited in vain once looks, and does not wait again for every batch. */
    private boolean streaming = true;

    private boolean repairing = true;

    /** Both ends, in sessions that see the present. */
    record Ends(End owner, End copy) {}

    /** @param oldTransactions the longest wait for transactions that are open at an owner */
    record Tools(Passage passage, Reemission reemission, ObjectMapper json, Duration oldTransactions) {}

    /** Keeps what was found. */
    @FunctionalInterface
    interface Listing {
        void add(List<Difference> differences) throws SQLException;
    }

    /** @param position in the owner's log, of the reading that the doubts come from */
    PairCheck(
            Run run, Plan plan, Dataset dataset, Source home, Ends ends, long position, Tools tools, Listing listing) {
        this.run = run;
        this.plan = plan;
        this.dataset = dataset;
        this.home = home;
        this.ends = ends;
        this.position = position;
        this.tools = tools;
        this.listing = listing;
    }

    Tally tally() {
        return tally;
    }

    void take(Candidate candidate) throws SQLException, InterruptedException {
        Reading owner = candidate.owner();
        if (candidate.copy() == null && owner != null && owner.unit().equals(PresentUnits.UNREADABLE)) {
            return; // Its message is among the dead letters.
        }
        batch.add(candidate);
        if (batch.size() == BATCH) {
            flush();
        }
    }

    /** Deals with what is left. */
    void flush() throws SQLException, InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        run.goOn();
        List<Difference> found = classify(List.copyOf(batch));
        batch.clear();
        if (run.scope().repair()) {
            found = repair(found);
        }
        found.forEach(tally::count);
        List<Difference> listed =
                found.stream().filter(difference -> run.mayList()).toList();
        if (!listed.isEmpty()) {
            listing.add(listed);
        }
    }

    /**
     * The stream is let pass, the copy read, then its owner. If its owner has not touched the record since the stream was at it, and the copy
     * differs still, that is a difference; what has become equal, or goes on moving, was late.
     */
    private List<Difference> classify(List<Candidate> candidates) throws SQLException, InterruptedException {
        List<Difference> found = new ArrayList<>(candidates.size());
        Map<String, @Nullable Reading> doubtful = new LinkedHashMap<>();
        candidates.forEach(candidate -> doubtful.put(candidate.key(), candidate.owner()));
        Map<String, Candidate> first = new HashMap<>();
        candidates.forEach(candidate -> first.put(candidate.key(), candidate));
        long reached = position;
        for (int round = 1; round <= ROUNDS && !doubtful.isEmpty(); round++) {
            boolean passed = isPassed(reached);
            List<String> keys = List.copyOf(doubtful.keySet());
            End.Now copy = ends.copy().now(keys);
            End.Now owner = ends.owner().now(keys);
            for (String key : keys) {
                End.Stored ours = owner.get(key);
                End.Stored theirs = copy.get(key);
                if (Judgement.isEqual(ours, theirs) || !passed) {
                    found.add(late(first.get(key)));
                    doubtful.remove(key);
                } else if (Judgement.isStill(doubtful.get(key), ours)) {
                    found.add(Judgement.difference(dataset, key, Judgement.kind(ours, theirs), ours, theirs));
                    doubtful.remove(key);
                } else {
                    doubtful.put(key, ours == null ? null : ours.reading());
                }
            }
            reached = owner.position();
        }
        doubtful.keySet().forEach(key -> found.add(late(first.get(key))));
        return found;
    }

    private boolean isPassed(long reached) throws SQLException, InterruptedException {
        streaming = tools.passage().isPassed(run, plan, home, dataset, ends.owner(), ends.copy(), reached, streaming);
        return streaming;
    }

    /** As it looked at first. */
    private static Difference late(@Nullable Candidate candidate) {
        if (candidate == null) {
            throw new IllegalStateException("A doubt that nobody had");
        }
        Reading owner = candidate.owner();
        Reading copy = candidate.copy();
        return new Difference(
                candidate.key(),
                Difference.Kind.LATE,
                owner != null ? owner.unit() : copy != null ? copy.unit() : PresentUnits.UNREADABLE,
                owner == null ? null : Long.valueOf(owner.hash()),
                copy == null ? null : Long.valueOf(copy.hash()),
                List.of(),
                Difference.Repair.NONE);
    }

    private List<Difference> repair(List<Difference> found) throws SQLException, InterruptedException {
        Map<String, Difference.Repair> outcomes = new HashMap<>();
        List<String> pending = new ArrayList<>();
        for (Difference difference : found) {
            if (difference.kind() == Difference.Kind.MISSING
                    && dataset.personal().containsValue(Treatment.PSEUDONYM)) {
                outcomes.put(difference.key(), Difference.Repair.NEEDS_SNAPSHOT);
            } else if (difference.isOpen()) {
                pending.add(difference.key());
            }
        }
        for (int round = 1; round <= ROUNDS && !pending.isEmpty(); round++) {
            boolean applied = repairing && reemit(pending);
            repairing = applied;
            End.Now copy = ends.copy().now(pending);
            End.Now owner = ends.owner().now(pending);
            for (String key : List.copyOf(pending)) {
                if (Judgement.isEqual(owner.get(key), copy.get(key))) {
                    outcomes.put(key, Difference.Repair.REPAIRED);
                    pending.remove(key);
                } else {
                    outcomes.put(key, applied ? Difference.Repair.REFUSED : Difference.Repair.NOT_YET);
                }
            }
            if (!applied) {
                break;
            }
        }
        return found.stream()
                .map(difference -> difference.with(outcomes.getOrDefault(difference.key(), difference.repair())))
                .toList();
    }

    /** @return whether the stream has brought the copy what was sent */
    private boolean reemit(List<String> keys) throws SQLException, InterruptedException {
        OptionalLong barrier = barrier();
        if (barrier.isEmpty()) {
            return false;
        }
        RepairMessage form = new RepairMessage(tools.json(), home, dataset, barrier.getAsLong());
        String topic = Passage.topic(home, dataset);
        Map<String, List<@Nullable String>> present = ends.owner().values(keys, RepairMessage.ownerColumns(dataset));
        List<String> gone =
                keys.stream().filter(key -> !present.containsKey(key)).toList();
        List<ProducerRecord<String, String>> messages = new ArrayList<>(keys.size());
        present.forEach(
                (key, values) -> messages.add(new ProducerRecord<>(topic, form.key(key), form.present(values))));
        if (!gone.isEmpty()) {
            ends.copy()
                    .values(gone, dataset.copiedColumns())
                    .forEach((key, values) ->
                            messages.add(new ProducerRecord<>(topic, form.key(key), form.ended(values))));
        }
        Map<Progress.Place, Long> next = tools.reemission().send(messages);
        return tools.passage().isApplied(run, ends.copy(), next);
    }

    /** The position of a barrier that is passed; empty if an old transaction stays open. */
    private OptionalLong barrier() throws SQLException, InterruptedException {
        End owner = ends.owner();
        Barrier barrier = Barrier.raise(question -> one(owner, question));
        long deadline = System.nanoTime() + tools.oldTransactions().toNanos();
        while (Barrier.oldestOpen(question -> one(owner, question)) < barrier.next()) {
            run.goOn();
            if (System.nanoTime() > deadline) {
                return OptionalLong.empty();
            }
            Thread.sleep(50);
        }
        return OptionalLong.of(barrier.position());
    }

    private static long one(End end, String question) throws SQLException {
        return end.ask(question, row -> row.getLong(1)).get(0);
    }
}
