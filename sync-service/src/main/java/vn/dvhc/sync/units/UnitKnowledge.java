package vn.dvhc.sync.units;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Localities;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Timeline;

/** The timeline and the localities in use; each is immutable and swapped whole. */
@Singleton
public class UnitKnowledge {

    private volatile State state = new State(Chronicle.empty(), Localities.none());

    /**
     * @param chronicle what was recorded of units, with the timeline that follows from it
     * @param lastReform the date of the last enactment that ended a unit, and so handed records over; the epoch if there was none. What
     *     comes late belongs to that hand-over, whatever was renamed since
     */
    public record State(Chronicle chronicle, Localities localities, LocalDate lastReform) {

        public State(Chronicle chronicle, Localities localities) {
            this(chronicle, localities, lastReform(chronicle));
        }

        private static LocalDate lastReform(Chronicle chronicle) {
            return chronicle.groups().stream()
                    .filter(group -> group instanceof Group.Day day && endsSomeUnit(day))
                    .map(group -> ((Group.Day) group).date())
                    .reduce(LocalDate.EPOCH, (earlier, later) -> later);
        }

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

        /**
         * One that finds the present units of a dataset's records by what every copy of them has: of what else may decide a split, such
         * as an address, nothing.
         *
         * @param today the business date
         */
        public Decider present(Dataset dataset, LocalDate today) {
            return new Decider(timeline(), localities, lastDay(), today, dataset.follows());
        }
    }

    /** Whether a day hands records over: what only changes names or ranks does not. */
    public static boolean endsSomeUnit(Group.Day day) {
        return day.entries().stream()
                .flatMap(entry -> entry.facts().stream())
                .anyMatch(fact -> fact.event().kind() == UnitEvent.Kind.ENDED);
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
