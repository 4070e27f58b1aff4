package vn.dvhc.gateway.redirect;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.time.BusinessClock;

/** Makes the clock by which codes are read as of today. */
@ApplicationScoped
class RedirectWiring {

    /** @throws IllegalStateException if production is given a clock file */
    @Produces
    @Singleton
    BusinessClock businessClock(GatewayConfig config) {
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
