package vn.dvhc.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    @Test
    void pause_makesUpWhatTheRowsShouldHaveTaken() {
        assertThat(Throttle.pauseNanos(10_000, 100_000, Duration.ofMillis(40).toNanos()))
                .isEqualTo(Duration.ofMillis(60).toNanos());
    }

    @Test
    void pause_isNeverLeftOut() {
        assertThat(Throttle.pauseNanos(10, 1_000_000, Duration.ofSeconds(1).toNanos()))
                .isEqualTo(Duration.ofMillis(1).toNanos());
    }

    @Test
    void statements_growAndShrinkTowardsAQuarterOfASecond() {
        assertThat(End.nextPages(2048, Duration.ofMillis(10).toNanos())).isEqualTo(4096);
        assertThat(End.nextPages(2048, Duration.ofMillis(250).toNanos())).isEqualTo(2048);
        assertThat(End.nextPages(2048, Duration.ofSeconds(5).toNanos())).isEqualTo(1024);
        assertThat(End.nextPages(128, Duration.ofSeconds(5).toNanos())).isEqualTo(128);
        assertThat(End.nextPages(65_536, 1)).isEqualTo(65_536);
    }
}
