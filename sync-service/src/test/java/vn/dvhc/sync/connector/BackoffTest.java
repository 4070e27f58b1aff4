package vn.dvhc.sync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Instant START = Instant.parse("2025-06-30T00:00:00Z");

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    @Test
    void failed_triesAgainLaterEachTime_butNeverLaterThanTheLongest() {
        List<Integer> tries = new ArrayList<>();
        for (int second = 0; second < 40; second++) {
            if (backoff.failed(START.plusSeconds(second))) {
                tries.add(second);
            }
        }
        assertThat(tries).containsExactly(1, 3, 7, 15, 25, 35);
        assertThat(backoff.attempts()).isEqualTo(6);
        assertThat(backoff.nextAt()).isEqualTo(START.plusSeconds(45));
    }

    @Test
    void runs_forgetsFailures_onlyAfterItWentWellForLong() {
        backoff.failed(START);
        backoff.failed(START.plusSeconds(1));

        backoff.runs(START.plusSeconds(2));
        assertThat(backoff.attempts()).isEqualTo(1);
        assertThat(backoff.nextAt()).as("it does not wait while it runs").isNull();

        backoff.runs(START.plusSeconds(12));
        assertThat(backoff.attempts()).isZero();
    }
}
