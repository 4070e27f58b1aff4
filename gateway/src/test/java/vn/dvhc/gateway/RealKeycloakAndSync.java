package vn.dvhc.gateway;

import java.util.HashMap;
import java.util.Map;

/** The real Keycloak, log and database; sync is stood in for as well, so that what passes is seen to pass. */
public class RealKeycloakAndSync extends RealKeycloak {

    private Upstream sync;

    @Override
    public Map<String, String> start() {
        sync = new Upstream("sync");
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("dvhc.gateway.upstreams.sync.url", sync.url());
        return settings;
    }

    @Override
    public void stop() {
        super.stop();
        sync.close();
    }
}
