package vn.dvhc.sync;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import vn.dvhc.time.BusinessClock;

/** Gives everybody the one business clock. */
@Singleton
class ClockProducer {

    @Produces
    @Singleton
    BusinessClock clock(SyncConfig config) {
        if (config.clockFile().isEmpty()) {
            return BusinessClock.real();
        }
        Path file = config.clockFile().get();
        if (!"local".equals(config.environment())) {
            throw new IllegalStateException(
                    "dvhc.sync.clock-file is for rehearsals: it needs dvhc.sync.environment=local");
        }
        return BusinessClock.ofFile(file);
    }
}
