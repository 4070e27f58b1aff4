package vn.dvhc.timeline;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/** What comes of a correction that is tried: accepted whole, or refused whole with every reason. */
public sealed interface Amendment {

    /** Handles both cases; Java 17 has no switch over sealed types. */
    <T> T fold(Function<Accepted, T> accepted, Function<Refused, T> refused);

    /**
     * @param correction what is to be published, already numbered
     * @param before the chronicle it was tried on
     * @param after the chronicle with the correction in it
     */
    record Accepted(Group.Correction correction, Chronicle before, Chronicle after) implements Amendment {
        @Override
        public <T> T fold(Function<Accepted, T> accepted, Function<Refused, T> refused) {
            return accepted.apply(this);
        }
    }

    /**
     * @param date the date that can't be mended like this, or the first later one that no longer holds
     * @param reasons at least one
     */
    record Refused(LocalDate date, List<Refusal> reasons) implements Amendment {
        public Refused {
            reasons = List.copyOf(reasons);
        }

        @Override
        public <T> T fold(Function<Accepted, T> accepted, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }
}
