package vn.dvhc.gateway.change;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import vn.dvhc.contract.Topics;

/** Fills the log of units from {@code unit-changes.v1}. */
@ApplicationScoped
public class LogFollower {

    private final TopicFollower follower;

    LogFollower(ChangeLog log, @ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
        EventReader reader = new EventReader();
        this.follower = new TopicFollower(Topics.UNIT_CHANGES, servers, log, (event, recordedAt) -> {
            log.accept(reader.read(event), recordedAt, event);
            return true;
        });
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
}
