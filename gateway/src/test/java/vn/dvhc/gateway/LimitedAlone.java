package vn.dvhc.gateway;

import java.util.HashMap;
import java.util.Map;

/** The stand-ins, tight limits that hold for this machine too, and no database to count in together. */
public class LimitedAlone extends StandIns {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("dvhc.gateway.limits.this-machine", "true");
        settings.put("dvhc.gateway.limits.anonymous.requests", "20");
        settings.put("dvhc.gateway.limits.anonymous.window", "1H");
        return settings;
    }
}
