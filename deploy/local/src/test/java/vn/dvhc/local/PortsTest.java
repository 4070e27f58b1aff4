package vn.dvhc.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void fromEnvironment_whenNothingIsSet_areTheDocumentedOnes() {
        assertThat(Ports.fromEnvironment(Map.of()))
                .isEqualTo(new Ports(8080, 8081, 8082, 8083, 15432, 19092, 18083, 18180));
    }

    @Test
    void fromEnvironment_whenSet_changesThatPortOnly() {
        assertThat(Ports.fromEnvironment(Map.of("DVHC_SYNC_PORT", "9083", "DVHC_KEYCLOAK_PORT", " ")))
                .isEqualTo(new Ports(8080, 8081, 8082, 9083, 15432, 19092, 18083, 18180));
    }

    @Test
    void fromEnvironment_whenNotAPort_namesTheVariable() {
        for (String value : Set.of("0", "65536", "-1", "http")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Ports.fromEnvironment(Map.of("DVHC_KAFKA_PORT", value)))
                    .withMessage("DVHC_KAFKA_PORT is not a port: " + value);
        }
    }

    @Test
    void free_givesEightDifferentPorts() {
        Ports ports = Ports.free();

        assertThat(Set.of(
                        ports.gateway(),
                        ports.registry(),
                        ports.history(),
                        ports.sync(),
                        ports.postgres(),
                        ports.kafka(),
                        ports.connect(),
                        ports.keycloak()))
                .hasSize(8);
    }
}
