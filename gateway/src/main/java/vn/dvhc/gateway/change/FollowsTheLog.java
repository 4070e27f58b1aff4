package vn.dvhc.gateway.change;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells how far the logs have been read. The door stays ready without it: look-ups do not need it. */
@Readiness
@ApplicationScoped
public class FollowsTheLog implements HealthCheck {

    private final ChangeLog log;
    private final HandOverLog handOvers;

    FollowsTheLog(ChangeLog log, HandOverLog handOvers) {
        this.log = log;
        this.handOvers = handOvers;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("changes")
                .withData("caughtUp", log.isCaughtUp())
                .withData("sequence", log.last())
                .withData("handOversCaughtUp", handOvers.isCaughtUp())
                .withData("handOvers", handOvers.last());
        handOvers.halt().ifPresent(cause -> response.withData("handOversHaltedBy", cause));
        log.halt().ifPresent(cause -> response.withData("haltedBy", cause));
        log.units().halt().ifPresent(cause -> response.withData("unitsHaltedBy", cause));
        return response.up().build();
    }
}
