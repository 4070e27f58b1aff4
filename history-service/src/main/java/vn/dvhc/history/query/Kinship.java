package vn.dvhc.history.query;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who came after or before a unit. */
public sealed interface Kinship {

    /** Calls the function of the case at hand; Java 17 has no switch over sealed types. */
    <T> T fold(Function<Told, T> told, Function<WrongOrder, T> wrongOrder, Function<LookUp.NotKnown, T> notKnown);

    /**
     * @param on the date on which the relatives are told
     * @param reading null if the date of the code was given
     */
    record Told(
            UnitView unit,
            LocalDate on,
            List<Relative> relatives,
            @Nullable Reading reading) implements Kinship {
        public Told {
            relatives = List.copyOf(relatives);
        }

        /** Whether no later enactment can add to it. */
        public boolean isClosed() {
            return unit.isClosed()
                    && relatives.stream().allMatch(relative -> relative.unit().isClosed());
        }

        @Override
        public <T> T fold(
                Function<Told, T> told, Function<WrongOrder, T> wrongOrder, Function<LookUp.NotKnown, T> notKnown) {
            return told.apply(this);
        }
    }

    /** Successors were asked for on a date before the code's, or predecessors after it. */
    record WrongOrder(LocalDate at, LocalDate on) implements Kinship {
        @Override
        public <T> T fold(
                Function<Told, T> told, Function<WrongOrder, T> wrongOrder, Function<LookUp.NotKnown, T> notKnown) {
            return wrongOrder.apply(this);
        }
    }

    /** Nobody bore the code on the date. */
    record Unknown(LookUp.NotKnown notKnown) implements Kinship {
        @Override
        public <T> T fold(
                Function<Told, T> told, Function<WrongOrder, T> wrongOrder, Function<LookUp.NotKnown, T> notKnown) {
            return notKnown.apply(this.notKnown);
        }
    }
}
