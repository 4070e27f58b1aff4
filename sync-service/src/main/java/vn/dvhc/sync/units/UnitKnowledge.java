package vn.dvhc.sync.units;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import vn.dvhc.sync.recode.Localities;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Timeline;

/** The timeline and the localities in use; each is immutable and swapped whole. */
@Singleton
public class UnitKnowledge {

    private volatile State state = new State(Chronicle.empty(), Localities.none());

    /** @param chronicle what was recorded of units, with the timeline that follows from it */
    public record State(Chronicle chronicle, Localities localities) {

        public Timeline timeline() {
            return chronicle.timeline();
        }

        /** The last message of {@code unit-changes.v1} that was taken. */
        public long sequence() {
            return chronicle.lastSequence();
        }

        /** The date of the last enactment; the epoch if there was none. */
        public LocalDate lastDay() {
            return timeline().lastDay().orElse(LocalDate.EPOCH);
        }
    }

    public State state() {
        return state;
    }

    synchronized void chronicle(Chronicle chronicle) {
        state = new State(chronicle, state.localities());
    }

    synchronized void locality(Localities localities) {
        state = new State(state.chronicle(), localities);
    }
}
