package vn.dvhc.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PursesTest {

    private static final Quota QUOTA = new Quota("client", 1_000, Duration.ofMinutes(10), true);
    private static final String KEY = "client a";

    private final AtomicLong now = new AtomicLong();
    private final InMemoryBuckets buckets = new InMemoryBuckets(now::get);
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final Purses one = replica();
    private final Purses two = replica();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void letsAsManyPassAsTheQuotaSays_overTwoReplicas(long seed) {
        // Given: two replicas, used unevenly, whose lots come now and then
        Random random = new Random(seed);
        List<Verdict> told = new ArrayList<>();

        // When
        for (int i = 0; i < 3_000; i++) {
            (random.nextInt(10) < 7 ? one : two).take(KEY, QUOTA, told::add);
            if (random.nextInt(5) == 0) {
                work();
            }
        }
        work();

        // Then
        assertThat(told).hasSize(3_000);
        assertThat(passed(told)).isBetween(980L, 1_020L);
        assertThat(told.get(2_999).waitSeconds()).isEqualTo(1);
    }

    @Test
    void letsPassAtTheRateOfTheQuota_inTheLongRun() {
        List<Verdict> told = new ArrayList<>();

        // When: ten times as much as the quota, for an hour
        for (int second = 0; second < 3_600; second++) {
            for (int i = 0; i < 16; i++) {
                (i % 3 == 0 ? one : two).take(KEY, QUOTA, told::add);
                work();
            }
            now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }

        // Then: what was in the bucket and what came in six windows
        assertThat(passed(told)).isBetween(6_860L, 7_140L);
    }

    @Test
    void asksTheBucketsSeldom_andNobodyWaits_whileMuchIsLeft() {
        List<Verdict> told = new ArrayList<>();

        for (int i = 0; i < 500; i++) {
            one.take(KEY, QUOTA, told::add);
            assertThat(told).as("at once").hasSize(i + 1);
            work();
        }

        assertThat(passed(told)).isEqualTo(500);
        assertThat(buckets.calls()).isLessThan(120);
        assertThat(told.get(499).remaining()).isBetween(480L, 500L);
    }

    @Test
    void letsWait_whenTheLotIsUsedUpBeforeTheNextIsThere() {
        List<Verdict> told = new ArrayList<>();

        for (int i = 0; i < 50; i++) {
            one.take(KEY, QUOTA, told::add);
        }
        assertThat(told).hasSize(10);
        work();

        assertThat(passed(told)).isEqualTo(50);
    }

    @Test
    void fetchesForManyAtOnce() {
        for (int i = 0; i < 200; i++) {
            one.take(
                    "from 10.0.0." + i,
                    QUOTA,
                    verdict -> assertThat(verdict.passes()).isTrue());
        }

        work();

        assertThat(buckets.calls()).isEqualTo(1);
    }

    @Test
    void countsForItself_whenTheBucketsAreAway_andTogetherAgainAfterwards() {
        // Given
        List<Verdict> told = new ArrayList<>();
        buckets.away(true);

        // When
        for (int i = 0; i < 2_000; i++) {
            one.take(KEY, QUOTA, told::add);
            work();
        }

        // Then: the quota and the lot on credit, and the rest is told when to come
        assertThat(passed(told)).isBetween(1_000L, 1_010L);
        assertThat(told.get(1_999).passes()).isFalse();
        assertThat(buckets.calls()).as("not asked again at once").isLessThan(5);

        buckets.away(false);
        now.addAndGet(TimeUnit.SECONDS.toNanos(6));
        told.clear();
        one.take(KEY, QUOTA, told::add);
        work();
        assertThat(passed(told)).isEqualTo(1);
    }

    @Test
    void letsNobodyWait_onceTheBucketsAreKnownToBeAway() {
        // Given
        List<Verdict> told = new ArrayList<>();
        buckets.away(true);
        one.take(KEY, QUOTA, told::add);
        work();

        // When: others come, and the same one while it is tried again
        one.take("client b", QUOTA, told::add);
        now.addAndGet(TimeUnit.SECONDS.toNanos(6));
        for (int i = 0; i < 20; i++) {
            one.take(KEY, QUOTA, told::add);
        }

        // Then: told before anybody worked
        assertThat(passed(told)).isEqualTo(22);
        assertThat(buckets.calls()).isEqualTo(1);
    }

    @Test
    void knowsWhatIsRefused_withoutTakingAny() {
        List<Verdict> told = new ArrayList<>();
        assertThat(one.refuses(KEY)).as("never seen").isFalse();

        while (!one.refuses(KEY)) {
            one.take(KEY, QUOTA, told::add);
            work();
            assertThat(told).hasSizeLessThan(1_100);
        }
        assertThat(passed(told)).isBetween(1_000L, 1_020L);
        one.take(KEY, QUOTA, told::add);
        assertThat(told.get(told.size() - 1).passes()).isFalse();
        now.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(one.refuses(KEY)).as("some have come again").isFalse();

        buckets.away(true);
        while (!one.refuses("client b")) {
            one.take("client b", QUOTA, told::add);
            work();
            assertThat(told).hasSizeLessThan(2_200);
        }
        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(one.refuses("client b")).as("the buckets are away").isFalse();
    }

    @Test
    void keepsTheWindowsOfADayApart() {
        Quota day = new Quota("day", 100, Duration.ofDays(1), false);
        List<Verdict> told = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            one.take(KEY + " day 1", day, told::add);
            work();
        }
        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        one.take(KEY + " day 1", day, told::add);
        work();
        assertThat(passed(told)).isBetween(100L, 101L);

        one.take(KEY + " day 2", day, told::add);
        assertThat(told.get(201).passes()).isTrue();
    }

    private Purses replica() {
        return new Purses(buckets, later::add, now::get, 1_000);
    }

    private void work() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    private static long passed(List<Verdict> told) {
        return told.stream().filter(Verdict::passes).count();
    }
}
