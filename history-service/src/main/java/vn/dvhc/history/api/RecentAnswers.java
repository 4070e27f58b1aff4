package vn.dvhc.history.api;

import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Short answers as they were last given, within a bound of memory and without a lock for readers: once those given lately
 * fill half of it, the others are forgotten.
 */
final class RecentAnswers {

    /** What an entry takes beside its bytes. */
    private static final int OVERHEAD = 200;

    private final long half;
    private final AtomicLong size = new AtomicLong();
    private volatile Map<Key, Answer> lately = new ConcurrentHashMap<>();
    private volatile Map<Key, Answer> before = Map.of();

    /** @param bound in bytes */
    RecentAnswers(long bound) {
        this.half = bound / 2;
    }

    private record Key(String code, LocalDate at, LocalDate on) {}

    /** @param closed whether no later enactment can change it */
    record Answer(byte[] body, boolean closed) {}

    @Nullable
    Answer find(String code, LocalDate at, LocalDate on) {
        Key key = new Key(code, at, on);
        Answer answer = lately.get(key);
        if (answer == null) {
            answer = before.get(key);
            if (answer != null) {
                keep(key, answer);
            }
        }
        return answer;
    }

    Answer keep(String code, LocalDate at, LocalDate on, Answer answer) {
        keep(new Key(code, at, on), answer);
        return answer;
    }

    private void keep(Key key, Answer answer) {
        if (lately.putIfAbsent(key, answer) == null && size.addAndGet(answer.body.length + OVERHEAD) > half) {
            startAnew();
        }
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
