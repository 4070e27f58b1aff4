package vn.dvhc.history;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;
import vn.dvhc.contract.Topics;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.time.BusinessClock;

/** The real Kafka with the log of the whole catalogue on it, before the service starts; some messages twice, as Debezium may. */
public class RealKafka implements QuarkusTestResourceLifecycleManager {

    private static final int REPEATED = 700;

    private PlatformProcess platform;

    @Override
    public Map<String, String> start() {
        platform = PlatformProcess.start(
                Path.of("target", "platform-it").toAbsolutePath(),
                EnumSet.of(PlatformProcess.Option.FRESH, PlatformProcess.Option.WITHOUT_KEYCLOAK));
        Path clock = Path.of("target", "it-clock").toAbsolutePath();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.kafkaBootstrap()))) {
            BusinessClock.set(clock, Instant.parse("2026-11-23T03:00:00Z"));
            createTopic(admin);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        List<UnitChangeData.Typed> log = CatalogueLog.whole().messages();
        int middle = log.size() / 2;
        publish(
                platform.kafkaBootstrap(),
                log.subList(0, middle).stream().map(CatalogueLog::cloudEvent).toList());
        publish(
                platform.kafkaBootstrap(),
                log.subList(middle - REPEATED, log.size()).stream()
                        .map(CatalogueLog::cloudEvent)
                        .toList());
        return Map.of(
                "kafka.bootstrap.servers", platform.kafkaBootstrap(),
                "dvhc.history.environment", "local",
                "dvhc.history.clock-file", clock.toString());
    }

    @Override
    public void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    /** Puts values on the topic, in order, and waits until the broker has them. */
    static void publish(String bootstrap, List<String> values) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrap, "linger.ms", "20", "enable.idempotence", "true");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            values.forEach(value -> producer.send(new ProducerRecord<>(Topics.UNIT_CHANGES, value)));
            producer.close(Duration.ofSeconds(60));
        }
    }

    /** Puts the weights of one unit on their topic. */
    static void publishWeights(String bootstrap, String unit, String event) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.EDGE_WEIGHTS, unit, event));
        }
    }

    private static void createTopic(Admin admin) {
        NewTopic topic = new NewTopic(Topics.UNIT_CHANGES, 1, (short) 1).configs(Map.of("retention.ms", "-1"));
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(failed);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
