package vn.dvhc.registry;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.registry.unit.RegisterState;

/** Ready once the catalogue is loaded and no day that has come waits to be enacted. */
@Readiness
@ApplicationScoped
class CatalogueCheck implements HealthCheck {

    private final Midnight midnight;
    private final Register register;

    CatalogueCheck(Midnight midnight, Register register) {
        this.midnight = midnight;
        this.register = register;
    }

    @Override
    public HealthCheckResponse call() {
        RegisterState state = register.current();
        return HealthCheckResponse.named("catalogue")
                .status(midnight.isCaughtUp())
                .withData("lastDay", state.lastDay().map(Object::toString).orElse("none"))
                .withData("sequence", state.lastSequence())
                .build();
    }
}
