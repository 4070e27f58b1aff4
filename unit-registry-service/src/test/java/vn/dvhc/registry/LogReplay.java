package vn.dvhc.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import vn.dvhc.contract.DecisionNoticeData;
import vn.dvhc.contract.GroupAssembler;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Recording;

/** Reads {@code unit-changes.v1} as any other service does; stops at any gap, disorder or contradiction. */
final class LogReplay implements AutoCloseable {

    private final KafkaConsumer<String, String> consumer;
    private final GroupAssembler assembler = new GroupAssembler(0);
    private final List<DecisionNoticeData.Typed> notices = new ArrayList<>();
    private Chronicle chronicle = Chronicle.empty();

    LogReplay(KafkaConsumer<String, String> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void close() {
        consumer.close();
    }

    Chronicle chronicle() {
        return chronicle;
    }

    /** All notices read so far, part by part. */
    List<DecisionNoticeData.Typed> notices() {
        return notices;
    }

    /** Waits for a message, which must be the last one of its group and of the topic. */
    void until(long sequence) throws Exception {
        RegistryHouse.await("message " + sequence, () -> {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                read(record);
            }
            return chronicle.lastSequence() >= sequence;
        });
        assertThat(chronicle.lastSequence()).isEqualTo(sequence);
    }

    private void read(ConsumerRecord<String, String> record) throws JsonProcessingException {
        JsonNode event = RegistryHouse.JSON.readTree(record.value());
        LogMessage message = message(event);
        assertThat(record.key()).isEqualTo(message.subject());
        assertThat(event.path("id").asText()).isEqualTo(Long.toString(message.sequence()));
        assembler
                .accept(message, Instant.parse(event.path("time").asText()))
                .ifPresent(whole ->
                        chronicle = chronicle.append(whole.group()).fold(Recording.Accepted::chronicle, refused -> {
                            throw new AssertionError(refused.date() + ": " + refused.reasons());
                        }));
        if (message instanceof DecisionNoticeData.Typed notice) {
            notices.add(notice);
        }
    }

    private static LogMessage message(JsonNode event) throws JsonProcessingException {
        String type = event.path("type").asText();
        return switch (LogMessage.Shape.ofType(type)) {
            case UNIT_CHANGE ->
                UnitChangeData.message(type, RegistryHouse.JSON.treeToValue(event.path("data"), UnitChangeData.class));
            case DECISION_NOTICE ->
                new DecisionNoticeData.Typed(
                        DecisionNoticeData.Kind.ofType(type),
                        RegistryHouse.JSON.treeToValue(event.path("data"), DecisionNoticeData.class));
        };
    }
}
