package vn.dvhc.history.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {

    private static final List<Format> OFFERED = List.of(Format.JSON, Format.CSV);

    @Test
    void takesTheBestThatIsAccepted() {
        assertThat(Format.chosen(null, accept("text/csv", "application/json"), OFFERED))
                .isEqualTo(Format.CSV);
        assertThat(Format.chosen(null, accept("text/html", "*/*"), OFFERED)).isEqualTo(Format.JSON);
        assertThat(Format.chosen(null, accept("text/*"), OFFERED)).isEqualTo(Format.CSV);
        assertThatExceptionOfType(NotAcceptableException.class)
                .isThrownBy(() -> Format.chosen(null, accept("text/html"), OFFERED));
    }

    @Test
    void takesWhatTheAddressSays_whateverIsAccepted() {
        assertThat(Format.chosen("csv", accept("text/html"), OFFERED)).isEqualTo(Format.CSV);
        assertThatExceptionOfType(BadParameterException.class)
                .isThrownBy(() -> Format.chosen("dot", accept("*/*"), OFFERED))
                .withMessageContaining("json, csv");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "deflate, gzip;q=0.5 | true",
                "GZIP | true",
                "* | true",
                "identity | false",
                "gzip;q=0 | false",
                "gzip;q=0.0, * | false",
                "*;q=0 | false",
            })
    void packs_whenTheCallerTakesIt(String header, boolean packed) {
        assertThat(Encodings.acceptsGzip(header)).isEqualTo(packed);
        assertThat(Encodings.acceptsGzip(null)).isFalse();
    }

    private static List<MediaType> accept(String... types) {
        return java.util.Arrays.stream(types).map(MediaType::valueOf).toList();
    }
}
