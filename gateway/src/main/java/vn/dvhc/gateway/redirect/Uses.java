package vn.dvhc.gateway.redirect;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts who calls old codes until the counts are written down. Bounded: what finds no place is counted as lost, and what could not be
 * written is put back.
 */
final class Uses {

    private final int most;
    private Map<Key, Count> counts = new HashMap<>();
    private long lost;

    /** @param most different lines that are held; some 200 bytes each */
    Uses(int most) {
        this.most = most;
    }

    /**
     * What is counted together.
     *
     * @param client empty for callers unknown
     * @param pattern the id of a pattern, or a path of the door's own
     */
    record Key(LocalDate day, String client, String pattern, String code) {}

    /** How often, and when last. */
    record Count(long times, Instant last) {

        Count plus(Count other) {
            return new Count(times + other.times, last.isAfter(other.last) ? last : other.last);
        }
    }

    /** One line of the report. */
    record Use(Key key, Count count) {}

    synchronized void note(Key key, Instant at) {
        add(key, new Count(1, at));
    }

    /** Takes all out, to be written. */
    synchronized List<Use> drain() {
        List<Use> all = new ArrayList<>(counts.size());
        counts.forEach((key, count) -> all.add(new Use(key, count)));
        counts = new HashMap<>();
        return all;
    }

    /** Puts back what could not be written. */
    synchronized void putBack(List<Use> unwritten) {
        unwritten.forEach(use -> add(use.key(), use.count()));
    }

    /** Calls that found no place since the start. */
    synchronized long lost() {
        return lost;
    }

    private void add(Key key, Count count) {
        if (counts.size() < most || counts.containsKey(key)) {
            counts.merge(key, count, Count::plus);
        } else {
            lost += count.times();
        }
    }
}
