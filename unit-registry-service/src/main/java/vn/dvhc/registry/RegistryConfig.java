package vn.dvhc.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** All settings of the service; an environment variable like {@code DVHC_REGISTRY_DB} sets {@code dvhc.registry.db}. */
@ConfigMapping(prefix = "dvhc.registry")
public interface RegistryConfig {

    /** Where the database is: {@code host:port/database}. */
    @Pattern(regexp = "[^/:\\s]+:\\d{1,5}/[\\w-]+", message = "must be host:port/database")
    String db();

    /** The database user; it owns the tables and may create publications. */
    String dbUser();

    /** A secret: no default. */
    String dbPassword();

    /** {@code local} for rehearsals on one machine; anything else is treated as production. */
    @WithDefault("${dvhc.environment:production}")
    String environment();

    /** The file that moves the business clock; only where the environment is {@code local}. */
    @WithDefault("${dvhc.clock.file:}")
    Optional<Path> clockFile();

    /** How often the register looks whether a scheduled day has come. */
    @WithDefault("200ms")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 1)
    Duration enactmentInterval();

    /** How long a day that was refused at midnight waits before it is tried again. */
    @WithDefault("1m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 1)
    Duration refusedRetryInterval();

    /** Rows sent to the database in one go. */
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int batchSize();

    /** Items on a page if the caller does not say. */
    @WithDefault("50")
    @Min(1)
    @Max(1_000)
    int pageLimit();

    /** Items on a page at most. */
    @WithDefault("500")
    @Min(1)
    @Max(10_000)
    int pageLimitMax();

    /** Where sync-service answers: it is asked how many records a decision concerns. */
    @WithDefault("${dvhc.sync.url:http://127.0.0.1:8083}")
    URI syncUrl();

    /** Where the gateway answers: it is asked who uses codes that a decision takes away. */
    @WithDefault("${dvhc.gateway.url:http://127.0.0.1:8080}")
    URI gatewayUrl();

    /** How long another service may take for one answer before a report does without it. */
    @WithDefault("15s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 1)
    Duration neighbourTimeout();

    /** Assignments of localities in one request at most. */
    @WithDefault("50000")
    @Min(1)
    @Max(100_000)
    int assignmentLimit();
}
