package vn.dvhc.sync.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.units.Gate;

/**
 * Listens to what connectors report on snapshots. Reads the whole topic again after a start: a report on what nobody wishes for any
 * more changes nothing.
 */
@Singleton
class SnapshotReports {

    private static final Logger LOG = Logger.getLogger(SnapshotReports.class);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(2);

    /** Debezium's words for a table that was read to its end; any other means that rows are missing. */
    private static final Set<String> WHOLE = Set.of("SUCCEEDED", "EMPTY");

    private final Plans plans;
    private final Gate gate;
    private final SnapshotWishes wishes;
    private final ObjectMapper json;
    private final Map<String, Object> kafka;
    private @Nullable Thread thread;

    @Inject
    SnapshotReports(
            Plans plans,
            Gate gate,
            SnapshotWishes wishes,
            ObjectMapper json,
            @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.plans = plans;
        this.gate = gate;
        this.wishes = wishes;
        this.json = json;
        this.kafka = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092"),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
    }

    /**
     * What a connector says.
     *
     * @param table that was read; null if the report is about none
     * @param status how the reading of the table ended; empty if it goes on
     */
    record Report(String signal, @Nullable String table, String status) {

        /** Empty if the message is not about an incremental snapshot. */
        static Optional<Report> of(ObjectMapper json, @Nullable String message) {
            try {
                JsonNode report = json.readTree(message == null ? "" : message);
                if (!"Incremental Snapshot".equals(report.path("aggregate_type").asText())) {
                    return Optional.empty();
                }
                boolean ended =
                        "TABLE_SCAN_COMPLETED".equals(report.path("type").asText());
                JsonNode data = report.path("additional_data");
                return Optional.of(new Report(
                        report.path("id").asText(),
                        ended ? data.path("scanned_collection").asText() : null,
                        ended ? data.path("status").asText() : ""));
            } catch (JsonProcessingException unreadable) {
                return Optional.empty();
            }
        }

        boolean isWhole() {
            return table != null && WHOLE.contains(status);
        }
    }

    void start(@Observes StartupEvent event) {
        Thread listener = new Thread(this::listen, "snapshot-reports");
        listener.setDaemon(true);
        listener.start();
        thread = listener;
    }

    void stop(@Observes ShutdownEvent event) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void listen() {
        try {
            while (plans.current().isEmpty() || !gate.hasOpened()) {
                Thread.sleep(BEFORE_NEXT_TRY.toMillis());
            }
            while (true) {
                try (KafkaConsumer<String, String> consumer =
                        new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer())) {
                    List<TopicPartition> all = List.of(new TopicPartition(ConnectorSettings.REPORTS, 0));
                    consumer.assign(all);
                    consumer.seekToBeginning(all);
                    while (true) {
                        for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofSeconds(1))) {
                            take(message.value());
                        }
                    }
                } catch (SQLException | KafkaException failed) {
                    LOG.debugf(failed, "Reports to be read again");
                    Thread.sleep(BEFORE_NEXT_TRY.toMillis());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(@Nullable String message) throws SQLException {
        Optional<Report> report = Report.of(json, message);
        Optional<Plan> plan = plans.current();
        if (report.isEmpty() || plan.isEmpty()) {
            return;
        }
        Report said = report.get();
        if (said.isWhole() && said.table() != null) {
            wishes.fulfilled(plan.get(), said.signal(), said.table());
        } else if (said.table() == null) {
            wishes.heard(plan.get(), said.signal());
        } else {
            LOG.warnf("Snapshot of a table failed: table=%s status=%s", said.table(), said.status());
        }
    }
}
