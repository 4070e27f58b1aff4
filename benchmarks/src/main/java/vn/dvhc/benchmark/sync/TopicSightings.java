package vn.dvhc.benchmark.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the keys of the messages that come into topics from now on. */
final class TopicSightings implements Sightings {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<String> seen = new HashSet<>();

    /** @param topics of one partition each */
    TopicSightings(String bootstrap, List<String> topics) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "fetch.max.wait.ms", "1"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                topics.stream().map(topic -> new TopicPartition(topic, 0)).toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Else the end is only looked for with the first poll.
        partitions.forEach(consumer::position);
    }

    @Override
    public Set<String> found(List<String> keys) {
        for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(1))) {
            seen.add(key(message.key()));
        }
        Set<String> found = new HashSet<>(keys);
        found.retainAll(seen);
        seen.removeAll(found);
        return found;
    }

    private static String key(String json) {
        try {
            return JSON.readTree(json).path("case_number").asText();
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("A key is no JSON: " + json, malformed);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
