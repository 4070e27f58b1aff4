package vn.dvhc.registry.unit;

import java.time.LocalDate;
import java.util.Optional;
import vn.dvhc.timeline.Timeline;

/**
 * The timeline with the last sequence number it accounts for.
 *
 * @param lastSequence 0 before the first message
 */
public record RegisterState(Timeline timeline, long lastSequence) {

    /** Before the first enactment. */
    public static final RegisterState EMPTY = new RegisterState(Timeline.empty(), 0);

    public Optional<LocalDate> lastDay() {
        return timeline.lastDay();
    }

    /** {@link Timeline#digest}. */
    public String digest() {
        return timeline.digest();
    }

    boolean isAfter(RegisterState other) {
        LocalDate day = lastDay().orElse(LocalDate.MIN);
        return day.isAfter(other.lastDay().orElse(LocalDate.MIN));
    }
}
