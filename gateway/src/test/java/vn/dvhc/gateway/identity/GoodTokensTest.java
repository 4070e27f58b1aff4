package vn.dvhc.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class GoodTokensTest {

    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

    private final SetClock clock = new SetClock();
    private final GoodTokens<String> tokens = new GoodTokens<>(clock, 2);

    @Test
    void isRemembered_untilItEnds() {
        tokens.keep("a", "read of a", NOW.plusSeconds(60));

        assertThat(tokens.find("b")).isEmpty();
        clock.now = NOW.plusSeconds(59);
        assertThat(tokens.find("a")).contains("read of a");
        clock.now = NOW.plusSeconds(60);
        assertThat(tokens.find("a")).isEmpty();
    }

    @Test
    void isCheckedAgainAfterSomeMinutes_howeverLongItHolds() {
        tokens.keep("a", "read of a", NOW.plus(Duration.ofDays(1)));

        clock.now = NOW.plusSeconds(299);
        assertThat(tokens.find("a")).isPresent();
        clock.now = NOW.plusSeconds(300);
        assertThat(tokens.find("a")).isEmpty();
    }

    @Test
    void forgetsTheLeastUsed_whenThereAreTooMany() {
        tokens.keep("a", "read of a", NOW.plusSeconds(60));
        tokens.keep("b", "read of b", NOW.plusSeconds(60));
        tokens.find("a");

        tokens.keep("c", "read of c", NOW.plusSeconds(60));

        assertThat(tokens.find("a")).isPresent();
        assertThat(tokens.find("b")).isEmpty();
        assertThat(tokens.find("c")).isPresent();
    }

    /** A clock that stands until it is set. */
    private static final class SetClock extends Clock {

        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
