package vn.dvhc.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import vn.dvhc.local.Account;
import vn.dvhc.local.PlatformProcess;

/** The real Keycloak with the project's realm, the real log and database, beside the stand-ins of the services. */
public class RealKeycloak implements QuarkusTestResourceLifecycleManager {

    private final StandIns standIns = new StandIns();
    private PlatformProcess platform;

    @Override
    public Map<String, String> start() {
        platform = platform(Path.of("target", "platform-it").toAbsolutePath());
        Map<String, String> settings = new HashMap<>(standIns.start());
        settings.put("quarkus.oidc.auth-server-url", platform.oidcUrl());
        settings.put("kafka.bootstrap.servers", platform.kafkaBootstrap());
        settings.put("quarkus.datasource.jdbc.url", platform.jdbcUrl("gateway"));
        settings.put("quarkus.datasource.password", Account.GATEWAY.password());
        settings.put("dvhc.gateway.streams.heartbeat", "1S");
        settings.put("dvhc.gateway.streams.patience", "2S");
        settings.put("dvhc.gateway.old-urls.flush", "1S");
        // The specification's schedule in short.
        settings.put("dvhc.gateway.webhooks.waits", "0S,1S,1S,1S,2S,2S,4S,4S,8S,8S");
        return settings;
    }

    PlatformProcess platform(Path folder) {
        return PlatformProcess.start(folder, Set.of(PlatformProcess.Option.FRESH));
    }

    @Override
    public void stop() {
        standIns.stop();
        if (platform != null) {
            platform.close();
        }
    }
}
