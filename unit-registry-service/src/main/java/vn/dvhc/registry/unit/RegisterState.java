package vn.dvhc.registry.unit;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Timeline;

/** The timeline with the last sequence number it accounts for. Immutable. */
public final class RegisterState {

    /** Before the first enactment. */
    public static final RegisterState EMPTY = new RegisterState(Timeline.empty(), 0);

    private final Timeline timeline;
    private final long lastSequence;
    // Computed on demand, at worst twice with the same outcome: it costs a pass over all units.
    private volatile @Nullable String digest;

    public RegisterState(Timeline timeline, long lastSequence) {
        this.timeline = timeline;
        this.lastSequence = lastSequence;
    }

    public Timeline timeline() {
        return timeline;
    }

    /** 0 before the first message. */
    public long lastSequence() {
        return lastSequence;
    }

    public Optional<LocalDate> lastDay() {
        return timeline.lastDay();
    }

    /** {@link Timeline#digest}, remembered. Takes tens of milliseconds the first time. */
    public String digest() {
        String known = digest;
        if (known == null) {
            known = timeline.digest();
            digest = known;
        }
        return known;
    }

    boolean isAfter(RegisterState other) {
        LocalDate day = lastDay().orElse(LocalDate.MIN);
        return day.isAfter(other.lastDay().orElse(LocalDate.MIN));
    }
}
