package vn.dvhc.gateway.change;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import vn.dvhc.contract.Topics;

/** Fills the log of hand-overs from {@code handovers.v1}; behind the log of units, which says whose they are. */
@ApplicationScoped
public class HandOverFollower {

    private static final Logger LOG = Logger.getLogger(HandOverFollower.class);

    private final TopicFollower follower;

    HandOverFollower(HandOverLog log, @ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        this.follower = new TopicFollower(Topics.HANDOVERS, servers, new Taker(log));
    }

    void start(@Observes StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        follower.stop();
    }

    private static final class Taker implements TopicFollower.Taker {

        private final HandOverLog log;
        private final EventReader reader = new EventReader();
        private long waitingFor = -1;

        Taker(HandOverLog log) {
            this.log = log;
        }

        @Override
        public boolean isWanted() {
            return log.halt().isEmpty();
        }

        @Override
        public boolean isCaughtUp() {
            return log.isCaughtUp();
        }

        @Override
        public void caughtUp() {
            log.caughtUp();
            LOG.infof("Caught up with hand-overs sequence=%d", log.last());
        }

        @Override
        public boolean take(ConsumerRecord<String, byte[]> entry) {
            byte[] value = entry.value();
            if (value == null) {
                halt("The message at offset " + entry.offset() + " has no value");
                return true;
            }
            byte[] event = EventReader.oneLine(value);
            try {
                HandOverLog.Told told = reader.readHandOver(event);
                if (!log.isReadyFor(told)) {
                    wait(told);
                    return false;
                }
                log.accept(told, event);
                log.halt().ifPresent(Taker::tell);
            } catch (IllegalArgumentException | NullPointerException unreadable) {
                halt("The message at offset " + entry.offset() + " can't be read: " + unreadable.getMessage());
            }
            return true;
        }

        private void wait(HandOverLog.Told told) {
            long sequence = told.data().sequence();
            if (waitingFor != sequence) {
                waitingFor = sequence;
                LOG.infof("Waiting for the log of units sequence=%d", sequence);
            }
        }

        @Override
        public void halt(String cause) {
            log.halt(cause);
            tell(cause);
        }

        private static void tell(String cause) {
            LOG.errorf("Hand-overs are not followed any more cause=%s", cause);
        }
    }
}
