package vn.dvhc.sync.reconcile;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Progress;

/** Puts repairs into the stream's own topics, where they are applied like all else, in order and with every guard. */
@Singleton
class Reemission {

    private final Map<String, Object> settings;
    private @Nullable KafkaProducer<String, String> producer;

    @Inject
    Reemission(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.getOrDefault(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092"),
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true);
    }

    /** @return the offset after the last message of each place, once Kafka has all of them */
    Map<Progress.Place, Long> send(List<ProducerRecord<String, String>> messages) throws InterruptedException {
        KafkaProducer<String, String> kafka = producer();
        List<Future<RecordMetadata>> sent = new ArrayList<>(messages.size());
        messages.forEach(message -> sent.add(kafka.send(message)));
        Map<Progress.Place, Long> next = new HashMap<>();
        for (Future<RecordMetadata> one : sent) {
            try {
                RecordMetadata where = one.get();
                next.merge(new Progress.Place(where.topic(), where.partition()), where.offset() + 1, Math::max);
            } catch (ExecutionException failed) {
                throw new IllegalStateException("Kafka does not take a repair", failed);
            }
        }
        return next;
    }

    private synchronized KafkaProducer<String, String> producer() {
        KafkaProducer<String, String> current = producer;
        if (current == null) {
            current = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
            producer = current;
        }
        return current;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close();
        }
    }
}
