package vn.dvhc.history.ingest;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import vn.dvhc.history.timeline.Arrival;
import vn.dvhc.history.timeline.Halt;
import vn.dvhc.history.timeline.TimelineFeed;

/** The only reader of the log: one poll of Kafka is one batch of the feed. */
@ApplicationScoped
public class UnitChangesConsumer {

    private static final Logger LOG = Logger.getLogger(UnitChangesConsumer.class);

    private final TimelineFeed feed;
    private final CatchUp catchUp;
    private final EventReader reader = new EventReader();

    UnitChangesConsumer(TimelineFeed feed, @Identifier("catch-up") CatchUp catchUp) {
        this.feed = feed;
        this.catchUp = catchUp;
    }

    /**
     * Applies a batch off the event loop, in order.
     *
     * @throws IllegalStateException if the feed is halted: the channel ends, so that nothing is read in vain
     */
    @Incoming("unit-changes")
    @Blocking
    void consume(ConsumerRecords<String, String> batch) {
        List<Arrival> arrivals = new ArrayList<>(batch.count());
        for (ConsumerRecord<String, String> entry : batch) {
            try {
                arrivals.add(reader.read(entry.value(), Instant.ofEpochMilli(entry.timestamp())));
            } catch (UnreadableEventException unreadable) {
                feed.accept(arrivals);
                feed.halt("The message at partition " + entry.partition() + ", offset " + entry.offset()
                        + " can't be read: " + unreadable.getMessage());
                break;
            }
        }
        if (feed.halt().isEmpty()) {
            feed.accept(arrivals);
        }
        feed.halt().ifPresent(UnitChangesConsumer::stop);
        catchUp.applied(batch.nextOffsets());
    }

    private static void stop(Halt halt) {
        LOG.errorf("The log can't be followed beyond sequence=%d cause=%s", halt.afterSequence(), halt.cause());
        throw new IllegalStateException("The feed is halted after sequence " + halt.afterSequence());
    }
}
