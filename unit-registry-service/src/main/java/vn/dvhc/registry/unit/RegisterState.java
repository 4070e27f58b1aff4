package vn.dvhc.registry.unit;

import java.time.LocalDate;
import java.util.Optional;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Timeline;

/** The register at a point of its life: all that was recorded, and the timeline that follows from it. */
public record RegisterState(Chronicle chronicle) {

    /** Before the first enactment. */
    public static final RegisterState EMPTY = new RegisterState(Chronicle.empty());

    public Timeline timeline() {
        return chronicle.timeline();
    }

    public Optional<LocalDate> lastDay() {
        return timeline().lastDay();
    }

    /** The number of the last message; 0 before the first. */
    public long lastSequence() {
        return chronicle.lastSequence();
    }

    /** How many groups of messages were recorded. */
    public long position() {
        return chronicle.groups().size();
    }

    /** {@link Timeline#digest}. */
    public String digest() {
        return timeline().digest();
    }

    boolean isAfter(RegisterState other) {
        return position() > other.position();
    }

    /** @throws IndexOutOfBoundsException if there is none */
    Group lastGroup() {
        return chronicle.groups().get(chronicle.groups().size() - 1);
    }
}
