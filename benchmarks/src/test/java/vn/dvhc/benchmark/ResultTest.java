package vn.dvhc.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class ResultTest {

    @Test
    void result_isTheMedians_asATableAndAsJson() throws Exception {
        // Given
        Result result = new Result("registry")
                .figure("load_seconds", samples(9, 7, 8), "<= 30")
                .ratio("enact_over_bulk_insert", samples(2.5, 1.5, 2.0004), "<= 3");

        // Then
        JsonNode json = JsonMapper.builder().build().readTree(result.json());
        assertThat(json.path("benchmark").asText()).isEqualTo("registry");
        assertThat(json.path("figures").path("load_seconds").asDouble()).isEqualTo(8);
        assertThat(json.path("ratios").path("enact_over_bulk_insert").asDouble())
                .isEqualTo(2);
        assertThat(result.json()).doesNotContain("\n");
        assertThat(result.table()).hasSize(3);
        assertThat(result.table().get(1)).contains("load_seconds", "8.000", "<= 30", "9.000 7.000 8.000");
    }

    @Test
    void median_isTheMiddle_ofWhatWasMeasured() {
        assertThat(samples(3, 1, 2).median()).isEqualTo(2);
        assertThat(samples(4, 1).median()).isEqualTo(2.5);
        Samples none = new Samples();
        assertThatThrownBy(none::median).isInstanceOf(IllegalStateException.class);
    }

    private static Samples samples(double... values) {
        Samples samples = new Samples();
        for (double value : values) {
            samples.add(value);
        }
        return samples;
    }
}
