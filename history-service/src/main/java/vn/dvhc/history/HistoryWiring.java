package vn.dvhc.history;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import vn.dvhc.history.lineage.LiveWeights;
import vn.dvhc.history.search.LiveGazetteer;
import vn.dvhc.history.timeline.PastSnapshots;
import vn.dvhc.history.timeline.TimelineFeed;
import vn.dvhc.time.BusinessClock;

/** Makes beans of the parts that know no framework. */
@ApplicationScoped
public class HistoryWiring {

    @Produces
    @Singleton
    TimelineFeed timelineFeed() {
        return new TimelineFeed();
    }

    @Produces
    @Singleton
    LiveGazetteer liveGazetteer(TimelineFeed feed) {
        return new LiveGazetteer(feed, Infrastructure.getDefaultWorkerPool());
    }

    @Produces
    @Singleton
    LiveWeights liveWeights() {
        return new LiveWeights();
    }

    @Produces
    @Singleton
    PastSnapshots pastSnapshots(HistoryConfig config) {
        return new PastSnapshots(config.past().kept());
    }

    /** @throws IllegalStateException if production is given a clock file */
    @Produces
    @Singleton
    BusinessClock businessClock(HistoryConfig config) {
        Optional<Path> file = config.clockFile();
        if (file.isEmpty()) {
            return BusinessClock.real();
        }
        if (!config.environment().equals("local")) {
            throw new IllegalStateException(
                    "DVHC_CLOCK_FILE moves the business clock and is refused unless DVHC_ENVIRONMENT=local");
        }
        return BusinessClock.ofFile(file.get());
    }
}
