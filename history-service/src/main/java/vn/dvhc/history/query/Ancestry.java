package vn.dvhc.history.query;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.lineage.LineageGraph;

/** The lineage of a unit as a graph. */
public sealed interface Ancestry {

    /** Calls the function of the case at hand; Java 17 has no switch over sealed types. */
    <T> T fold(Function<Drawn, T> drawn, Function<LookUp.NotKnown, T> notKnown);

    /**
     * @param units the graph's units in its order, each in its last state
     * @param reading null if the date of the code was given
     */
    record Drawn(
            LineageGraph graph,
            List<UnitView> units,
            @Nullable Reading reading) implements Ancestry {
        public Drawn {
            units = List.copyOf(units);
        }

        @Override
        public <T> T fold(Function<Drawn, T> drawn, Function<LookUp.NotKnown, T> notKnown) {
            return drawn.apply(this);
        }
    }

    /** Nobody bore the code on the date. */
    record Unknown(LookUp.NotKnown notKnown) implements Ancestry {
        @Override
        public <T> T fold(Function<Drawn, T> drawn, Function<LookUp.NotKnown, T> notKnown) {
            return notKnown.apply(this.notKnown);
        }
    }
}
