package vn.dvhc.gateway;

import java.util.HashMap;
import java.util.Map;

/** The real Keycloak; where the log and the door's database should be nobody listens. */
public class KeycloakAlone extends RealKeycloak {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("kafka.bootstrap.servers", "127.0.0.1:" + StandIns.closedPort());
        settings.put(
                "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + StandIns.closedPort() + "/gateway");
        return settings;
    }
}
