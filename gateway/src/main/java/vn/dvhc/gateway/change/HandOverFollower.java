package vn.dvhc.gateway.change;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import vn.dvhc.contract.Topics;

/** Fills the log of hand-overs from {@code handovers.v1}; behind the log of units, which says whose they are. */
@ApplicationScoped
public class HandOverFollower {

    private static final Logger LOG = Logger.getLogger(HandOverFollower.class);

    private final TopicFollower follower;

    HandOverFollower(HandOverLog log, @ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        this.follower = new TopicFollower(Topics.HANDOVERS, servers, log, new Taker(log));
    }

    void start(@Observes StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        follower.stop();
    }

    /** Offered anew while it waits. */
    private static final class Taker implements TopicFollower.Taker {

        private final HandOverLog log;
        private final EventReader reader = new EventReader();
        private long waitingFor = -1;

        Taker(HandOverLog log) {
            this.log = log;
        }

        @Override
        public boolean take(byte[] event, Instant recordedAt) {
            HandOverLog.Told told = reader.readHandOver(event);
            boolean isReady = log.isReadyFor(told);
            if (isReady) {
                log.accept(told, event);
            } else {
                wait(told);
            }
            return isReady;
        }

        private void wait(HandOverLog.Told told) {
            long sequence = told.data().sequence();
            if (waitingFor != sequence) {
                waitingFor = sequence;
                LOG.infof("Waiting for the log of units sequence=%d", sequence);
            }
        }
    }
}
