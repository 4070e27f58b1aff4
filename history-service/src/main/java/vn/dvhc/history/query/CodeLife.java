package vn.dvhc.history.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Tenure;
import vn.dvhc.unit.UnitCode;

/** Every unit that ever bore a code, in order of time. */
public record CodeLife(UnitCode code, List<Bearer> bearers) {

    public CodeLife {
        bearers = List.copyOf(bearers);
    }

    /**
     * One unit while it bore the code.
     *
     * @param states its states under this code
     * @param endedBy what ended the unit; null unless its life ended with the tenure
     * @param goesOnAs the code the unit took afterwards; null if it ended or still bears this one
     * @param received what it was given in all its life
     * @param passedOn what it passed on in all its life
     */
    public record Bearer(
            Tenure tenure,
            List<UnitView> states,
            @Nullable Basis endedBy,
            @Nullable UnitCode goesOnAs,
            List<DatedEdge> received,
            List<DatedEdge> passedOn) {

        public Bearer {
            states = List.copyOf(states);
            received = List.copyOf(received);
            passedOn = List.copyOf(passedOn);
        }
    }
}
