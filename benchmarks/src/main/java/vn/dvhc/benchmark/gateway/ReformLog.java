package vn.dvhc.benchmark.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.Topics;

/** What the log says from the reform's first message on, read from Kafka: what subscribers must get. */
final class ReformLog {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.UNIT_CHANGES, 0);

    private final long first;
    private final List<byte[]> events;
    private final int[] subjects;
    private final int subjectCount;

    private ReformLog(long first, List<byte[]> events, int[] subjects, int subjectCount) {
        this.first = first;
        this.events = events;
        this.subjects = subjects;
        this.subjectCount = subjectCount;
    }

    static ReformLog read(String bootstrap) throws IOException {
        long first = 0;
        List<byte[]> events = new ArrayList<>();
        List<Integer> subjects = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end) {
                for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                    JsonNode event = Calls.json(message.value());
                    if (first == 0 && isOfTheReform(event)) {
                        first = event.path("data").path("sequence").asLong();
                    }
                    if (first > 0) {
                        events.add(message.value());
                        subjects.add(
                                numbers.computeIfAbsent(event.path("subject").asText(), key -> numbers.size()));
                    }
                }
            }
        }
        return new ReformLog(
                first, events, subjects.stream().mapToInt(Integer::intValue).toArray(), numbers.size());
    }

    private static boolean isOfTheReform(JsonNode event) {
        return event.path("data").path("enactment").asText().equals(Catalogue.REFORM.toString());
    }

    /** The sequence of its first message; they grow by one. */
    long first() {
        return first;
    }

    int size() {
        return events.size();
    }

    /** The event as it was published; the index is the sequence less the first one. */
    byte[] event(int index) {
        return events.get(index);
    }

    /** Whom the event is about: a number from 0, less than {@link #subjectCount}. */
    int subject(int index) {
        return subjects[index];
    }

    int subjectCount() {
        return subjectCount;
    }
}
