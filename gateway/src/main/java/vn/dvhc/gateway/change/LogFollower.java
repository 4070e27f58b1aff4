package vn.dvhc.gateway.change;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.Topics;

/**
 * Reads the log whole and then follows it, on a thread of its own; without a group, since each replica wants all of it. While Kafka
 * is away it tries again: the door opens all the same.
 */
@ApplicationScoped
public class LogFollower {

    private static final Logger LOG = Logger.getLogger(LogFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_SECONDS = 2;

    private final ChangeLog log;
    private final Map<String, Object> settings;
    private final TopicPartition partition = new TopicPartition(Topics.UNIT_CHANGES, 0);
    private final EventReader reader = new EventReader();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long next;
    private @Nullable Thread thread;

    LogFollower(ChangeLog log, @ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        this.log = log;
        this.settings = Map.of(
                "reconnect.backoff.ms", "500",
                "bootstrap.servers", servers,
                "enable.auto.commit", "false",
                "isolation.level", "read_committed",
                "allow.auto.create.topics", "false",
                "auto.offset.reset", "earliest",
                "max.poll.records", "5000",
                "max.partition.fetch.bytes", "8388608",
                "reconnect.backoff.max.ms", "10000",
                "metadata.max.age.ms", "10000");
    }

    /** Makes the log of the parts that know no framework. */
    @ApplicationScoped
    static class Wiring {

        @Produces
        @Singleton
        ChangeLog changeLog() {
            return new ChangeLog();
        }
    }

    void start(@Observes StartupEvent event) {
        Thread follower = new Thread(this::run, "unit-changes");
        follower.setDaemon(true);
        thread = follower;
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        if (thread != null) {
            thread.join(PATIENCE.toMillis());
        }
    }

    private void run() {
        while (isWanted()) {
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                follow(consumer);
            } catch (KafkaException broken) {
                LOG.warnf("The log can't be read now, trying again cause=%s", broken.toString());
                pause();
            } catch (RuntimeException defect) {
                LOG.error("The log can't be followed", defect);
                log.halt("A defect after sequence " + log.last());
            }
        }
        log.halt().ifPresent(cause -> LOG.errorf("The log is not followed any more cause=%s", cause));
    }

    private boolean isWanted() {
        return stopped.getCount() > 0 && log.halt().isEmpty();
    }

    private void follow(KafkaConsumer<String, byte[]> consumer) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, next);
        long end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
        while (isWanted()) {
            if (!log.isCaughtUp() && consumer.position(partition, PATIENCE) >= end) {
                log.caughtUp();
                LOG.infof("Caught up with the log sequence=%d", log.last());
            }
            for (ConsumerRecord<String, byte[]> entry : consumer.poll(POLL)) {
                take(entry);
                next = entry.offset() + 1;
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> entry) {
        byte[] value = entry.value();
        if (value == null) {
            log.halt("The message at offset " + entry.offset() + " has no value");
            return;
        }
        byte[] event = EventReader.oneLine(value);
        try {
            log.accept(reader.read(event), Instant.ofEpochMilli(entry.timestamp()), event);
        } catch (IllegalArgumentException | NullPointerException unreadable) {
            log.halt("The message at offset " + entry.offset() + " can't be read: " + unreadable.getMessage());
        }
    }

    private void pause() {
        try {
            if (stopped.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("Stopped while waiting for the log");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }
}
