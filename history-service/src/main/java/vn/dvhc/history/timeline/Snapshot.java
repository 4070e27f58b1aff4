package vn.dvhc.history.timeline;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Timeline;

/** The timeline after a whole number of days of the log. Immutable; whoever answers takes one and keeps it to the end. */
public final class Snapshot {

    static final Snapshot EMPTY = new Snapshot(Timeline.empty(), 0, null);

    private final Timeline timeline;
    private final long sequence;
    private final @Nullable LocalDate firstDay;
    private @Nullable String digest;

    Snapshot(Timeline timeline, long sequence, @Nullable LocalDate firstDay) {
        this.timeline = timeline;
        this.sequence = sequence;
        this.firstDay = firstDay;
    }

    public Timeline timeline() {
        return timeline;
    }

    /** The last message of the log that is in it; 0 if none. */
    public long sequence() {
        return sequence;
    }

    /** The date of the first known state; empty while no day was read. */
    public Optional<LocalDate> firstDay() {
        return Optional.ofNullable(firstDay);
    }

    /**
     * Equal on every replica that holds the same days. A pass over all units when first asked, and only then: many who ask at
     * once wait for one. Not for the event loop.
     */
    public synchronized String digest() {
        String known = digest;
        if (known == null) {
            known = timeline.digest();
            digest = known;
        }
        return known;
    }
}
