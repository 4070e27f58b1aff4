package vn.dvhc.gateway.limit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What one replica holds of one bucket. A request takes a token that is held; if none is, it waits for the lot that is being fetched;
 * if the bucket was found empty, it is refused at once. A new purse holds a lot on credit, paid with what is fetched first: who comes
 * for the first time does not wait.
 */
final class Purse {

    /** What is not used in this time is forgotten: it has come again in the bucket meanwhile. */
    private static final long LOT_HOLDS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long LOCAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_WAITING = 1_000;

    private final Quota quota;
    private final Deque<Consumer<Verdict>> waiting = new ArrayDeque<>();
    private long held;
    private long owed;
    private long heldUntil;
    private long left;
    private boolean fetching;
    private boolean isEmpty;
    private long emptyUntil;
    private boolean isLocal;
    private long localUntil;
    private double localTokens;
    private long localAt;

    Purse(Quota quota, long now) {
        this.quota = quota;
        this.left = quota.requests();
        this.localTokens = quota.requests();
        this.localAt = now;
        this.held = quota.lot();
        this.owed = quota.lot();
        this.heldUntil = now + LOT_HOLDS_NANOS;
    }

    Quota quota() {
        return quota;
    }

    /**
     * Takes one token.
     *
     * @param told is called at once or by whoever brings the next lot
     * @return how many tokens have to be fetched now; 0 for none
     */
    long take(long now, Consumer<Verdict> told) {
        Verdict verdict;
        long wanted = 0;
        synchronized (this) {
            if (isLocal) {
                verdict = takeLocally(now);
                wanted = localUntil - now <= 0 ? fetch() : 0;
            } else if (holds(now)) {
                held--;
                verdict = passes();
                wanted = owed > 0 || held <= quota.lot() / 2 ? fetch() : 0;
            } else if (isEmpty && emptyUntil - now > 0) {
                verdict = refused();
            } else if (waiting.size() >= MOST_WAITING) {
                verdict = refused();
            } else {
                waiting.add(told);
                return fetch();
            }
        }
        told.accept(verdict);
        return wanted;
    }

    /** Whether a token that is asked for now is refused at once; takes none. */
    synchronized boolean refuses(long now) {
        return isLocal ? refilled(now) < 1 : !holds(now) && isEmpty && emptyUntil - now > 0;
    }

    private boolean holds(long now) {
        if (heldUntil - now <= 0) {
            held = 0;
        }
        return held > 0;
    }

    private long fetch() {
        if (fetching || (isEmpty && held > 0)) {
            return 0;
        }
        fetching = true;
        return Math.min(quota.lot() + waiting.size() + owed, quota.requests());
    }

    /**
     * Brings what was fetched.
     *
     * @param granted of what was wanted
     * @param inBucket what is left there
     * @return how many tokens have to be fetched at once for those who still wait
     */
    long bring(long now, long wanted, long granted, long inBucket) {
        List<Runnable> told = new ArrayList<>();
        long more = 0;
        synchronized (this) {
            fetching = false;
            isLocal = false;
            long paid = Math.min(owed, granted);
            owed -= paid;
            held = (holds(now) ? held : 0) + granted - paid;
            heldUntil = now + LOT_HOLDS_NANOS;
            left = inBucket;
            isEmpty = granted < wanted;
            emptyUntil = now + restNanos();
            while (!waiting.isEmpty() && (held > 0 || isEmpty)) {
                Consumer<Verdict> next = waiting.remove();
                if (held > 0) {
                    held--;
                    Verdict verdict = passes();
                    told.add(() -> next.accept(verdict));
                } else {
                    told.add(() -> next.accept(refused()));
                }
            }
            if (!waiting.isEmpty()) {
                more = fetch();
            }
        }
        told.forEach(Runnable::run);
        return more;
    }

    /** There is nobody to fetch from: the replica counts for itself until a later fetch goes well, and nobody waits for that one. */
    void bringNone(long now) {
        List<Runnable> told = new ArrayList<>();
        synchronized (this) {
            fetching = false;
            isLocal = true;
            localUntil = now + LOCAL_NANOS;
            while (!waiting.isEmpty()) {
                Consumer<Verdict> next = waiting.remove();
                Verdict verdict = takeLocally(now);
                told.add(() -> next.accept(verdict));
            }
        }
        told.forEach(Runnable::run);
    }

    /** An empty bucket is asked again when it may have a token, but not more often than it makes sense to. */
    private long restNanos() {
        double perSecond = quota.perSecond();
        long one = perSecond == 0 ? LONGEST_REST_NANOS : (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        return Math.max(TimeUnit.MILLISECONDS.toNanos(20), Math.min(LONGEST_REST_NANOS, one));
    }

    private Verdict takeLocally(long now) {
        localTokens = refilled(now);
        localAt = now;
        if (localTokens < 1) {
            return refused();
        }
        localTokens -= 1;
        return new Verdict(true, (long) localTokens, 0);
    }

    private double refilled(long now) {
        double came = (double) (now - localAt) / TimeUnit.SECONDS.toNanos(1) * quota.perSecond();
        return Math.min(quota.requests(), localTokens + came);
    }

    private Verdict passes() {
        return new Verdict(true, held + left, 0);
    }

    private Verdict refused() {
        double perSecond = quota.perSecond();
        long seconds = perSecond == 0 ? quota.window().toSeconds() : (long) Math.ceil(1 / perSecond);
        return new Verdict(false, 0, Math.max(1, seconds));
    }
}
