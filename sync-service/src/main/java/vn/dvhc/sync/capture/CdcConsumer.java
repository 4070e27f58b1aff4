package vn.dvhc.sync.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import vn.dvhc.sync.apply.RecordApplier;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.declare.PlanKeeper;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.units.Gate;

/** Takes batches of Debezium's messages; the next one is fetched when this one is applied, so memory is bounded. */
@Singleton
class CdcConsumer {

    private final Gate gate;
    private final RecordApplier applier;
    private final Plans plans;
    private final PlanKeeper keeper;
    private final ObjectMapper json;

    @Inject
    CdcConsumer(Gate gate, RecordApplier applier, Plans plans, PlanKeeper keeper, ObjectMapper json) {
        this.gate = gate;
        this.applier = applier;
        this.plans = plans;
        this.keeper = keeper;
        this.json = json;
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
        Plan plan = planFor(messages);
        applier.apply(plan, Batch.read(new CdcReader(json, plan), messages));
    }

    /** The plan in use; a table that it does not name may have been declared a moment ago through another replica. */
    private Plan planFor(ConsumerRecords<String, String> messages) {
        Plan plan = plans.current()
                .orElseThrow(() -> new IllegalStateException("Records arrive, but no plan says what to do with them"));
        boolean declared = messages.partitions().stream()
                .allMatch(partition -> new Progress.Place(partition.topic(), partition.partition())
                        .dataset(plan)
                        .isPresent());
        if (declared) {
            return plan;
        }
        keeper.refreshWithinGate();
        return plans.current().orElse(plan);
    }
}
