package vn.dvhc.gateway.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private final RetrySchedule schedule =
            new RetrySchedule(List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(5)));

    @Test
    void waitsLonger_withEachAttempt() {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            assertThat(schedule.after(1, random).orElseThrow())
                    .isBetween(Duration.ofMillis(4500), Duration.ofMillis(5500));
            assertThat(schedule.after(2, random).orElseThrow())
                    .isBetween(Duration.ofSeconds(270), Duration.ofSeconds(330));
        }
    }

    @Test
    void givesUp_afterTheLast() {
        assertThat(schedule.after(3, new Random(7))).isEmpty();
    }

    @Test
    void knowsHowLongAllAttemptsTakeAtTheLeast() {
        Random random = new Random(7);

        assertThat(schedule.shortest()).isEqualTo(Duration.ofMillis(274_500));
        for (int i = 0; i < 1000; i++) {
            Duration all = schedule.after(1, random)
                    .orElseThrow()
                    .plus(schedule.after(2, random).orElseThrow());
            assertThat(all).isGreaterThanOrEqualTo(schedule.shortest());
        }
    }

    @Test
    void doesNotLetAllComeBackAtOnce() {
        Random random = new Random(7);

        assertThat(schedule.after(2, random)).isNotEqualTo(schedule.after(2, random));
    }
}
