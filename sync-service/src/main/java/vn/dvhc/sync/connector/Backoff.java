package vn.dvhc.sync.connector;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something that failed is tried again: at once doubled with every failure up to a longest time, and from the beginning after
 * it went well for that long.
 */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private int attempts;
    private @Nullable Instant nextAt;
    private @Nullable Instant wellSince;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** Tells of a failure; true if it is to be tried again now. */
    boolean failed(Instant now) {
        wellSince = null;
        Instant due = nextAt;
        if (due == null) {
            nextAt = now.plus(delay());
            return false;
        }
        if (now.isBefore(due)) {
            return false;
        }
        attempts++;
        nextAt = now.plus(delay());
        return true;
    }

    /** Tells that it runs. */
    void runs(Instant now) {
        Instant since = wellSince == null ? now : wellSince;
        wellSince = since;
        if (!now.isBefore(since.plus(longest))) {
            attempts = 0;
            nextAt = null;
        }
    }

    int attempts() {
        return attempts;
    }

    @Nullable
    Instant nextAt() {
        return wellSince == null ? nextAt : null;
    }

    private Duration delay() {
        Duration delay = first.multipliedBy(1L << Math.min(attempts, 20));
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
