package vn.dvhc.gateway;

import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** The door's settings as they are if nothing is set. */
public final class Settings {

    private Settings() {}

    public static GatewayConfig defaults() {
        try {
            return new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 100, new MemorySizeConverter())
                    .withConverter(Duration.class, 100, new io.quarkus.runtime.configuration.DurationConverter())
                    .withSources(new PropertiesConfigSource(Settings.class.getResource("/application.properties")))
                    .withMapping(GatewayConfig.class)
                    .withMappingIgnore("quarkus.**")
                    .build()
                    .getConfigMapping(GatewayConfig.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
