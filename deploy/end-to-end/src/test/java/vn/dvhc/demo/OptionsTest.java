package vn.dvhc.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final Path DIR = Path.of("dir");

    @Test
    void defaultsAreTheIssuesOwn_whenNothingIsGiven() {
        assertThat(Options.parse(DIR)).isEqualTo(new Options(100_000, 1, false, false, false, DIR));
    }

    @Test
    void optionsAreTaken_whenGiven() {
        assertThat(Options.parse(DIR, "--records", "20000", "--seed", "-7", "--keep", "--kill-sync", "--free-ports"))
                .isEqualTo(new Options(20_000, -7, true, true, true, DIR));
    }

    @Test
    void refusalSaysWhy_whenAnOptionIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(DIR, "--record", "5"))
                .withMessageContaining("--record");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(DIR, "--records"))
                .withMessageContaining("needs a number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(DIR, "--records", "many"))
                .withMessageContaining("many");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(DIR, "--records", "0"))
                .withMessageContaining("from 100");
    }
}
