package vn.dvhc.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import vn.dvhc.registry.unit.Recollection;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.time.BusinessClock;

/** Gives out what there is exactly one of: the register in memory, what it recalls, and the clock it goes by. */
@ApplicationScoped
class RegisterProducer {

    @Produces
    @Singleton
    Register register() {
        return new Register();
    }

    @Produces
    @Singleton
    Recollection recollection() {
        return new Recollection();
    }

    /** @throws IllegalStateException if a clock file is set outside a local environment */
    @Produces
    @Singleton
    BusinessClock clock(RegistryConfig config) {
        return clock(config.clockFile(), config.environment());
    }

    static BusinessClock clock(Optional<Path> file, String environment) {
        if (file.isEmpty()) {
            return BusinessClock.real();
        }
        if (!environment.equals("local")) {
            throw new IllegalStateException("dvhc.registry.clock-file (DVHC_CLOCK_FILE) moves the business clock and is"
                    + " refused unless dvhc.environment (DVHC_ENVIRONMENT) is local");
        }
        return BusinessClock.ofFile(file.get());
    }
}
