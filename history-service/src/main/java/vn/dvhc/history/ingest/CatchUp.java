package vn.dvhc.history.ingest;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.timeline.TimelineFeed;

/**
 * Knows when the log has been read up to the end that was seen when the partitions were first assigned. It never takes
 * that back: what is enacted later arrives within milliseconds, and until then the answers of before are true.
 */
@ApplicationScoped
@Identifier("catch-up")
public class CatchUp implements KafkaConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(CatchUp.class);

    private final TimelineFeed feed;
    private final Map<TopicPartition, Long> missing = new HashMap<>();
    private @Nullable Instant assigned;
    private volatile @Nullable Duration took;

    CatchUp(TimelineFeed feed) {
        this.feed = feed;
    }

    @Override
    public synchronized void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (assigned != null || partitions.isEmpty()) {
            return;
        }
        consumer.endOffsets(partitions).forEach((partition, end) -> {
            if (end > 0) {
                missing.put(partition, end);
            }
        });
        assigned = Instant.now();
        LOG.infof("Reading the log from its beginning to offsets=%s", missing);
        finishIfNothingIsMissing();
    }

    /** Takes note of the offsets at which the next records will be read, after all before them were applied. */
    synchronized void applied(Map<TopicPartition, OffsetAndMetadata> next) {
        if (took != null) {
            return;
        }
        next.forEach((partition, offset) -> {
            if (offset.offset() >= missing.getOrDefault(partition, Long.MAX_VALUE)) {
                missing.remove(partition);
            }
        });
        finishIfNothingIsMissing();
    }

    /** How long reading the log took, from the assignment of its partitions; empty while it lasts. */
    public Optional<Duration> took() {
        return Optional.ofNullable(took);
    }

    private void finishIfNothingIsMissing() {
        Instant since = assigned;
        if (since != null && missing.isEmpty() && took == null) {
            Duration duration = Duration.between(since, Instant.now());
            took = duration;
            feed.caughtUp();
            LOG.infof("Caught up with the log in millis=%d", duration.toMillis());
        }
    }
}
