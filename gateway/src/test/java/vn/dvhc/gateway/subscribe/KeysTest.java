package vn.dvhc.gateway.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeysTest {

    private static final byte[] CURRENT = {1};
    private static final byte[] FORMER = {2};
    private static final Instant UNTIL = Instant.parse("2026-11-27T00:00:00Z");

    @Test
    void signsWithTheFormerSecretToo_untilItsTimeIsOver() {
        PostOffice.Keys keys = new PostOffice.Keys(CURRENT, FORMER, UNTIL);

        assertThat(keys.counting(UNTIL.minusNanos(1))).containsExactly(CURRENT, FORMER);
        assertThat(keys.counting(UNTIL)).containsExactly(CURRENT);
        assertThat(keys.counting(UNTIL.plusSeconds(1))).containsExactly(CURRENT);
    }

    @Test
    void signsWithOne_whenThereIsNoFormer() {
        assertThat(new PostOffice.Keys(CURRENT, null, null).counting(UNTIL)).containsExactly(CURRENT);
    }
}
