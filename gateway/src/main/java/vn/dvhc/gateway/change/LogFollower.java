package vn.dvhc.gateway.change;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import vn.dvhc.contract.Topics;

/** Fills the log of units from {@code unit-changes.v1}. */
@ApplicationScoped
public class LogFollower {

    private static final Logger LOG = Logger.getLogger(LogFollower.class);

    private final TopicFollower follower;

    LogFollower(ChangeLog log, @ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        this.follower = new TopicFollower(Topics.UNIT_CHANGES, servers, new Taker(log));
    }

    /** Makes the logs of the parts that know no framework. */
    @ApplicationScoped
    static class Wiring {

        @Produces
        @Singleton
        ChangeLog changeLog() {
            return new ChangeLog();
        }

        @Produces
        @Singleton
        HandOverLog handOverLog(ChangeLog units) {
            return new HandOverLog(units);
        }

        @Produces
        @Singleton
        Feeds feeds(ChangeLog units, HandOverLog handOvers) {
            return new Feeds(units, handOvers);
        }
    }

    void start(@Observes StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        follower.stop();
    }

    private static final class Taker implements TopicFollower.Taker {

        private final ChangeLog log;
        private final EventReader reader = new EventReader();

        Taker(ChangeLog log) {
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
            LOG.infof("Caught up with the log sequence=%d", log.last());
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
                log.accept(reader.read(event), Instant.ofEpochMilli(entry.timestamp()), event);
                log.halt().ifPresent(LogFollower::tell);
            } catch (IllegalArgumentException | NullPointerException unreadable) {
                halt("The message at offset " + entry.offset() + " can't be read: " + unreadable.getMessage());
            }
            return true;
        }

        @Override
        public void halt(String cause) {
            log.halt(cause);
            tell(cause);
        }
    }

    private static void tell(String cause) {
        LOG.errorf("The log is not followed any more cause=%s", cause);
    }
}
