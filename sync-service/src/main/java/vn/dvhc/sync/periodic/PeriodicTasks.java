package vn.dvhc.sync.periodic;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** Runs rounds of work one after the other, never two of the same task at once. They end before what they use is shut down. */
@Singleton
public class PeriodicTasks {

    private static final Logger LOG = Logger.getLogger(PeriodicTasks.class);

    private static final Duration AFTER_DEFECT = Duration.ofSeconds(1);

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean stopping;

    /** One round of a task. What it expects to fail it handles itself; anything else it throws is logged, and the next round comes all the same. */
    @FunctionalInterface
    public interface Round {
        /** @return how long to rest before the next */
        Duration run() throws InterruptedException;
    }

    /**
     * Begins at once.
     *
     * @param name of the thread, and in the log
     */
    public void start(String name, Round round) {
        Thread thread = new Thread(() -> repeat(name, round), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        stopping = true;
        threads.forEach(Thread::interrupt);
    }

    private void repeat(String name, Round round) {
        try {
            while (!stopping) {
                Thread.sleep(attempt(name, round).toMillis());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration attempt(String name, Round round) throws InterruptedException {
        try {
            return round.run();
        } catch (RuntimeException defect) {
            if (!stopping) {
                LOG.errorf(defect, "Periodic task failed, to be tried again: task=%s", name);
            }
            return AFTER_DEFECT;
        }
    }
}
