package vn.dvhc.benchmark.sync;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts the messages of topics without reading them. */
final class TopicArrival implements Arrival {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private long base;
    private long expected;

    /** @param topics of one partition each */
    TopicArrival(String bootstrap, List<String> topics) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("allow.auto.create.topics", "true");
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partitions =
                topics.stream().map(topic -> new TopicPartition(topic, 0)).toList();
    }

    private long end() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return ends.values().stream().mapToLong(end -> end).sum();
    }

    @Override
    public void expect(long changes) {
        base = end();
        expected = changes;
    }

    @Override
    public boolean hasBegun(List<String> firstKeys) {
        return end() > base;
    }

    @Override
    public boolean isComplete(List<String> lastKeys) {
        return end() >= base + expected;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
