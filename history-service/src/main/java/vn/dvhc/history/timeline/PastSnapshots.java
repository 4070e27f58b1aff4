package vn.dvhc.history.timeline;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Snapshots of earlier moments. A few are kept, those asked for last; all moments between two groups of the log share one.
 * They never go stale, since what was recorded stays.
 */
public final class PastSnapshots {

    private final int most;
    private final Map<Long, Snapshot> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** @param most how many are kept, at least 1 */
    public PastSnapshots(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("At least one earlier snapshot is kept, not " + most);
        }
        this.most = most;
    }

    /** What was known at a moment, if that needs no computing. */
    public Optional<Snapshot> known(Snapshot current, Instant moment) {
        long sequence = current.chronicle().sequenceAt(moment);
        if (sequence == current.sequence()) {
            return Optional.of(current);
        }
        synchronized (kept) {
            return Optional.ofNullable(kept.get(sequence));
        }
    }

    /**
     * What was known at a moment. Takes as long as replaying the log unless it is kept, one at a time; not for the event loop.
     */
    public synchronized Snapshot compute(Snapshot current, Instant moment) {
        return known(current, moment).orElseGet(() -> {
            Snapshot past = current.recordedUntil(moment);
            synchronized (kept) {
                kept.put(past.sequence(), past);
                if (kept.size() > most) {
                    kept.remove(kept.keySet().iterator().next());
                }
            }
            return past;
        });
    }
}
