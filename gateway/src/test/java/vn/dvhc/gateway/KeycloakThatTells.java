package vn.dvhc.gateway;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;

/** Everything real; Keycloak knows where the door is and tells it who has signed out. */
public class KeycloakThatTells extends RealKeycloak {

    private final int port = StandIns.closedPort();

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("quarkus.http.test-port", Integer.toString(port));
        return settings;
    }

    @Override
    PlatformProcess platform(Path folder) {
        return PlatformProcess.start(
                PlatformOptions.withFreePorts(folder)
                        .withFresh(true)
                        .withGateway(port)
                        .withParent(OptionalLong.of(ProcessHandle.current().pid())),
                line -> {});
    }
}
