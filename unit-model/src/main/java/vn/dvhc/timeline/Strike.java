package vn.dvhc.timeline;

import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitId;

/**
 * Takes back a message of the log, or one edge that rides on it.
 *
 * @param sequence the message; a message that itself strikes may be struck too, which lets the other one count again
 * @param to only the edge to this unit, everything else of the message stays; null for the whole message
 */
public record Strike(long sequence, @Nullable UnitId to) {

    /** Strikes a whole message. */
    public static Strike of(long sequence) {
        return new Strike(sequence, null);
    }
}
