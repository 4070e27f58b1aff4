package vn.dvhc.history.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.unit.UnitCode;

class ParametersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2025-7-1",
                "2025-02-30",
                "2025-13-01",
                "01/07/2025",
                "+12025-07-01",
                "2025-07-01T00:00",
                "hôm nay"
            })
    void refusesWhatIsNoDate(String text) {
        assertThatExceptionOfType(BadParameterException.class)
                .isThrownBy(() -> Parameters.date("at", text))
                .withMessageContaining("2025-07-01")
                .satisfies(bad -> assertThat(bad.parameter()).isEqualTo("at"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "4", "0004", "000004", "0000x", "٠٠٠٠٤", "1234", " 00004"})
    void refusesWhatIsNoCode(String text) {
        assertThatExceptionOfType(BadParameterException.class).isThrownBy(() -> Parameters.code(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1001", "many", "99999999999"})
    void refusesALimitOutOfBounds(String text) {
        assertThatExceptionOfType(BadParameterException.class)
                .isThrownBy(() -> Parameters.limit(text, 100, 1000))
                .withMessageContaining("1000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-25",
                "2026-11-25T08:00:00",
                "2026-11-25T08:00Z",
                "2026-02-30T08:00:00Z",
                "2026-11-25T25:00:00Z",
                "2026-11-25T08:00:00 07:00",
                "1764057600",
                "hôm nay"
            })
    void refusesWhatIsNoMoment(String text) {
        assertThatExceptionOfType(BadParameterException.class)
                .isThrownBy(() -> Parameters.moment("knownAt", text))
                .withMessageContaining("RFC 3339");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-25T08:00:00Z", "2026-11-25t08:00:00.000000z", "2026-11-25T15:00:00+07:00"})
    void readsAMoment(String text) {
        assertThat(Parameters.moment("knownAt", text)).isEqualTo("2026-11-25T08:00:00Z");
    }

    @Test
    void readsWhatItWrote_whenACursorComesBack() {
        Cursor cursor = new Cursor(LocalDate.of(2025, 7, 1), UnitCode.of("00004"));

        assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!", "MjAyNQ", "MjAyNS0wNy0wMQ", "eCB5"})
    void refusesACursorItNeverGaveOut(String text) {
        assertThatExceptionOfType(BadParameterException.class).isThrownBy(() -> Cursor.parse(text));
    }
}
