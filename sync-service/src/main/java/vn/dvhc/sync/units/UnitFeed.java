package vn.dvhc.sync.units;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import vn.dvhc.contract.DecisionNoticeData;
import vn.dvhc.contract.GroupAssembler;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.Topics;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.sync.recode.Localities;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Group;
import vn.dvhc.unit.UnitId;

/**
 * Reads the units' topics from their beginning. Whole days, corrections and notices are offered to whoever enacts them;
 * nothing of them is in the timeline before {@link #take}. A message that breaks the contract, or of an unknown type, stops
 * the channel: skipping it would corrupt all that follows, and health says so.
 */
@Singleton
public class UnitFeed {

    private static final Logger LOG = Logger.getLogger(UnitFeed.class);

    private final ObjectMapper json;
    private final UnitKnowledge knowledge;
    private final GroupAssembler assembler = new GroupAssembler(0);
    private final BlockingQueue<Group> groups = new LinkedBlockingQueue<>();
    private volatile long unitOffset;
    private volatile long localityOffset;

    @Inject
    UnitFeed(ObjectMapper json, UnitKnowledge knowledge) {
        this.json = json;
        this.knowledge = knowledge;
    }

    @Incoming("unit-changes")
    @Blocking
    void unitChanges(ConsumerRecords<String, String> messages) throws JsonProcessingException {
        for (ConsumerRecord<String, String> message : messages) {
            JsonNode event = json.readTree(message.value());
            assembler.accept(read(event), recordedAt(event, message)).ifPresent(whole -> groups.add(whole.group()));
            unitOffset = message.offset() + 1;
        }
    }

    @Incoming("locality-assignments")
    @Blocking
    void localityAssignments(ConsumerRecords<String, String> messages) throws JsonProcessingException {
        Localities localities = knowledge.state().localities();
        for (ConsumerRecord<String, String> message : messages) {
            JsonNode data = json.readTree(message.value()).path("data");
            localities = localities.with(
                    UnitId.parse(data.path("unit").asText()),
                    data.path("locality").asText(),
                    UnitId.parse(data.path("successor").asText()));
            localityOffset = message.offset() + 1;
        }
        knowledge.locality(localities);
    }

    /** How far each topic was read: the offset after the last message. */
    public Map<String, Long> positions() {
        return Map.of(
                Topics.UNIT_CHANGES, unitOffset,
                Topics.LOCALITY_ASSIGNMENTS, localityOffset);
    }

    /** All groups that are complete and not yet taken, in order, waiting for at least one. */
    public List<Group> nextGroups() throws InterruptedException {
        List<Group> ready = new ArrayList<>();
        ready.add(groups.take());
        groups.drainTo(ready);
        return ready;
    }

    /**
     * Puts groups into the timeline, in order. A notice only advances the position; a correction swaps the timeline.
     *
     * @param ready at least one
     * @throws IllegalStateException if the registry published what contradicts its own earlier messages
     */
    public void take(List<Group> ready) {
        Optional<Chronicle> next = knowledge
                .state()
                .chronicle()
                .append(ready)
                .fold(accepted -> Optional.of(accepted.chronicle()), refused -> {
                    LOG.errorf("Published changes refused: date=%s reasons=%s", refused.date(), refused.reasons());
                    return Optional.empty();
                });
        knowledge.chronicle(
                next.orElseThrow(() -> new IllegalStateException("Published changes contradict the timeline")));
    }

    private LogMessage read(JsonNode event) throws JsonProcessingException {
        String type = event.path("type").asText();
        JsonNode data = event.path("data");
        return switch (LogMessage.Shape.ofType(type)) {
            case UNIT_CHANGE -> UnitChangeData.message(type, json.treeToValue(data, UnitChangeData.class));
            case DECISION_NOTICE ->
                new DecisionNoticeData.Typed(
                        DecisionNoticeData.Kind.ofType(type), json.treeToValue(data, DecisionNoticeData.class));
        };
    }

    private static Instant recordedAt(JsonNode event, ConsumerRecord<String, String> message) {
        return event.hasNonNull("time")
                ? OffsetDateTime.parse(event.path("time").asText()).toInstant()
                : Instant.ofEpochMilli(message.timestamp());
    }
}
