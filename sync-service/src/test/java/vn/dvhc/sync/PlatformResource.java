package vn.dvhc.sync;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.time.BusinessClock;

/** The real PostgreSQL, Kafka and Debezium, with the databases of two provinces and the catalogue to 2025-06-30. */
public class PlatformResource implements QuarkusTestResourceLifecycleManager {

    static final List<String> SOURCES = List.of("commune_30", "province_30", "commune_31", "province_31");

    private static PlatformProcess platform;

    static PlatformProcess platform() {
        return platform;
    }

    @Override
    public Map<String, String> start() {
        try {
            Path root = Path.of(System.getProperty("dvhc.root"));
            Path work = Files.createDirectories(root.resolve("sync-service/target/it"));
            platform = PlatformProcess.start(
                    work.resolve("platform"),
                    Set.of(PlatformProcess.Option.FRESH, PlatformProcess.Option.WITHOUT_KEYCLOAK));
            Databases databases = new Databases(platform.postgresPort());
            for (String source : SOURCES) {
                String schema = source.substring(0, source.indexOf('_'));
                databases.createSource(source, schema);
                platform.connect()
                        .register(
                                source,
                                root.resolve("deploy/connectors/" + schema + ".json"),
                                Map.of(
                                        "source",
                                        source,
                                        "database.host",
                                        "127.0.0.1",
                                        "database.port",
                                        String.valueOf(platform.postgresPort()),
                                        "database.name",
                                        source,
                                        "database.user",
                                        Account.CAPTURE.user(),
                                        "database.password",
                                        Account.CAPTURE.password()));
            }
            for (String source : SOURCES) {
                platform.connect().awaitRunning(source, Duration.ofSeconds(60));
            }
            UnitTopic.publishUntil(platform.kafkaBootstrap(), UnitTopic.BEFORE);
            Path clock = work.resolve("clock");
            BusinessClock.set(clock, Instant.parse("2025-06-30T01:00:00Z"));
            String plan = Files.readString(root.resolve("deploy/sync/sources.yaml"))
                    .replace("${DVHC_POSTGRES:127.0.0.1:15432}", "127.0.0.1:" + platform.postgresPort());
            return Map.of(
                    "kafka.bootstrap.servers", platform.kafkaBootstrap(),
                    "dvhc.sync.plan",
                            Files.writeString(work.resolve("sources.yaml"), plan)
                                    .toString(),
                    "dvhc.sync.environment", "local",
                    "dvhc.sync.clock-file", clock.toString(),
                    "dvhc.sync.database.user", Account.SYNC.user(),
                    "dvhc.sync.database.password", Account.SYNC.password(),
                    "dvhc.sync.handover.batch", "2");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void stop() {
        if (platform != null) {
            platform.close();
        }
    }
}
