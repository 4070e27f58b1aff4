package vn.dvhc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistryConfigTest {

    private static final Map<String, String> REQUIRED = Map.of(
            "dvhc.registry.db", "127.0.0.1:5432/registry",
            "dvhc.registry.db-user", "registry",
            "dvhc.registry.db-password", "secret");

    @Test
    void everyDefault_isAsDocumented() {
        RegistryConfig config = config(Map.of());

        assertThat(config.environment()).isEqualTo("production");
        assertThat(config.clockFile()).isEmpty();
        assertThat(config.enactmentInterval()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.refusedRetryInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.batchSize()).isEqualTo(1_000);
        assertThat(config.pageLimit()).isEqualTo(50);
        assertThat(config.pageLimitMax()).isEqualTo(500);
        assertThat(config.assignmentLimit()).isEqualTo(50_000);
        assertThat(config.syncUrl()).isEqualTo(URI.create("http://127.0.0.1:8083"));
        assertThat(config.gatewayUrl()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(config.neighbourTimeout()).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void databaseAndItsSecret_haveNoDefault() {
        assertThatThrownBy(() -> new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withMapping(RegistryConfig.class)
                        .build())
                .hasMessageContaining("dvhc.registry.db ")
                .hasMessageContaining("dvhc.registry.db-user")
                .hasMessageContaining("dvhc.registry.db-password");
    }

    @Test
    void sharedSettings_areTakenOver() {
        RegistryConfig config = config(Map.of("dvhc.environment", "local", "dvhc.clock.file", "/tmp/clock"));

        assertThat(config.environment()).isEqualTo("local");
        assertThat(config.clockFile()).contains(Path.of("/tmp/clock"));
    }

    @Test
    void everyValueOutOfBounds_isTold() {
        assertThatThrownBy(() -> config(Map.of(
                        "dvhc.registry.db", "nonsense",
                        "dvhc.registry.enactment-interval", "1ms",
                        "dvhc.registry.refused-retry-interval", "2h",
                        "dvhc.registry.batch-size", "0",
                        "dvhc.registry.page-limit", "1001",
                        "dvhc.registry.page-limit-max", "0",
                        "dvhc.registry.neighbour-timeout", "2m",
                        "dvhc.registry.assignment-limit", "100001")))
                .isInstanceOfSatisfying(
                        ConfigValidationException.class,
                        invalid -> assertThat(invalid.getProblemCount()).isEqualTo(8));
    }

    @Test
    void clockFile_isRefusedInProduction() {
        assertThatThrownBy(() -> RegisterProducer.clock(Optional.of(Path.of("clock")), "production"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DVHC_CLOCK_FILE");
        assertThat(RegisterProducer.clock(Optional.of(Path.of("clock")), "local"))
                .isNotNull();
    }

    private static RegistryConfig config(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(REQUIRED);
        all.putAll(settings);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(RegistryConfig.class)
                .withValidator(new BeanValidationConfigValidatorImpl())
                .withConverter(Duration.class, 100, RegistryConfigTest::duration)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build();
        return config.getConfigMapping(RegistryConfig.class);
    }

    /** The forms of Quarkus' own converter that are used here. */
    private static Duration duration(String text) {
        if (text.isEmpty()) {
            throw new NoSuchElementException(text);
        }
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.replace("ms", "")))
                : Duration.parse("PT" + text);
    }
}
