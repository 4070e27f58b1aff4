package vn.dvhc.sync.apply;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.capture.Batch;
import vn.dvhc.sync.capture.CdcReader;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.lane.Lane;
import vn.dvhc.sync.lane.Lanes;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.units.Gate;

/** Brings closed lanes to where the stream is: each reads its own topics from what it owes on, a bounded number of them at a time. */
@Singleton
class CatchUp {

    private static final Logger LOG = Logger.getLogger(CatchUp.class);

    /** Batches a turn, so that many lanes share the few threads. */
    private static final int TURN = 20;

    private final Lanes lanes;
    private final Gate gate;
    private final Plans plans;
    private final RecordApplier applier;
    private final ObjectMapper json;
    private final int parallel;
    private final Map<String, Object> kafka;
    private final List<Thread> threads = new ArrayList<>();

    @Inject
    CatchUp(
            Lanes lanes,
            Gate gate,
            Plans plans,
            RecordApplier applier,
            ObjectMapper json,
            SyncConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.lanes = lanes;
        this.gate = gate;
        this.plans = plans;
        this.applier = applier;
        this.json = json;
        this.parallel = config.lanes().parallel();
        this.kafka = new HashMap<>();
        this.kafka.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.getOrDefault(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092"));
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.kafka.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
        this.kafka.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        this.kafka.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
    }

    void start(@Observes StartupEvent event) {
        for (int i = 0; i < parallel; i++) {
            Thread thread = new Thread(this::follow, "catch-up");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        threads.forEach(Thread::interrupt);
    }

    private void follow() {
        try {
            while (true) {
                Optional<Lane> due = gate.hasOpened() ? lanes.take(Instant.now()) : Optional.empty();
                if (due.isEmpty()) {
                    Thread.sleep(100);
                } else {
                    turn(due.get());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn(Lane lane) throws InterruptedException {
        String failure = null;
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(kafka, new StringDeserializer(), new StringDeserializer())) {
            goOn(lane, consumer);
        } catch (SQLException | KafkaException failed) {
            failure = failed instanceof SQLException
                    ? "Cơ sở dữ liệu tạm thời không trả lời."
                    : "Kafka tạm thời không trả lời.";
            LOG.warnf("Lane does not catch up yet: lane=%s cause=%s", lane, failed.getMessage());
        } catch (RuntimeException defect) {
            failure = "Luồng gặp lỗi; xem nhật ký của dịch vụ.";
            LOG.errorf(defect, "Lane can't catch up: lane=%s", lane);
        } finally {
            lanes.rest(lane, failure);
        }
    }

    private void goOn(Lane lane, KafkaConsumer<String, String> consumer) throws SQLException, InterruptedException {
        Plan plan = plans.current().orElseThrow();
        if (!lane.source().isEmpty() && plan.source(lane.source()).isEmpty()
                || plan.source(lane.target()).isEmpty()) {
            lanes.forget(plan.nation(), lane);
            return;
        }
        Map<TopicPartition, Long> from = new HashMap<>();
        lanes.owed(lane).forEach((place, next) -> from.put(new TopicPartition(place.topic(), place.partition()), next));
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
        Map<Progress.Place, Long> ends = new HashMap<>();
        consumer.endOffsets(from.keySet())
                .forEach((place, end) -> ends.put(new Progress.Place(place.topic(), place.partition()), end));
        for (int turn = 0; turn < TURN; turn++) {
            if (lanes.settle(plan.nation(), lane, ends)) {
                return;
            }
            ConsumerRecords<String, String> messages = consumer.poll(Duration.ofMillis(200));
            if (!messages.isEmpty() && !apply(lane, messages)) {
                return;
            }
        }
    }

    /** False if the lane has to go back first. */
    private boolean apply(Lane lane, ConsumerRecords<String, String> messages)
            throws SQLException, InterruptedException {
        gate.enter();
        try {
            Plan plan = plans.current().orElseThrow();
            Batch batch = Batch.read(new CdcReader(json, plan), messages);
            Map<Progress.Place, Long> gaps = applier.apply(plan, batch, lane);
            Map<Progress.Place, Long> next = new HashMap<>(batch.next());
            next.putAll(gaps);
            lanes.moveTo(plan.nation(), lane, next);
            return gaps.isEmpty();
        } finally {
            gate.leave();
        }
    }
}
