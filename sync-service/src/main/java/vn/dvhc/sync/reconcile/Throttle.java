package vn.dvhc.sync.reconcile;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Keeps one scan below a number of rows a second, and lets others have their turn between any two of its statements. */
final class Throttle {

    private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private final int rowsPerSecond;
    private long lastNanos = System.nanoTime();

    Throttle(int rowsPerSecond) {
        this.rowsPerSecond = rowsPerSecond;
    }

    /** Pauses after a statement that read some rows. */
    void pauseAfter(long rows) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pauseNanos(rows, System.nanoTime() - lastNanos));
        lastNanos = System.nanoTime();
    }

    private long pauseNanos(long rows, long tookNanos) {
        return pauseNanos(rows, rowsPerSecond, tookNanos);
    }

    /** How long to pause so that the rows have taken as long as they may. */
    static long pauseNanos(long rows, int rowsPerSecond, long tookNanos) {
        long due = Math.round(rows * 1e9 / rowsPerSecond);
        return Math.max(SHORTEST_PAUSE_NANOS, due - tookNanos);
    }
}
