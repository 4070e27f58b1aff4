package vn.dvhc.demo.country;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CountryOptionsTest {

    private static final Path DIR = Path.of("dir");

    @Test
    void aMillionRecordsAreMade_whenNothingElseIsGiven() {
        assertThat(CountryOptions.parse(DIR, "--country"))
                .isEqualTo(new CountryOptions(1_000_000, 1, false, false, DIR));
    }

    @Test
    void optionsAreTaken_whenGiven() {
        assertThat(CountryOptions.parse(
                        DIR, "--records", "20000", "--country", "--seed", "-7", "--keep", "--free-ports"))
                .isEqualTo(new CountryOptions(20_000, -7, true, true, DIR));
    }

    @Test
    void refusalSaysWhy_whenAnOptionIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountryOptions.parse(DIR, "--country", "--kill-sync"))
                .withMessageContaining("--kill-sync");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountryOptions.parse(DIR, "--country", "--records"))
                .withMessageContaining("needs a number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountryOptions.parse(DIR, "--country", "--records", "many"))
                .withMessageContaining("many");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountryOptions.parse(DIR, "--country", "--records", "9999"))
                .withMessageContaining("from 20000");
    }
}
