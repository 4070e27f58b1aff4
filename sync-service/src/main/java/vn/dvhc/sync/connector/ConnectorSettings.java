package vn.dvhc.sync.connector;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Treatment;

/** What a source's connector is told: fixed settings, and what follows from the declarations. */
@Singleton
public class ConnectorSettings {

    /** In every owner's database, made by its administrator. */
    public static final String PUBLICATION = "dvhc";

    /** Where snapshots are asked for. */
    static final String SIGNALS = "cdc-signals.v1";

    /** Where connectors tell how far a snapshot has come. */
    static final String REPORTS = "cdc-reports.v1";

    static final String TOPIC_PREFIX = "topic.prefix";
    static final String TABLES = "table.include.list";

    private final SyncConfig config;
    private final String kafka;
    private final Map<String, String> fixed;

    @Inject
    ConnectorSettings(
            SyncConfig config, @Identifier("default-kafka-broker") Map<String, Object> broker, ObjectMapper json) {
        this.config = config;
        this.kafka =
                config.connect().kafka().orElse(String.valueOf(broker.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)));
        this.fixed = fixed(json);
    }

    /** The settings of a source that owns some dataset. */
    Map<String, String> of(Plan plan, Source source) {
        List<Dataset> datasets = plan.ownedBy(source);
        Map<String, String> settings = new TreeMap<>(fixed);
        settings.put("database.hostname", source.host());
        settings.put("database.port", source.port());
        settings.put("database.dbname", source.databaseName());
        settings.put("database.user", config.capture().user());
        settings.put("database.password", config.capture().password().orElse(""));
        settings.put(TOPIC_PREFIX, source.topicPrefix());
        settings.put("slot.name", source.slot());
        settings.put("publication.name", PUBLICATION);
        settings.put(TABLES, datasets.stream().map(Dataset::table).sorted().collect(Collectors.joining(",")));
        settings.put(
                "message.key.columns",
                datasets.stream()
                        .map(dataset -> Pattern.quote(dataset.table()) + ":" + String.join(",", dataset.key()))
                        .collect(Collectors.joining(";")));
        settings.put("column.include.list", columns(datasets));
        settings.put("poll.interval.ms", String.valueOf(config.connect().poll().toMillis()));
        // Snapshots are asked for through Kafka, so that capture need not write into an owner's database.
        settings.put("read.only", "true");
        settings.put("signal.enabled.channels", "kafka");
        settings.put("signal.poll.interval.ms", "1000");
        settings.put("signal.kafka.topic", SIGNALS);
        settings.put("signal.kafka.bootstrap.servers", kafka);
        settings.put("signal.kafka.groupId", "signals-" + source.name());
        settings.put("notification.enabled.channels", "sink");
        settings.put("notification.sink.topic.name", REPORTS);
        pseudonyms(datasets, settings);
        return settings;
    }

    /** Only what is declared, and nothing that is dropped, ever reaches Kafka. */
    private static String columns(List<Dataset> datasets) {
        return datasets.stream()
                .flatMap(dataset -> dataset.storedColumns().stream()
                        .filter(column -> dataset.personal().get(column) != Treatment.DROP)
                        .map(column -> (dataset.table() + "." + column).replace(".", "\\.")))
                .collect(Collectors.joining(","));
    }

    /** The key stays with Kafka Connect: only a reference to it is in the settings. */
    private static void pseudonyms(List<Dataset> datasets, Map<String, String> settings) {
        String columns = datasets.stream()
                .flatMap(dataset -> dataset.personal().entrySet().stream()
                        .filter(column -> column.getValue() == Treatment.PSEUDONYM)
                        .map(column -> dataset.table() + "." + column.getKey()))
                .collect(Collectors.joining(","));
        if (!columns.isEmpty()) {
            settings.put("transforms", "pseudonym");
            settings.put("transforms.pseudonym.type", "vn.dvhc.capture.Pseudonym");
            settings.put("transforms.pseudonym.columns", columns);
            settings.put("transforms.pseudonym.key", "${env:DVHC_PSEUDONYM_KEY}");
        }
    }

    private static Map<String, String> fixed(ObjectMapper json) {
        try (InputStream stream = ConnectorSettings.class.getResourceAsStream("/connector/postgresql.json")) {
            return json.readValue(stream, new TypeReference<>() {});
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
