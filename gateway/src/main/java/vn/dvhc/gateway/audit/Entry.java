package vn.dvhc.gateway.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.dvhc.seal.Link;

/**
 * A link of the chain.
 *
 * @param place from 1 on, without gap
 * @param times how many alike it stands for
 */
record Entry(long place, DoorEvent event, long times, String previous, String hash) {

    /** What its hash has to be. */
    String expected() {
        return Link.hash(previous, place, event.parts(times));
    }

    /** The last link. */
    record Head(long place, String hash) {

        static final Head NONE = new Head(0, Link.BEGINNING);
    }

    /** How often each event happened; alike ones are one. */
    static Map<DoorEvent, Long> counted(List<DoorEvent> events) {
        Map<List<String>, DoorEvent> first = new LinkedHashMap<>();
        Map<DoorEvent, Long> counts = new LinkedHashMap<>();
        for (DoorEvent event : events) {
            DoorEvent like = first.computeIfAbsent(event.likeness(), key -> event);
            counts.merge(like, 1L, Long::sum);
        }
        return counts;
    }

    /** The links that follow the head, one an event. */
    static List<Entry> following(Head head, Map<DoorEvent, Long> events) {
        List<Entry> entries = new ArrayList<>();
        long place = head.place();
        String previous = head.hash();
        for (Map.Entry<DoorEvent, Long> counted : events.entrySet()) {
            place++;
            String hash = Link.hash(previous, place, counted.getKey().parts(counted.getValue()));
            entries.add(new Entry(place, counted.getKey(), counted.getValue(), previous, hash));
            previous = hash;
        }
        return entries;
    }
}
