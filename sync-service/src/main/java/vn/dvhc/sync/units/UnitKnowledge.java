package vn.dvhc.sync.units;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.recode.Decider;
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

        /**
         * One that decides a dataset's records by what is known here.
         *
         * @param on the day as of which they are to be re-coded
         * @param today the business date
         */
        public Decider decider(Dataset dataset, LocalDate on, LocalDate today) {
            return new Decider(timeline(), localities, on, today, dataset.follows(), dataset.split());
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
