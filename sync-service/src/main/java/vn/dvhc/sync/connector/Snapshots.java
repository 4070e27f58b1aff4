package vn.dvhc.sync.connector;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;

/**
 * Asks connectors for the rows that are there, chunk by chunk while changes go on streaming (Debezium's incremental snapshot). The
 * copies take them like any change: what they know already changes nothing. Blocks.
 */
@Singleton
public class Snapshots {

    private static final Logger LOG = Logger.getLogger(Snapshots.class);

    private final Map<String, Object> kafka;
    private final ObjectMapper json;
    private volatile boolean topicExists;

    @Inject
    Snapshots(@Identifier("default-kafka-broker") Map<String, Object> kafka, ObjectMapper json) {
        this.kafka = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092"));
        this.json = json;
    }

    /** Asks for all rows of tables of a source. */
    public void ask(Source source, List<String> tables) throws InterruptedException, ExecutionException {
        makeTopic();
        ObjectNode signal = json.createObjectNode().put("id", UUID.randomUUID().toString());
        signal.put("type", "execute-snapshot");
        ObjectNode data = signal.putObject("data").put("type", "INCREMENTAL");
        ArrayNode collections = data.putArray("data-collections");
        tables.forEach(collections::add);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(ConnectorSettings.SIGNALS, source.topicPrefix(), signal.toString()))
                    .get();
        }
        LOG.infof("Snapshot asked for: source=%s tables=%s", source.name(), tables);
    }

    /** Signals are read in order, so they have one partition; the topic must be there before a connector listens. */
    void makeTopic() throws InterruptedException, ExecutionException {
        if (topicExists) {
            return;
        }
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(ConnectorSettings.SIGNALS, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
        topicExists = true;
    }

    /** What a change of the plan makes necessary: by source, the tables whose rows are missing at some copy. */
    static Map<Source, Set<String>> between(Plan before, Plan after) {
        Map<Source, Set<String>> wanted = new LinkedHashMap<>();
        for (Source source : after.sources()) {
            if (before.source(source.name()).isEmpty()) {
                continue; // Its connector begins with a snapshot of everything.
            }
            for (Dataset dataset : after.ownedBy(source)) {
                List<String> known = before
                        .dataset(dataset.name())
                        .filter(dataset::isCopiedLike)
                        .filter(same -> before.ownedBy(source).contains(same))
                        .stream()
                        .flatMap(same -> before.copiesOf(source, same).stream().map(Source::name))
                        .toList();
                if (after.copiesOf(source, dataset).stream().anyMatch(target -> !known.contains(target.name()))) {
                    wanted.computeIfAbsent(source, owner -> new LinkedHashSet<>())
                            .add(dataset.table());
                }
            }
        }
        return wanted;
    }
}
