package vn.dvhc.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import vn.dvhc.local.PlatformProcess;

/** The real Keycloak with the project's realm, beside the stand-ins of the services. */
public class RealKeycloak implements QuarkusTestResourceLifecycleManager {

    private final StandIns standIns = new StandIns();
    private PlatformProcess platform;

    @Override
    public Map<String, String> start() {
        platform = PlatformProcess.start(
                Path.of("target", "platform-it").toAbsolutePath(), Set.of(PlatformProcess.Option.FRESH));
        Map<String, String> settings = new HashMap<>(standIns.start());
        settings.put("quarkus.oidc.auth-server-url", platform.oidcUrl());
        return settings;
    }

    @Override
    public void stop() {
        standIns.stop();
        if (platform != null) {
            platform.close();
        }
    }
}
