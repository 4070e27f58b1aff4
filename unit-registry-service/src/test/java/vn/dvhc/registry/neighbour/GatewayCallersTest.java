package vn.dvhc.registry.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.dvhc.registry.impact.Answer;
import vn.dvhc.registry.impact.Caller;

class GatewayCallersTest {

    @Test
    void callerSeenInTwoPieces_isOne() {
        Instant late = Instant.parse("2026-11-24T01:00:00Z");

        Answer<Caller> joined = GatewayCallers.join(
                Answer.of(
                        List.of(caller("tax", "00016", 3, late, "/v1/units/00016"), caller("bank", "00017", 1, null))),
                Answer.of(List.of(caller("tax", "00018", 4, late.minusSeconds(60), "/v1/units/00018"))));

        assertThat(joined.lacking()).isNull();
        assertThat(joined.items())
                .containsExactly(
                        new Caller(
                                "tax",
                                List.of("00016", "00018"),
                                7,
                                late,
                                List.of("/v1/units/00016", "/v1/units/00018")),
                        caller("bank", "00017", 1, null));
    }

    private static Caller caller(
            String name, String code, long requests, @Nullable Instant lastSeen, String... examples) {
        return new Caller(name, List.of(code), requests, lastSeen, List.of(examples));
    }
}
