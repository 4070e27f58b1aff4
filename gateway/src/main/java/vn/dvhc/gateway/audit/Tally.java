package vn.dvhc.gateway.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Refusals that come in floods, counted until they are taken: alike ones are one. Holds so many different ones; what comes beyond is
 * counted as nobody's, so that neither memory nor the chain grows with a flood.
 */
final class Tally {

    private final int most;
    private Map<List<String>, DoorEvent> first = new LinkedHashMap<>();
    private Map<DoorEvent, Long> counts = new LinkedHashMap<>();

    /** @param most different ones that are told apart */
    Tally(int most) {
        this.most = most;
    }

    synchronized void add(DoorEvent event) {
        DoorEvent told = first.containsKey(event.likeness()) || first.size() < most ? event : event.ofNobody();
        counts.merge(first.computeIfAbsent(told.likeness(), key -> told), 1L, Long::sum);
    }

    /** What was counted since the last time, each with its first moment. */
    synchronized Map<DoorEvent, Long> take() {
        Map<DoorEvent, Long> taken = counts;
        first = new LinkedHashMap<>();
        counts = new LinkedHashMap<>();
        return taken;
    }
}
