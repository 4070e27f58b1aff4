package vn.dvhc.demo.traffic;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import vn.dvhc.unit.Unit;

/**
 * People who look units up without pause. Every answer is checked: it must be right before midnight or after it, and once
 * somebody was told of the reform, nobody who asks later may be told of the time before.
 */
public final class Citizens {

    private static final int USERS = 3;
    private static final Duration THINK = Duration.ofMillis(20);
    private static final int FAILURES_TOLD = 10;

    private final LookupClient client;
    private final List<Unit> units;
    private final ConcurrentHistogram micros = new ConcurrentHistogram(3);
    private final LongAdder served = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder answeredAfter = new LongAdder();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong toldOfReform = new AtomicLong(Long.MAX_VALUE);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** @param units that they ask about, as they were on the eve */
    public Citizens(LookupClient client, List<Unit> units, long seed) {
        this.client = client;
        this.units = List.copyOf(units);
        SplittableRandom random = new SplittableRandom(seed);
        for (int user = 0; user < USERS; user++) {
            SplittableRandom own = random.split();
            Thread thread = new Thread(() -> lookUp(own), "citizen-" + user);
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    public void start() {
        threads.forEach(Thread::start);
    }

    public void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Answers that came and were right. */
    public long served() {
        return served.sum();
    }

    /** Answers that did not come or were wrong. */
    public long failed() {
        return failed.sum();
    }

    /** Right answers that could only be given after the reform. */
    public long answeredAfter() {
        return answeredAfter.sum();
    }

    /** The first failures, in words. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** In microseconds. */
    public Histogram latency() {
        return micros;
    }

    private void lookUp(SplittableRandom random) {
        while (!stopped) {
            Question question = Question.any(units.get(random.nextInt(units.size())), random);
            long start = System.nanoTime();
            try {
                LookupClient.Answer answer = client.ask(question);
                long end = System.nanoTime();
                micros.recordValue((end - start) / 1_000);
                judge(question, answer, start, end);
            } catch (IOException unanswered) {
                fail(question.path() + " -> " + unanswered);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
            LockSupport.parkNanos(THINK.toNanos());
        }
    }

    private void judge(Question question, LookupClient.Answer answer, long start, long end) {
        switch (answer.side()) {
            case EITHER -> served.increment();
            case AFTER -> {
                toldOfReform.accumulateAndGet(end, Math::min);
                answeredAfter.increment();
                served.increment();
            }
            case BEFORE -> {
                if (start > toldOfReform.get()) {
                    fail(question.path() + " -> back before the reform: " + LookupClient.abbreviated(answer.said()));
                } else {
                    served.increment();
                }
            }
            case NEITHER -> fail(question.path() + " -> " + LookupClient.abbreviated(answer.said()));
        }
    }

    private void fail(String failure) {
        failed.increment();
        if (failures.size() < FAILURES_TOLD) {
            failures.add(failure);
        }
    }
}
