package vn.dvhc.gateway.change;

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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fills a log from a topic of one partition: reads it whole and then follows it, on a thread of its own; without a group, since each replica wants all of
 * it. While Kafka is away it tries again: the door opens all the same.
 */
final class TopicFollower {

    private static final Logger LOG = Logger.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_SECONDS = 2;

    private final TopicPartition partition;
    private final Map<String, Object> settings;
    private final HeldFeed log;
    private final Taker taker;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long next;
    private boolean isMissed;
    private @Nullable Thread thread;

    /** Puts into the log what is read; called by the follower's thread only. */
    interface Taker {

        /**
         * Takes an event, or leaves it to be offered again a little later.
         *
         * @param event on one line
         * @param recordedAt the time of its message
         * @return whether it was taken
         * @throws IllegalArgumentException if it can't be read
         * @throws NullPointerException if something lacks in it
         */
        boolean take(byte[] event, Instant recordedAt);
    }

    /** @param log is filled, until it halts */
    TopicFollower(String topic, String servers, HeldFeed log, Taker taker) {
        this.partition = new TopicPartition(topic, 0);
        this.log = log;
        this.taker = taker;
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

    void start() {
        Thread follower = new Thread(this::run, partition.topic());
        follower.setDaemon(true);
        thread = follower;
        follower.start();
    }

    void stop() throws InterruptedException {
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
                LOG.warnf(
                        "A topic can't be read now, trying again topic=%s cause=%s",
                        partition.topic(), broken.toString());
                pause();
            } catch (RuntimeException defect) {
                LOG.errorf(defect, "A topic can't be followed topic=%s", partition.topic());
                halt("A defect at offset " + next);
            }
        }
    }

    private boolean isWanted() {
        return stopped.getCount() > 0 && !log.isHalted();
    }

    private void follow(KafkaConsumer<String, byte[]> consumer) {
        if (!exists(consumer)) {
            pause();
            return;
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, next);
        long end = consumer.endOffsets(List.of(partition), PATIENCE).getOrDefault(partition, 0L);
        while (isWanted()) {
            if (!log.isCaughtUp() && consumer.position(partition, PATIENCE) >= end) {
                log.caughtUp();
                LOG.infof("Caught up with a topic topic=%s sequence=%d", partition.topic(), log.last());
            }
            for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
                while (isWanted() && !take(message)) {
                    pause();
                }
                if (!isWanted()) {
                    return;
                }
                next = message.offset() + 1;
            }
        }
    }

    /** A message that can't be read halts the log: whatever follows would follow a gap. */
    private boolean take(ConsumerRecord<String, byte[]> message) {
        byte[] value = message.value();
        if (value == null) {
            halt("The message at offset " + message.offset() + " has no value");
            return true;
        }
        byte[] event = EventReader.oneLine(value);
        try {
            boolean taken = taker.take(event, Instant.ofEpochMilli(message.timestamp()));
            log.halt().ifPresent(this::tellHalted);
            return taken;
        } catch (IllegalArgumentException | NullPointerException unreadable) {
            halt("The message at offset " + message.offset() + " can't be read: " + unreadable.getMessage());
            return true;
        }
    }

    private void halt(String cause) {
        log.halt(cause);
        tellHalted(cause);
    }

    private void tellHalted(String cause) {
        LOG.errorf("A topic is not followed any more topic=%s cause=%s", partition.topic(), cause);
    }

    private boolean exists(KafkaConsumer<String, byte[]> consumer) {
        boolean exists = !consumer.partitionsFor(partition.topic(), PATIENCE).isEmpty();
        if (!exists && !isMissed) {
            LOG.infof("A topic is not there yet topic=%s", partition.topic());
        }
        isMissed = !exists;
        return exists;
    }

    private void pause() {
        try {
            if (stopped.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.debugf("Stopped while waiting topic=%s", partition.topic());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }
}
