package vn.dvhc.sync.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.apply.RecordApplier;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.units.Gate;

/** Takes batches of Debezium's messages; the next one is fetched when this one is applied, so memory is bounded. */
@Singleton
class CdcConsumer {

    private final Gate gate;
    private final RecordApplier applier;
    private final @Nullable Plan plan;
    private final @Nullable CdcReader reader;

    @Inject
    CdcConsumer(Gate gate, RecordApplier applier, Optional<Plan> plan, ObjectMapper json) {
        this.gate = gate;
        this.applier = applier;
        this.plan = plan.orElse(null);
        this.reader = plan.map(declared -> new CdcReader(json, declared)).orElse(null);
    }

    @Incoming("cdc")
    @Blocking
    void changes(ConsumerRecords<String, String> messages) throws InterruptedException {
        gate.enter();
        try {
            apply(messages);
        } finally {
            gate.leave();
        }
    }

    private void apply(ConsumerRecords<String, String> messages) throws InterruptedException {
        if (plan == null || reader == null) {
            throw new IllegalStateException("Records arrive, but no plan says what to do with them");
        }
        List<Change> changes = new ArrayList<>(messages.count());
        List<DeadLetter> deadLetters = new ArrayList<>();
        Map<Progress.Place, Long> next = new HashMap<>();
        for (ConsumerRecord<String, String> message : messages) {
            reader.read(message, changes, deadLetters);
            next.put(new Progress.Place(message.topic(), message.partition()), message.offset() + 1);
        }
        applier.apply(plan, changes, deadLetters, next);
    }
}
