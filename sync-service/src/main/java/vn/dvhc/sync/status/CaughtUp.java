package vn.dvhc.sync.status;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import vn.dvhc.sync.handover.EnactmentCoordinator;
import vn.dvhc.sync.units.Gate;

/** Ready once the units are known, the databases prepared and every hand-over that was due is done. */
@Readiness
@Singleton
class CaughtUp implements HealthCheck {

    private final Gate gate;
    private final EnactmentCoordinator coordinator;

    @Inject
    CaughtUp(Gate gate, EnactmentCoordinator coordinator) {
        this.gate = gate;
        this.coordinator = coordinator;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("caught-up")
                .status(gate.hasOpened() && coordinator.failure().isEmpty())
                .withData("failure", coordinator.failure().orElse(""))
                .build();
    }
}
