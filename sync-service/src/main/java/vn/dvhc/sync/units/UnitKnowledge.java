package vn.dvhc.sync.units;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import vn.dvhc.sync.recode.Localities;
import vn.dvhc.timeline.Timeline;

/** The timeline and the localities in use; each is immutable and swapped whole. */
@Singleton
public class UnitKnowledge {

    private volatile State state = new State(Timeline.empty(), 0, Localities.none());

    /** @param sequence the last message of {@code unit-changes.v1} that is in the timeline */
    public record State(Timeline timeline, long sequence, Localities localities) {

        /** The date of the last enactment; the epoch if there was none. */
        public LocalDate lastDay() {
            return timeline.lastDay().orElse(LocalDate.EPOCH);
        }
    }

    public State state() {
        return state;
    }

    synchronized void timeline(Timeline timeline, long sequence) {
        state = new State(timeline, sequence, state.localities());
    }

    synchronized void locality(Localities localities) {
        state = new State(state.timeline(), state.sequence(), localities);
    }
}
