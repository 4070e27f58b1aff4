package vn.dvhc.gateway;

import java.util.HashMap;
import java.util.Map;

/** An identity provider whose key the tests hold, and tight limits that hold for this machine too. */
public class LimitedOwnIssuer extends OwnIssuer {

    static final int REQUESTS = 5;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("dvhc.gateway.limits.this-machine", "true");
        settings.put("dvhc.gateway.limits.anonymous.requests", Integer.toString(REQUESTS));
        settings.put("dvhc.gateway.limits.anonymous.window", "1H");
        settings.put("quarkus.datasource.jdbc.acquisition-timeout", "0.1S");
        return settings;
    }
}
