package vn.dvhc.timeline;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import vn.dvhc.decision.Fact;

/** What came of a day's decisions: enacted whole, or refused whole with every reason. */
public sealed interface Enactment {

    /** Handles both cases; Java 17 has no switch over sealed types. */
    <T> T fold(Function<Enacted, T> enacted, Function<Refused, T> refused);

    /**
     * @param timeline the timeline with the day in it
     * @param facts what happened, in the order of the changes; edges stand after them
     */
    record Enacted(LocalDate date, Timeline timeline, List<Fact> facts) implements Enactment {
        public Enacted {
            facts = List.copyOf(facts);
        }

        @Override
        public <T> T fold(Function<Enacted, T> enacted, Function<Refused, T> refused) {
            return enacted.apply(this);
        }
    }

    /** @param reasons at least one */
    record Refused(LocalDate date, List<Refusal> reasons) implements Enactment {
        public Refused {
            reasons = List.copyOf(reasons);
        }

        @Override
        public <T> T fold(Function<Enacted, T> enacted, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
