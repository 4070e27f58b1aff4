package vn.dvhc.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.dvhc.time.BusinessClock;

class HistoryConfigTest {

    @TempDir
    Path folder;

    @Test
    void isProductionWithTheRealClock_whenNothingIsSet() throws IOException {
        // Given
        HistoryConfig config = read(Map.of());

        // Then
        assertThat(config.environment()).isEqualTo("production");
        assertThat(config.clockFile()).isEmpty();
        assertThat(config.page().defaultLimit()).isEqualTo(100);
        assertThat(config.page().maxLimit()).isEqualTo(1000);
        assertThat(config.rendered().maxSize().asLongValue()).isEqualTo(16 * 1024 * 1024);
        assertThat(config.rendered().maxSuccessors().asLongValue()).isEqualTo(12 * 1024 * 1024);
        assertThat(config.rendered().maxSearches().asLongValue()).isEqualTo(16 * 1024 * 1024);
        assertThat(config.rebase().maxValues()).isEqualTo(20_000);
        assertThat(config.changes().defaultLimit()).isEqualTo(1000);
        assertThat(config.changes().maxLimit()).isEqualTo(5000);
        assertThat(config.lineage().maxUnits()).isEqualTo(500);
        assertThat(config.measuringStick()).isFalse();
        assertThat(config.search().maxLength()).isEqualTo(200);
        assertThat(config.search().defaultLimit()).isEqualTo(20);
        assertThat(config.search().maxLimit()).isEqualTo(100);
        assertThat(config.past().kept()).isEqualTo(4);
        assertThat(config.convert().maxItems()).isEqualTo(10_000);
        assertThat(config.convert().maxCodes()).isEqualTo(100_000);
        assertThat(config.convert().maxStreams()).isEqualTo(4);
        assertThat(config.maxBodySize().asLongValue()).isEqualTo(8 * 1024 * 1024);
        assertThat(config.maxLargeBodies()).isEqualTo(3);
    }

    @Test
    void refusesToStart_whenProductionIsGivenAClockFile() throws IOException {
        // Given
        HistoryConfig config =
                read(Map.of("DVHC_CLOCK_FILE", folder.resolve("clock").toString()));

        // Then
        assertThatIllegalStateException()
                .isThrownBy(() -> new HistoryWiring().businessClock(config))
                .withMessageContaining("DVHC_ENVIRONMENT=local");
    }

    @Test
    void followsTheClockFile_whenLocal() throws IOException {
        // Given
        Path file = folder.resolve("clock");
        BusinessClock.set(file, Instant.parse("2025-06-30T16:30:00Z"));
        HistoryConfig config = read(Map.of("DVHC_CLOCK_FILE", file.toString(), "DVHC_ENVIRONMENT", "local"));

        // Then
        assertThat(new HistoryWiring().businessClock(config).today()).isEqualTo("2025-06-30");
    }

    private static HistoryConfig read(Map<String, String> environment) throws IOException {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withSources(
                        new PropertiesConfigSource(HistoryConfigTest.class.getResource("/application.properties")),
                        new PropertiesConfigSource(environment, "environment", 300))
                .withMapping(HistoryConfig.class)
                .withMappingIgnore("quarkus.**")
                .build()
                .getConfigMapping(HistoryConfig.class);
    }
}
