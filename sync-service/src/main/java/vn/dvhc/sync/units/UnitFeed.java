package vn.dvhc.sync.units;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import vn.dvhc.contract.DayAssembler;
import vn.dvhc.contract.Topics;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.sync.recode.Localities;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;

/**
 * Reads the units' topics from their beginning. Whole days are offered to whoever enacts them; nothing of a day is in
 * the timeline before {@link #take}. A message that breaks the contract stops the channel: skipping it would corrupt all
 * that follows, and health says so.
 */
@Singleton
public class UnitFeed {

    private static final Logger LOG = Logger.getLogger(UnitFeed.class);

    private final ObjectMapper json;
    private final UnitKnowledge knowledge;
    private final DayAssembler assembler = new DayAssembler(0);
    private final BlockingQueue<DayAssembler.Day> days = new LinkedBlockingQueue<>();
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
            UnitChangeData data = json.treeToValue(event.path("data"), UnitChangeData.class);
            UnitEvent.Kind kind = UnitEvent.Kind.ofType(event.path("type").asText());
            assembler.accept(new UnitChangeData.Typed(kind, data)).ifPresent(days::add);
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

    /** All days that are complete and not yet taken, waiting for at least one. */
    public List<DayAssembler.Day> nextDays() throws InterruptedException {
        List<DayAssembler.Day> ready = new ArrayList<>();
        ready.add(days.take());
        days.drainTo(ready);
        return ready;
    }

    /**
     * Puts days into the timeline, in order.
     *
     * @param ready at least one
     * @throws IllegalStateException if the registry published a day that contradicts its own earlier days
     */
    public void take(List<DayAssembler.Day> ready) {
        Map<LocalDate, List<Fact>> facts = new LinkedHashMap<>();
        ready.forEach(day -> facts.put(day.date(), day.facts()));
        Optional<Timeline> next = knowledge
                .state()
                .timeline()
                .replay(facts)
                .fold(enacted -> Optional.of(enacted.timeline()), refused -> {
                    LOG.errorf("Day refused: date=%s reasons=%s", refused.date(), refused.reasons());
                    return Optional.empty();
                });
        knowledge.timeline(
                next.orElseThrow(() -> new IllegalStateException("A published day contradicts the timeline")),
                ready.get(ready.size() - 1).lastSequence());
    }
}
