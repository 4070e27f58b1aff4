package vn.dvhc.sync;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.Driver;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.time.BusinessClock;

/** The real PostgreSQL, Kafka and Debezium, with the databases of two provinces and the catalogue to 2025-06-30. */
public class PlatformResource implements QuarkusTestResourceLifecycleManager {

    static final List<String> SOURCES = List.of("commune_30", "province_30", "commune_31", "province_31");

    /** Argument of the resource: the columns of the case files' journal, separated by commas. */
    static final String JOURNAL = "journal";

    private static PlatformProcess platform;

    private String journal = "";

    public static PlatformProcess platform() {
        return platform;
    }

    @Override
    public void init(Map<String, String> arguments) {
        journal = arguments.getOrDefault(JOURNAL, "");
    }

    @Override
    public Map<String, String> start() {
        try {
            // A further start in this JVM has class loaders of its own; the driver registers itself with its class.
            if (!Driver.isRegistered()) {
                Driver.register();
            }
            Path root = Path.of(System.getProperty("dvhc.root"));
            Path work = Files.createDirectories(root.resolve("sync-service/target/it"));
            platform = PlatformProcess.start(
                    work.resolve("platform"),
                    Set.of(PlatformProcess.Option.FRESH, PlatformProcess.Option.WITHOUT_KEYCLOAK));
            Databases databases = new Databases(platform.postgresPort());
            for (String source : SOURCES) {
                String schema = source.substring(0, source.indexOf('_'));
                databases.createSource(source, schema);
            }
            UnitTopic.forget();
            UnitTopic.publishUntil(platform.kafkaBootstrap(), UnitTopic.BEFORE);
            Path clock = work.resolve("clock");
            BusinessClock.set(clock, Instant.parse("2025-06-30T01:00:00Z"));
            String postgres = "127.0.0.1:" + platform.postgresPort();
            String plan = Files.readString(root.resolve("deploy/sync/sources.yaml"))
                    .replace("${DVHC_POSTGRES:127.0.0.1:15432}", postgres)
                    .replace("\ndatasets:", "\n" + declared(postgres) + "datasets:")
                    .replace("    journal: [status, steps]\n", "    journal: [" + journal + "]\n");
            return Map.ofEntries(
                    Map.entry("kafka.bootstrap.servers", platform.kafkaBootstrap()),
                    Map.entry(
                            "dvhc.sync.plan",
                            Files.writeString(work.resolve("sources.yaml"), plan)
                                    .toString()),
                    Map.entry("dvhc.sync.environment", "local"),
                    Map.entry("dvhc.sync.clock-file", clock.toString()),
                    Map.entry("dvhc.sync.database.user", Account.SYNC.user()),
                    Map.entry("dvhc.sync.database.password", Account.SYNC.password()),
                    Map.entry("dvhc.sync.capture.password", Account.CAPTURE.password()),
                    Map.entry("dvhc.sync.connect.url", platform.connectUrl()),
                    Map.entry("dvhc.sync.connect.check", "500ms"),
                    Map.entry("dvhc.sync.plan-check", "500ms"),
                    Map.entry("dvhc.sync.slots.check", "500ms"),
                    Map.entry("dvhc.sync.freshness-check", "500ms"),
                    Map.entry("dvhc.sync.reconcile.stream-wait", "20s"),
                    Map.entry("dvhc.sync.reconcile.old-transactions", "2s"),
                    Map.entry("dvhc.sync.weights.every", "500ms"),
                    Map.entry("dvhc.sync.journal.check", "500ms"),
                    Map.entry("dvhc.sync.handover.batch", "2"),
                    Map.entry("dvhc.sync.handover.check", "500ms"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The demo's four databases, declared in the file. */
    private static String declared(String postgres) {
        return SOURCES.stream()
                .map(name -> "  - {name: " + name + ", tier: " + name.substring(0, name.indexOf('_')) + ", province: \""
                        + name.substring(name.indexOf('_') + 1) + "\", vintage: 2025-06-30, epoch: 1, database: \""
                        + postgres
                        + "/" + name + "\"}\n")
                .collect(Collectors.joining());
    }

    @Override
    public void stop() {
        if (platform != null) {
            platform.close();
        }
    }
}
