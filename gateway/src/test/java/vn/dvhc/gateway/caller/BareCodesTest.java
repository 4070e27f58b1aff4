package vn.dvhc.gateway.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BareCodesTest {

    private static final Instant NOON = Instant.parse("2025-06-30T05:00:00Z");

    private final BareCodes codes = new BareCodes(3);

    @Test
    void users_areCountedByCaller_overTheCodesInQuestion() {
        // Given
        codes.note("tỉnh A", "10507", NOON);
        codes.note("tỉnh A", "10507", NOON.plusSeconds(2));
        codes.note("tỉnh A", "318", NOON.plusSeconds(1));
        codes.note("tỉnh B", "10507", NOON);

        // Then
        assertThat(codes.users(Set.of("10507", "318", "01")))
                .containsExactly(
                        new BareCodes.Caller("tỉnh A", 2, 3, NOON.plusSeconds(2), List.of("10507", "318")),
                        new BareCodes.Caller("tỉnh B", 1, 1, NOON, List.of("10507")));
        assertThat(codes.users(Set.of("01"))).isEmpty();
    }

    @Test
    void whatWasNotAskedForLongest_isForgotten_whenMemoryIsFull() {
        // Given
        codes.note("a", "01", NOON);
        codes.note("a", "02", NOON);
        codes.note("a", "04", NOON);

        // When
        codes.note("a", "01", NOON);
        codes.note("a", "06", NOON);

        // Then
        assertThat(codes.users(Set.of("01", "02", "04", "06")))
                .singleElement()
                .satisfies(caller -> assertThat(caller.examples()).containsExactly("01", "04", "06"));
    }

    @Test
    void examples_areTheTenUsedMost() {
        BareCodes many = new BareCodes(100);
        for (int code = 10; code < 30; code++) {
            for (int times = 0; times < code; times++) {
                many.note("a", Integer.toString(code), NOON);
            }
        }

        BareCodes.Caller caller = many.users(Set.of("10", "19", "20", "29")).get(0);

        assertThat(caller.codes()).isEqualTo(4);
        assertThat(caller.examples()).containsExactly("29", "20", "19", "10");
    }
}
