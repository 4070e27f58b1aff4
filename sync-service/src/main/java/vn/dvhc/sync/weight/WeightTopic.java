package vn.dvhc.sync.weight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.EdgeWeightData;
import vn.dvhc.contract.Topics;

/** Publishes counts as CloudEvents; makes the topic, compacted and of one partition, if nobody has. */
@Singleton
class WeightTopic {

    private final Map<String, Object> settings;
    private final ObjectMapper json;
    private @Nullable KafkaProducer<String, String> producer;

    @Inject
    WeightTopic(@Identifier("default-kafka-broker") Map<String, Object> kafka, ObjectMapper json) {
        this.settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.getOrDefault(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092"));
        this.json = json;
    }

    /**
     * Returns once Kafka has all of them.
     *
     * @throws IllegalStateException if it does not take them
     */
    void publish(List<EdgeWeightData> weights) {
        try {
            send(weights);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("Kafka does not take weights", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while weights were sent", stopped);
        }
    }

    private void send(List<EdgeWeightData> weights) throws InterruptedException, ExecutionException {
        KafkaProducer<String, String> kafka = producer();
        List<Future<RecordMetadata>> sent = new ArrayList<>(weights.size());
        for (EdgeWeightData data : weights) {
            sent.add(kafka.send(new ProducerRecord<>(Topics.EDGE_WEIGHTS, data.unit(), event(data))));
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    private String event(EdgeWeightData data) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", UUID.randomUUID().toString());
        event.put("source", "/dvhc/sync");
        event.put("type", EdgeWeightData.TYPE);
        event.put("subject", data.unit());
        event.put("time", data.countedAt());
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private synchronized KafkaProducer<String, String> producer() throws InterruptedException, ExecutionException {
        KafkaProducer<String, String> current = producer;
        if (current == null) {
            makeTopic();
            Map<String, Object> all = new LinkedHashMap<>(settings);
            all.put(ProducerConfig.ACKS_CONFIG, "all");
            all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
            current = new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
            producer = current;
        }
        return current;
    }

    private void makeTopic() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                String.valueOf(settings.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))))) {
            admin.createTopics(List.of(new NewTopic(Topics.EDGE_WEIGHTS, Optional.of(1), Optional.empty())
                            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT))))
                    .all()
                    .get();
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw failed;
            }
        }
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
