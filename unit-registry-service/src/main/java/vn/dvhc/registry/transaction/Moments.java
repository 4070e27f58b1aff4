package vn.dvhc.registry.transaction;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import vn.dvhc.time.BusinessClock;

/** Moments as they are recorded: no finer than the database and the events keep them, so that all three say the same. */
@Singleton
class Moments {

    private final BusinessClock clock;

    Moments(BusinessClock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
