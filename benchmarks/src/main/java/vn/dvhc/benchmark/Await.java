package vn.dvhc.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Waits for visible effects. */
public final class Await {

    private Await() {}

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException, SQLException, InterruptedException;
    }

    /** Looks every 50 ms. */
    public static void until(String what, Duration limit, Condition condition)
            throws IOException, InterruptedException {
        until(what, limit, Duration.ofMillis(50), condition);
    }

    public static void until(String what, Duration limit, Duration pause, Condition condition)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.holds()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("after " + limit.toSeconds() + " s still not: " + what);
                }
                Thread.sleep(pause.toMillis());
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(what + ": " + failed.getMessage(), failed);
        }
    }
}
