package vn.dvhc.demo.country;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import vn.dvhc.demo.Await;
import vn.dvhc.demo.Progress;

/** Waits long, and takes a question that was not answered for no answer: the machine may be at its limit for a while. */
record Patience(Progress progress) {

    private static final Duration LOOK = Duration.ofSeconds(3);

    /** A million records take some minutes; several million some tens of them. */
    private static final Duration LIMIT = Duration.ofHours(1);

    /** @throws IllegalStateException if the condition fails other than by an unanswered question, or the time is over */
    void until(String what, Callable<Boolean> condition) throws InterruptedException {
        Await.until(what, LOOK, LIMIT, () -> {
            try {
                return condition.call();
            } catch (IOException unanswered) {
                progress.tick("no answer: " + unanswered.getMessage());
                return false;
            }
        });
    }
}
