package vn.dvhc.registry.unit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Timeline;

/** What the register said at earlier moments. The past does not change, so the answers asked for last are kept. */
public final class Recollection {

    private static final int KEPT = 4;

    private final Map<Long, Timeline> known = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Timeline> eldest) {
            return size() > KEPT;
        }
    };

    /** The units as they were known at the moment, inclusive; some hundred milliseconds the first time. */
    public synchronized Timeline knownAt(RegisterState register, Instant moment) {
        Chronicle chronicle = register.chronicle();
        long sequence = chronicle.sequenceAt(moment);
        if (sequence == chronicle.lastSequence()) {
            return chronicle.timeline();
        }
        return known.computeIfAbsent(sequence, missing -> chronicle.knownAt(moment));
    }
}
