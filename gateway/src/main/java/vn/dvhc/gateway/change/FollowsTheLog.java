package vn.dvhc.gateway.change;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells how far the log has been read. The door stays ready without it: look-ups do not need it. */
@Readiness
@ApplicationScoped
public class FollowsTheLog implements HealthCheck {

    private final ChangeLog log;

    FollowsTheLog(ChangeLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("changes")
                .withData("caughtUp", log.isCaughtUp())
                .withData("sequence", log.last());
        log.halt().ifPresent(cause -> response.withData("haltedBy", cause));
        log.units().halt().ifPresent(cause -> response.withData("unitsHaltedBy", cause));
        return response.up().build();
    }
}
