package vn.dvhc.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PlatformOptionsTest {

    @Test
    void parse_whenOnlyTheFolderIsGiven_takesTheDefaults() {
        PlatformOptions options = PlatformOptions.parse("--dir", "/tmp/x");

        assertThat(options)
                .isEqualTo(new PlatformOptions(
                        Path.of("/tmp/x"), 15432, 19092, 18083, 18180, false, true, OptionalLong.empty()));
    }

    @Test
    void parse_whenGivenItsOwnArguments_isTheSame() {
        PlatformOptions options = new PlatformOptions(Path.of("/tmp/x"), 1, 2, 0, 4, true, false, OptionalLong.of(17));

        assertThat(PlatformOptions.parse(options.toArguments().toArray(String[]::new)))
                .isEqualTo(options);
    }

    @Test
    void parse_whenSomethingIsWrong_saysWhatAndHow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlatformOptions.parse("--fresh"))
                .withMessageStartingWith("--dir is missing; usage:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlatformOptions.parse("--dir", "/tmp/x", "--kafka"))
                .withMessageStartingWith("unknown argument --kafka; usage:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlatformOptions.parse("--dir"))
                .withMessageStartingWith("--dir needs a value; usage:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlatformOptions.parse("--dir", "/tmp/x", "--kafka-port", "70000"))
                .withMessage("not a port: 70000");
    }
}
