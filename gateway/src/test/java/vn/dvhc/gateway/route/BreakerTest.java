package vn.dvhc.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final AtomicLong now = new AtomicLong();
    private final Breaker breaker = new Breaker("history", 3, Duration.ofSeconds(2), now::get);

    @Test
    void leavesTheServiceAlone_afterFailuresInARow() {
        breaker.failed();
        breaker.failed();
        assertThat(breaker.mayPass()).isTrue();
        breaker.failed();

        assertThat(breaker.mayPass()).isFalse();
        now.addAndGet(Duration.ofMillis(1_999).toNanos());
        assertThat(breaker.mayPass()).isFalse();
    }

    @Test
    void sendsOneAfterTheRest_andAllOnceThatWentWell() {
        for (int i = 0; i < 3; i++) {
            breaker.failed();
        }
        now.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(breaker.mayPass()).isTrue();
        assertThat(breaker.mayPass()).as("one only").isFalse();
        breaker.failed();
        assertThat(breaker.mayPass()).as("again for a rest").isFalse();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(breaker.mayPass()).isTrue();
        breaker.succeeded();
        assertThat(breaker.mayPass()).isTrue();
        assertThat(breaker.mayPass()).isTrue();
    }

    @Test
    void forgetsFailures_whenOneWentWellBetweenThem() {
        for (int i = 0; i < 10; i++) {
            breaker.failed();
            breaker.failed();
            breaker.succeeded();
        }

        assertThat(breaker.mayPass()).isTrue();
    }
}
