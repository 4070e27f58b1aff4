package vn.dvhc.gateway;

import java.util.HashMap;
import java.util.Map;

/** The stand-ins, four connections to each, and a door that waits two seconds for who reads less than a megabyte a second. */
public class SlowReading extends StandIns {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put("dvhc.gateway.call.pool-size", "4");
        settings.put("dvhc.gateway.answer-patience", "2S");
        settings.put("dvhc.gateway.least-of-answer", "1M");
        return settings;
    }
}
