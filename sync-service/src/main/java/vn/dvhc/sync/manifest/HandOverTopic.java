package vn.dvhc.sync.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.Topics;

/**
 * The topic {@code handovers.v1}: one partition, kept for ever, made if nobody has. Announcements go in by transactions of one
 * transactional id: when a replica takes over, what another one has under way comes to nothing.
 */
@Singleton
class HandOverTopic {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Offsets looked at first: a transaction leaves one of its own behind its messages. */
    private static final long TAIL = 64;

    private final String servers;
    private final TopicPartition partition;
    private final JsonMapper json = JsonMapper.builder().build();
    private @Nullable KafkaProducer<String, String> producer;

    @Inject
    HandOverTopic(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this(
                String.valueOf(kafka.getOrDefault(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092")),
                Topics.HANDOVERS);
    }

    HandOverTopic(String servers, String topic) {
        this.servers = servers;
        this.partition = new TopicPartition(topic, 0);
    }

    /** What the topic ends with. */
    record Head(long sequence, String hash) {}

    /**
     * The last announcement that is there for good; nobody else can add to it from here on. Empty if there is none.
     *
     * @throws KafkaException if Kafka does not tell
     */
    synchronized Optional<Head> takeOver() {
        try {
            KafkaProducer<String, String> fresh = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            servers,
                            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                            "dvhc-" + partition.topic(),
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            (int) PATIENCE.toMillis()),
                    new StringSerializer(),
                    new StringSerializer());
            close();
            producer = fresh;
            make();
            fresh.initTransactions();
            return head();
        } catch (KafkaException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Puts all of them in, or none; returns once they are there. After {@link #takeOver}.
     *
     * @throws KafkaException if it is not known to have worked: take over again before the next attempt
     */
    synchronized void publish(List<Announcement> announcements) {
        KafkaProducer<String, String> kafka = producer;
        if (kafka == null) {
            throw new KafkaException("Take over first");
        }
        try {
            kafka.beginTransaction();
            announcements.forEach(one -> kafka.send(
                    new ProducerRecord<>(partition.topic(), partition.partition(), one.subject(), one.event())));
            kafka.commitTransaction();
        } catch (KafkaException failed) {
            close();
            throw failed;
        }
    }

    /** Those who follow it find it there, even before anything was handed over. */
    void make() {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
            admin.createTopics(List.of(new NewTopic(partition.topic(), Optional.of(1), Optional.empty())
                            .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"))))
                    .all()
                    .get();
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("The topic can't be made", failed.getCause());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while the topic was made", stopped);
        }
    }

    private Optional<Head> head() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            long begin = consumer.beginningOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
            for (long tail = TAIL; ; tail *= 16) {
                long from = Math.max(begin, end - tail);
                Optional<Head> last = last(consumer, from, end);
                if (last.isPresent() || from == begin) {
                    return last;
                }
            }
        }
    }

    private Optional<Head> last(KafkaConsumer<String, String> consumer, long from, long end) {
        consumer.seek(partition, from);
        Optional<Head> last = Optional.empty();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition, PATIENCE) < end) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                last = Optional.of(read(record.value()));
            }
            if (System.nanoTime() > giveUp) {
                throw new KafkaException("The end of the topic can't be read");
            }
        }
        return last;
    }

    private Head read(String event) {
        try {
            JsonNode data = json.readTree(event).path("data");
            return new Head(data.path("sequence").asLong(), data.path("hash").asText());
        } catch (JsonProcessingException foreign) {
            throw new IllegalStateException("Somebody else has written to " + partition.topic(), foreign);
        }
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
            producer = null;
        }
    }
}
