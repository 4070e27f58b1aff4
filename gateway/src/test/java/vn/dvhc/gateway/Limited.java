package vn.dvhc.gateway;

import java.util.HashMap;
import java.util.Map;

/** Everything real, with limits that hold for this machine too. */
public class Limited extends RealKeycloak {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("dvhc.gateway.limits.this-machine", "true");
        settings.put("dvhc.gateway.limits.anonymous.requests", "100000");
        settings.put("dvhc.gateway.limits.clients.\"subscriber-demo\".requests", "1000");
        settings.put("dvhc.gateway.limits.clients.\"subscriber-demo\".window", "1H");
        settings.put("dvhc.gateway.limits.clients.\"registry-drafter\".daily", "40");
        settings.put("dvhc.gateway.limits.clients.\"province-hai-phong\".daily", "40");
        settings.put("dvhc.gateway.limits.clients.\"console\".daily", "40");
        settings.put("dvhc.gateway.body-timeout", "3S");
        settings.put("dvhc.gateway.audit.tally", "3S");
        return settings;
    }
}
