package vn.dvhc.gateway.subscribe;

import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.change.Change;
import vn.dvhc.gateway.change.Feed;
import vn.dvhc.gateway.change.Interest;

/**
 * Serves one subscription, in one revision: keeps its place in the log, a few deliveries under way, and what failed in a queue a
 * unit. All on the post office's thread. Of one unit only one delivery is under way; one that failed is kept, and what follows of its
 * unit is kept behind it. When too much waits no more is read: the log keeps the rest.
 */
final class Courier {

    private final Ledger.Hold hold;
    private final Feed feed;
    private final Interest interest;
    private final Ledger ledger;
    private final Rules rules;
    private final Attempts attempts;
    private final Map<String, Deque<SubscriptionStore.Kept>> waiting = new LinkedHashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final TreeSet<Long> unsettled = new TreeSet<>();
    private int waitingCount;
    private int retrying;
    private long place;
    private long delivered;
    private long written;
    private @Nullable Instant failingSince;
    private @Nullable Instant failingWritten;
    private boolean closing;

    /**
     * How a subscription is served.
     *
     * @param concurrency deliveries under way
     * @param mostWaiting kept deliveries from which on no more is read
     * @param patience how long all may fail before it is disabled, if no delivery is given up before
     */
    record Rules(
            RetrySchedule schedule,
            int concurrency,
            int mostWaiting,
            Duration patience,
            RandomGenerator random,
            Clock clock) {

        private Instant now() {
            return clock.instant();
        }
    }

    /** Makes an attempt; the answer comes back on the post office's thread. */
    interface Attempts {
        Future<Outcome> make(Change change);
    }

    Courier(
            Ledger.Hold hold,
            Subscription subscription,
            List<SubscriptionStore.Kept> kept,
            Feed feed,
            Interest interest,
            Ledger ledger,
            Rules rules,
            Attempts attempts) {
        this.hold = hold;
        this.feed = feed;
        this.interest = interest;
        this.ledger = ledger;
        this.rules = rules;
        this.attempts = attempts;
        this.place = subscription.position();
        this.written = place;
        this.failingSince = kept.isEmpty() ? null : subscription.failingSince();
        this.failingWritten = subscription.failingSince();
        kept.forEach(this::enqueue);
    }

    long revision() {
        return hold.revision();
    }

    /** No more is sent; it is done with when nothing is under way. */
    void close() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    boolean isIdle() {
        return busy.isEmpty();
    }

    /** Sends what may be sent now: what is due again, on half of the places, then what is new. */
    void pump(Instant now) throws SQLException {
        if (closing) {
            return;
        }
        for (Map.Entry<String, Deque<SubscriptionStore.Kept>> queue : List.copyOf(waiting.entrySet())) {
            if (retrying >= Math.max(1, rules.concurrency() / 2) || busy.size() >= rules.concurrency()) {
                break;
            }
            SubscriptionStore.Kept first = queue.getValue().element();
            Instant due = first.next();
            if (due != null && !due.isAfter(now) && !busy.contains(queue.getKey())) {
                retry(first);
            }
        }
        Optional<Change> next = feed.after(place);
        while (next.isPresent() && takes(next.get())) {
            next = feed.after(place);
        }
    }

    /**
     * Whether the change is dealt with, so that the next one may be looked at. What comes before the last that waits of its unit was
     * dealt with before the place was written down.
     */
    private boolean takes(Change change) throws SQLException {
        Deque<SubscriptionStore.Kept> queue = waiting.get(change.subject());
        boolean dealtWith =
                queue != null && change.sequence() <= queue.getLast().sequence();
        if (!dealtWith && interest.concerns(change)) {
            if (waitingCount >= rules.mostWaiting()
                    || busy.size() >= rules.concurrency()
                    || (queue == null && busy.contains(change.subject()))) {
                return false;
            }
            if (queue != null) {
                keep(new SubscriptionStore.Kept(
                        change.sequence(), change.subject(), "held", 0, null, null, null, null));
            } else {
                unsettled.add(change.sequence());
                send(change, outcome -> settled(change, 0, outcome));
            }
        }
        place = change.sequence();
        return true;
    }

    private void retry(SubscriptionStore.Kept kept) {
        Change change = feed.after(kept.sequence() - 1).orElseThrow();
        retrying++;
        send(change, outcome -> {
            retrying--;
            settled(change, kept.attempts(), outcome);
        });
    }

    /** What is done with an outcome. */
    private interface Settling {
        void with(Outcome outcome) throws SQLException;
    }

    private void send(Change change, Settling settling) {
        busy.add(change.subject());
        attempts.make(change).onSuccess(outcome -> {
            busy.remove(change.subject());
            try {
                settling.with(outcome);
            } catch (SQLException away) {
                // Not written down: whoever serves it next delivers it again.
                closing = true;
            }
        });
    }

    private void settled(Change change, int before, Outcome outcome) throws SQLException {
        if (outcome.isDelivered()) {
            arrived(change);
        } else if (!closing) {
            failed(change, before + 1, outcome);
        }
    }

    private void arrived(Change change) throws SQLException {
        failingSince = null;
        delivered++;
        if (!unsettled.remove(change.sequence())) {
            ledger.arrived(hold, change.sequence());
            advance(change.subject());
        }
    }

    private void failed(Change change, int made, Outcome outcome) throws SQLException {
        Instant now = rules.now();
        Instant since = failingSince == null ? now : failingSince;
        failingSince = since;
        if (outcome.isGone()) {
            disable(Subscription.GONE);
            return;
        }
        Optional<Duration> wait = rules.schedule().after(made, rules.random());
        SubscriptionStore.Kept kept = new SubscriptionStore.Kept(
                change.sequence(),
                change.subject(),
                wait.isPresent() ? "waiting" : "failed",
                made,
                wait.map(now::plus).orElse(null),
                now,
                outcome.status() == 0 ? null : outcome.status(),
                outcome.cause());
        ledger.keep(hold, kept);
        boolean isNew = unsettled.remove(change.sequence());
        if (isNew && wait.isPresent()) {
            enqueue(kept);
        } else if (!isNew && wait.isPresent()) {
            replaceFirst(kept);
        } else if (!isNew) {
            advance(change.subject());
        }
        if (isHopeless(Duration.between(since, now), wait.isEmpty())) {
            disable(Subscription.FAILING);
        } else if (waiting.isEmpty()) {
            failingSince = null;
        }
    }

    /** Who has taken nothing while a delivery went through all its attempts will not take the next one either. */
    private boolean isHopeless(Duration failing, boolean givenUp) {
        return failing.compareTo(rules.patience()) > 0
                || (givenUp && failing.compareTo(rules.schedule().shortest()) > 0);
    }

    private void disable(String reason) throws SQLException {
        writeProgress();
        ledger.disable(hold, reason);
        closing = true;
    }

    private void keep(SubscriptionStore.Kept kept) throws SQLException {
        ledger.keep(hold, kept);
        enqueue(kept);
    }

    private void enqueue(SubscriptionStore.Kept kept) {
        waiting.computeIfAbsent(kept.subject(), subject -> new ArrayDeque<>()).add(kept);
        waitingCount++;
    }

    private void replaceFirst(SubscriptionStore.Kept kept) {
        Deque<SubscriptionStore.Kept> queue = waiting.get(kept.subject());
        if (queue != null) {
            queue.pop();
            queue.push(kept);
        }
    }

    /** The first of the unit's queue is done with: the next one's turn has come. */
    private void advance(String subject) throws SQLException {
        Deque<SubscriptionStore.Kept> queue = waiting.get(subject);
        if (queue == null) {
            return;
        }
        queue.pop();
        waitingCount--;
        SubscriptionStore.Kept next = queue.poll();
        if (next == null) {
            waiting.remove(subject);
            return;
        }
        SubscriptionStore.Kept due = new SubscriptionStore.Kept(
                next.sequence(),
                subject,
                "waiting",
                next.attempts(),
                rules.now(),
                next.last(),
                next.lastStatus(),
                next.cause());
        ledger.keep(hold, due);
        queue.push(due);
    }

    /** How far it has come, if that is not written down yet. */
    Optional<Ledger.Progress> progress() {
        long position = position();
        boolean same = position == written && delivered == 0 && Objects.equals(failingSince, failingWritten);
        return same ? Optional.empty() : Optional.of(new Ledger.Progress(hold, position, delivered, failingSince));
    }

    /** It has been written down. */
    void written(Ledger.Progress progress) {
        written = progress.position();
        delivered -= progress.delivered();
        failingWritten = progress.failingSince();
    }

    private void writeProgress() throws SQLException {
        Optional<Ledger.Progress> progress = progress();
        if (progress.isPresent()) {
            ledger.progress(List.of(progress.get()));
            written(progress.get());
        }
    }

    /** All up to here is dealt with. */
    long position() {
        return unsettled.isEmpty() ? place : unsettled.first() - 1;
    }
}
