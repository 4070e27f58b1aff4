package vn.dvhc.sync.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import vn.dvhc.sync.PlatformResource;

/** Two replicas and one topic, on the real Kafka. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class HandOverTopicIT {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void replica_thatWasTakenOverFrom_canAddNothing() {
        HandOverTopic one = new HandOverTopic(kafka, "handovers-taken-over");
        HandOverTopic other = new HandOverTopic(kafka, "handovers-taken-over");
        try {
            assertThat(one.takeOver()).isEmpty();
            one.publish(announcements(1, 3));

            assertThat(other.takeOver()).contains(new HandOverTopic.Head(3, "hash-3"));
            assertThatThrownBy(() -> one.publish(announcements(4, 4))).isInstanceOf(KafkaException.class);
            other.publish(announcements(4, 5));

            assertThat(one.takeOver()).contains(new HandOverTopic.Head(5, "hash-5"));
            one.publish(announcements(6, 6));
            assertThat(told("handovers-taken-over", 6)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        } finally {
            one.close();
            other.close();
        }
    }

    @Test
    void head_isFound_behindManyTransactionsThatCameToNothing() {
        HandOverTopic topic = new HandOverTopic(kafka, "handovers-aborted");
        try {
            topic.takeOver();
            topic.publish(announcements(1, 2));
            topic.close();
            try (KafkaProducer<String, String> killed = new KafkaProducer<>(
                    Map.of("bootstrap.servers", kafka, "transactional.id", "dvhc-handovers-aborted"),
                    new StringSerializer(),
                    new StringSerializer())) {
                killed.initTransactions();
                for (int i = 0; i < 80; i++) {
                    killed.beginTransaction();
                    killed.send(new ProducerRecord<>("handovers-aborted", 0, "x", "{\"data\":{\"sequence\":99}}"));
                    killed.flush();
                    killed.abortTransaction();
                }
            }

            assertThat(topic.takeOver()).contains(new HandOverTopic.Head(2, "hash-2"));
            topic.publish(announcements(3, 3));
            assertThat(told("handovers-aborted", 3)).containsExactly(1L, 2L, 3L);
        } finally {
            topic.close();
        }
    }

    private List<Long> told(String topic, int count) {
        List<Long> sequences = new ArrayList<>();
        try (KafkaConsumer<String, String> log = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", kafka,
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false"),
                new StringDeserializer(),
                new StringDeserializer())) {
            log.assign(List.of(new TopicPartition(topic, 0)));
            long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (sequences.size() < count && System.nanoTime() < giveUp) {
                log.poll(Duration.ofMillis(200)).forEach(record -> sequences.add(Long.parseLong(record.key())));
            }
            log.poll(Duration.ofSeconds(1)).forEach(record -> sequences.add(Long.parseLong(record.key())));
        }
        return sequences;
    }

    private static List<Announcement> announcements(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(sequence -> new Announcement(
                        sequence,
                        Long.toString(sequence),
                        "hash-" + sequence,
                        "{\"data\":{\"sequence\":" + sequence + ",\"hash\":\"hash-" + sequence + "\"}}"))
                .toList();
    }
}
