package vn.dvhc.sync.periodic;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PeriodicTasksTest {

    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final long PATIENCE_SECONDS = 20;

    private final PeriodicTasks tasks = new PeriodicTasks();

    @Test
    void rounds_comeOneAfterTheOther_onAThreadOfTheTasksName() throws InterruptedException {
        BlockingQueue<String> rounds = new ArrayBlockingQueue<>(3);
        AtomicInteger round = new AtomicInteger();
        tasks.start("mine", () -> {
            rounds.put(Thread.currentThread().getName() + " " + round.incrementAndGet());
            return round.get() < 3 ? SHORT : FOR_EVER;
        });

        assertThat(next(rounds)).isEqualTo("mine 1");
        assertThat(next(rounds)).isEqualTo("mine 2");
        assertThat(next(rounds)).isEqualTo("mine 3");
        tasks.stop(new ShutdownEvent());
    }

    @Test
    void roundThatThrows_isNotTheLast() throws InterruptedException {
        BlockingQueue<String> rounds = new ArrayBlockingQueue<>(2);
        tasks.start("fails", () -> {
            rounds.put("round");
            throw new IllegalStateException("the first one does");
        });

        assertThat(next(rounds)).isEqualTo("round");
        assertThat(next(rounds)).as("after its rest").isEqualTo("round");
        tasks.stop(new ShutdownEvent());
    }

    @Test
    void stop_endsARest() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        tasks.start("rests", () -> {
            thread.set(Thread.currentThread());
            began.countDown();
            return FOR_EVER;
        });
        assertThat(began.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

        tasks.stop(new ShutdownEvent());

        assertThat(ended(thread.get())).isTrue();
    }

    @Test
    void stop_endsATask_thatTakesTheInterruptionForAFailure() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        tasks.start("swallows", () -> {
            thread.set(Thread.currentThread());
            began.countDown();
            try {
                Thread.sleep(FOR_EVER.toMillis());
            } catch (InterruptedException taken) {
                throw new IllegalStateException("as a pool of connections does", taken);
            }
            return SHORT;
        });
        assertThat(began.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

        tasks.stop(new ShutdownEvent());

        assertThat(ended(thread.get())).isTrue();
    }

    private static String next(BlockingQueue<String> rounds) throws InterruptedException {
        return rounds.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static boolean ended(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return !thread.isAlive();
    }
}
