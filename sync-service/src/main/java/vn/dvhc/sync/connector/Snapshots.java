package vn.dvhc.sync.connector;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
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
class Snapshots {

    private static final Logger LOG = Logger.getLogger(Snapshots.class);

    private final Map<String, Object> kafka;
    private final ObjectMapper json;
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    @Inject
    Snapshots(@Identifier("default-kafka-broker") Map<String, Object> kafka, ObjectMapper json) {
        this.kafka = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092"));
        this.json = json;
    }

    /**
     * Asks for all rows of tables of a source. A connector that is not listening at the moment never hears of it.
     *
     * @param id what the connector calls the snapshot when it reports on it
     */
    void ask(String id, Source source, List<String> tables) throws InterruptedException, ExecutionException {
        ObjectNode signal = json.createObjectNode().put("id", id);
        signal.put("type", "execute-snapshot");
        ObjectNode data = signal.putObject("data").put("type", "INCREMENTAL");
        ArrayNode collections = data.putArray("data-collections");
        tables.forEach(collections::add);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(ConnectorSettings.SIGNALS, source.topicPrefix(), signal.toString()))
                    .get();
        }
        LOG.infof("Snapshot asked for: source=%s tables=%s id=%s", source.name(), tables, id);
    }

    /**
     * Makes the topics of a plan that are not there. Signals and reports are read in order, so theirs have one partition; they must be
     * there before a connector listens. Those of tables are made all at once: if each came with the first change of its source, whoever
     * reads them would be assigned anew for every one, and read again what it had not committed.
     */
    void makeTopics(Plan plan) throws InterruptedException, ExecutionException {
        List<NewTopic> missing = topics(plan).stream()
                .filter(topic -> !made.contains(topic.name()))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(kafka)) {
            for (KafkaFuture<Void> result : admin.createTopics(missing).values().values()) {
                try {
                    result.get();
                } catch (ExecutionException failed) {
                    if (!(failed.getCause() instanceof TopicExistsException)) {
                        throw failed;
                    }
                }
            }
        }
        missing.forEach(topic -> made.add(topic.name()));
    }

    private static List<NewTopic> topics(Plan plan) {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : List.of(ConnectorSettings.SIGNALS, ConnectorSettings.REPORTS)) {
            topics.add(new NewTopic(name, Optional.of(1), Optional.empty()));
        }
        for (Source source : plan.sources()) {
            for (Dataset dataset : plan.ownedBy(source)) {
                topics.add(
                        new NewTopic(source.topicPrefix() + "." + dataset.table(), Optional.empty(), Optional.empty()));
            }
        }
        return topics;
    }

    /**
     * A copy that a source's rows go to.
     *
     * @param shape what the copy is like, see {@link Dataset#shape}
     */
    record Copy(String source, String dataset, String target, String shape) {}

    /** All copies of a plan. */
    static Set<Copy> copies(Plan plan) {
        Set<Copy> copies = new LinkedHashSet<>();
        for (Source source : plan.sources()) {
            for (Dataset dataset : plan.ownedBy(source)) {
                plan.copiesOf(source, dataset)
                        .forEach(target ->
                                copies.add(new Copy(source.name(), dataset.name(), target.name(), dataset.shape())));
            }
        }
        return copies;
    }

    /**
     * What a plan makes necessary: by source, the tables whose rows are missing at some copy.
     *
     * @param known the copies that were there before
     */
    static Map<String, Set<String>> wanted(Set<Copy> known, Plan plan) {
        Map<String, Set<String>> wanted = new LinkedHashMap<>();
        for (Copy copy : copies(plan)) {
            if (!known.contains(copy)) {
                plan.dataset(copy.dataset())
                        .ifPresent(dataset -> wanted.computeIfAbsent(copy.source(), owner -> new LinkedHashSet<>())
                                .add(dataset.table()));
            }
        }
        return wanted;
    }
}
