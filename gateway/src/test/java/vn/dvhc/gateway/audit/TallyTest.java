package vn.dvhc.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final Instant AT = Instant.parse("2025-07-01T00:00:00Z");

    @Test
    void flood_isOneForEachConsumer() {
        Tally tally = new Tally(10);
        for (int i = 0; i < 1_000; i++) {
            tally.add(refusal(AT.plusSeconds(i), "s-1"));
        }
        tally.add(refusal(AT, "s-2"));

        assertThat(tally.take()).isEqualTo(Map.of(refusal(AT, "s-1"), 1_000L, refusal(AT, "s-2"), 1L));
        assertThat(tally.take()).isEmpty();
    }

    @Test
    void growsNoFurther_whateverComes() {
        Tally tally = new Tally(10);
        for (int i = 0; i < 1_000; i++) {
            tally.add(refusal(AT.plusSeconds(i), "s-" + i));
        }

        Map<DoorEvent, Long> taken = tally.take();
        assertThat(taken)
                .hasSize(11)
                .containsEntry(refusal(AT.plusSeconds(10), "?").ofNobody(), 990L);
        assertThat(taken.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1_000);
    }

    private static DoorEvent refusal(Instant at, String who) {
        return new DoorEvent(
                at, DoorEvent.Outcome.REFUSED, who, "console", "VN", "", "?", "", 429, "too-many-requests");
    }
}
