package vn.dvhc.demo;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a visible effect, with a limit. */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Await() {}

    /** @param what completes the sentence «waited 10 minutes for …» */
    public static void until(String what, Callable<Boolean> condition) throws InterruptedException {
        until(what, PAUSE, condition);
    }

    /** @throws IllegalStateException if the condition fails or the time is over */
    public static void until(String what, Duration pause, Callable<Boolean> condition) throws InterruptedException {
        until(what, pause, LIMIT, condition);
    }

    /** @throws IllegalStateException if the condition fails or the time is over */
    public static void until(String what, Duration pause, Duration limit, Callable<Boolean> condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!holds(what, condition)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited " + limit.toMinutes() + " minutes for " + what);
            }
            Thread.sleep(pause.toMillis());
        }
    }

    private static boolean holds(String what, Callable<Boolean> condition) throws InterruptedException {
        try {
            return condition.call();
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception failed) {
            throw new IllegalStateException("while waiting for " + what + ": " + failed.getMessage(), failed);
        }
    }
}
