package vn.dvhc.gateway;

import java.util.HashMap;
import java.util.Map;

/** Everything real; the house has said until when it answers by codes that nobody bears. */
public class KeycloakAndSunset extends RealKeycloak {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("dvhc.gateway.old-urls.sunset", "2038-01-01");
        return settings;
    }
}
