package vn.dvhc.gateway;

import java.util.HashMap;
import java.util.Map;

/** The stand-ins, and a door that waits for nobody and keeps little: a second for bodies and answers, three failures, a minute's rest. */
public class Impatient extends StandIns {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("dvhc.gateway.body-timeout", "1S");
        settings.put("dvhc.gateway.call.silence-timeout", "1S");
        settings.put("dvhc.gateway.call.failures", "3");
        settings.put("dvhc.gateway.call.rest", "60S");
        settings.put("dvhc.gateway.kept.max-size", "100K");
        settings.put("dvhc.gateway.routes.away.path", "/v1/away");
        settings.put("dvhc.gateway.routes.away.upstream", "sync");
        settings.put("dvhc.gateway.routes.away.methods", "GET");
        return settings;
    }
}
