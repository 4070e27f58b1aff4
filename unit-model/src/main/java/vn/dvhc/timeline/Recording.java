package vn.dvhc.timeline;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/** What came of groups that were to be appended to a chronicle: all taken, or none with every reason. */
public sealed interface Recording {

    /** Handles both cases; Java 17 has no switch over sealed types. */
    <T> T fold(Function<Accepted, T> accepted, Function<Refused, T> refused);

    /** @param chronicle the chronicle with the groups in it */
    record Accepted(Chronicle chronicle) implements Recording {
        @Override
        public <T> T fold(Function<Accepted, T> accepted, Function<Refused, T> refused) {
            return accepted.apply(this);
        }
    }

    /**
     * @param date the first date that contradicts what was recorded before
     * @param reasons at least one
     */
    record Refused(LocalDate date, List<Refusal> reasons) implements Recording {
        public Refused {
            reasons = List.copyOf(reasons);
        }

        @Override
        public <T> T fold(Function<Accepted, T> accepted, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
