package vn.dvhc.gateway;

import java.util.HashMap;
import java.util.Map;

/** The stand-ins, four connections to each, and a door that waits long for slow readers, but for two of one address at a time. */
public class SlowReadingOfOne extends StandIns {

    static final int CONNECTIONS = 4;
    static final int MOST = 2;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("dvhc.gateway.limits.this-machine", "true");
        settings.put("dvhc.gateway.limits.anonymous.requests", "1000000");
        settings.put("dvhc.gateway.call.pool-size", Integer.toString(CONNECTIONS));
        settings.put("dvhc.gateway.most-waiting-answers-of-caller", Integer.toString(MOST));
        settings.put("dvhc.gateway.answer-patience", "10M");
        return settings;
    }
}
