package vn.dvhc.history.query;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.unit.UnitCode;

/** What a look-up of one code comes to. */
public sealed interface LookUp {

    /** Calls the function of the case at hand; Java 17 has no switch over sealed types. */
    <T> T fold(
            Function<Found, T> found,
            Function<Moved, T> moved,
            Function<Ended, T> ended,
            Function<NotKnown, T> notKnown);

    /**
     * A unit bears the code.
     *
     * @param reading null if the date was given
     */
    record Found(UnitView unit, @Nullable Reading reading) implements LookUp {
        @Override
        public <T> T fold(
                Function<Found, T> found,
                Function<Moved, T> moved,
                Function<Ended, T> ended,
                Function<NotKnown, T> notKnown) {
            return found.apply(this);
        }
    }

    /**
     * Nobody bears the code today; who bore it last lives on in others, or under another code.
     *
     * @param single whether the whole of it is in one unit
     */
    record Moved(UnitView unit, List<Relative> successors, boolean single, Reading reading) implements LookUp {
        public Moved {
            successors = List.copyOf(successors);
        }

        @Override
        public <T> T fold(
                Function<Found, T> found,
                Function<Moved, T> moved,
                Function<Ended, T> ended,
                Function<NotKnown, T> notKnown) {
            return moved.apply(this);
        }
    }

    /** Nobody bears the code today, and nothing is known to have succeeded who bore it last. */
    record Ended(UnitView unit, LocalDate endedOn, Basis endedBy, Reading reading) implements LookUp {
        @Override
        public <T> T fold(
                Function<Found, T> found,
                Function<Moved, T> moved,
                Function<Ended, T> ended,
                Function<NotKnown, T> notKnown) {
            return ended.apply(this);
        }
    }

    /**
     * Nobody bore the code on the date.
     *
     * @param firstDay the date of the first known state
     * @param known when it was borne, nearest in time first; empty if never
     */
    record NotKnown(UnitCode code, LocalDate at, LocalDate firstDay, List<Known> known) implements LookUp {
        public NotKnown {
            known = List.copyOf(known);
        }

        @Override
        public <T> T fold(
                Function<Found, T> found,
                Function<Moved, T> moved,
                Function<Ended, T> ended,
                Function<NotKnown, T> notKnown) {
            return notKnown.apply(this);
        }
    }
}
