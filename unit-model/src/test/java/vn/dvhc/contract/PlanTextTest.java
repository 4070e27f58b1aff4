package vn.dvhc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {

    private static final LocalDate DAY = LocalDate.of(2025, 9, 1);
    private static final PlanLine ONE = new PlanLine("00004", "2025-08-31", "person", "ha_noi", 5, 0, 7);
    private static final PlanLine OTHER = new PlanLine("00008", "2025-08-31", "person", "ha_noi", 9, 1, 0);

    @Test
    void digest_isThatOfSha256OverTheText() {
        String text = PlanText.of(DAY, List.of(OTHER, ONE));

        assertThat(text)
                .isEqualTo(
                        "2025-09-01\n00004\t2025-08-31\tperson\tha_noi\t5\t0\t7\n00008\t2025-08-31\tperson\tha_noi\t9\t1\t0");
        assertThat(PlanText.digest(text)).isEqualTo("6013a39a413fac608c9fdee1a0d3b98f2a1cd74bc5e0d3a6722a07867a83eaf6");
        assertThat(PlanText.of(DAY, List.of(ONE, OTHER))).isEqualTo(text);
    }

    @Test
    void lines_areReadBackAsTheyWere() {
        assertThat(PlanText.lines(PlanText.of(DAY, List.of(OTHER, ONE)))).containsExactly(ONE, OTHER);
        assertThat(PlanText.lines(PlanText.of(DAY, List.of()))).isEmpty();
    }

    @Test
    void word_thatCouldBeTwo_isRefused() {
        assertThatThrownBy(() -> new PlanLine("00004", "2025-08-31", "per\tson", "ha_noi", 5, 0, 7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PlanLine.parse("00004\t2025-08-31")).isInstanceOf(IllegalArgumentException.class);
    }
}
