package vn.dvhc.benchmark.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import vn.dvhc.contract.GroupAssembler;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.Topics;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Timeline;

/** The topic of all changes, read as the services read it at their start. */
final class ChangeLog {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TopicPartition PARTITION = new TopicPartition(Topics.UNIT_CHANGES, 0);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String bootstrap;

    ChangeLog(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Waits until so many messages are in the topic. */
    void awaitMessages(long count) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (KafkaConsumer<String, String> consumer = consumer()) {
            while (consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L) < count) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("The topic has fewer than " + count + " messages");
                }
                Thread.sleep(50);
            }
        }
    }

    /** Reads everything up to a message and builds the timeline of it. */
    Timeline rebuild(long lastSequence) throws JsonProcessingException {
        GroupAssembler assembler = new GroupAssembler(0);
        List<Group> groups = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer()) {
            long reached = 0;
            while (reached < lastSequence) {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(100))) {
                    JsonNode event = JSON.readTree(message.value());
                    assembler
                            .accept(
                                    change(event),
                                    Instant.parse(event.path("time").asText()))
                            .ifPresent(assembled -> groups.add(assembled.group()));
                    reached = message.offset() + 1;
                }
            }
        }
        return Chronicle.empty()
                .append(groups)
                .fold(accepted -> accepted.chronicle().timeline(), refused -> {
                    throw new IllegalStateException("The log contradicts itself: " + refused.reasons());
                });
    }

    private static LogMessage change(JsonNode event) throws JsonProcessingException {
        return UnitChangeData.message(
                event.path("type").asText(), JSON.treeToValue(event.path("data"), UnitChangeData.class));
    }

    private KafkaConsumer<String, String> consumer() {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        settings.put("max.poll.records", "5000");
        KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        consumer.assign(List.of(PARTITION));
        return consumer;
    }
}
