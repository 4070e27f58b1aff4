package vn.dvhc.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlatformOptionsTest {

    @Test
    void parse_whenOnlyTheFolderIsGiven_takesTheDefaults() {
        PlatformOptions options = PlatformOptions.parse("--dir", "/tmp/x");

        assertThat(options).isEqualTo(PlatformOptions.withDefaultPorts(Path.of("/tmp/x")));
        assertThat(options.parts()).containsExactlyInAnyOrder(PlatformOptions.Part.values());
    }

    @Test
    void parse_whenGivenItsOwnArguments_isTheSame() {
        PlatformOptions options = PlatformOptions.withFreePorts(Path.of("/tmp/x"))
                .withPorts(new Ports(9, 9, 9, 9, 1, 2, 0, 4))
                .withFresh(true)
                .withKeycloak(false)
                .withDetour(new PlatformOptions.Detour(17, 18))
                .withGateway(8443)
                .withParent(OptionalLong.of(17));

        assertThat(PlatformOptions.parse(options.toArguments().toArray(String[]::new)))
                .isEqualTo(options);
    }

    @Test
    void parse_whenConnectAloneIsGivenItsOwnArguments_isTheSame() {
        PlatformOptions options = PlatformOptions.withFreePorts(Path.of("/tmp/x"))
                .withBroker("127.0.0.1:19092")
                .withOnly(Set.of(PlatformOptions.Part.CONNECT));

        assertThat(PlatformOptions.parse(options.toArguments().toArray(String[]::new)))
                .isEqualTo(options);
    }

    @Test
    void parse_whenSomethingIsWrong_saysWhatAndHow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlatformOptions.parse("--dir", "/tmp/x", "--only", "connect"))
                .withMessage("Connect without Kafka needs to be told its broker");
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
