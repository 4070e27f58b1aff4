package vn.dvhc.history.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Short answers as they were last given, within a bound of memory and without a lock for readers: once those given lately
 * fill half of it, the others are forgotten.
 */
final class RecentAnswers<K> {

    /** What an entry takes beside its bytes; keys are short. */
    private static final int OVERHEAD = 400;

    private final long half;
    private final AtomicLong size = new AtomicLong();
    private volatile Map<K, Answer> lately = new ConcurrentHashMap<>();
    private volatile Map<K, Answer> before = Map.of();

    /** @param bound in bytes */
    RecentAnswers(long bound) {
        this.half = bound / 2;
    }

    /**
     * @param closed whether no later enactment can change it
     * @param link the Link header; null if there is none
     */
    record Answer(byte[] body, boolean closed, @Nullable String link) {}

    @Nullable
    Answer find(K key) {
        Answer answer = lately.get(key);
        if (answer == null) {
            answer = before.get(key);
            if (answer != null) {
                keep(key, answer);
            }
        }
        return answer;
    }

    Answer keep(K key, Answer answer) {
        if (lately.putIfAbsent(key, answer) == null && size.addAndGet(answer.body.length + OVERHEAD) > half) {
            startAnew();
        }
        return answer;
    }

    private synchronized void startAnew() {
        if (size.get() > half) {
            before = lately;
            lately = new ConcurrentHashMap<>();
            size.set(0);
        }
    }

    /** Answers kept. */
    int count() {
        return lately.size() + before.size();
    }
}
