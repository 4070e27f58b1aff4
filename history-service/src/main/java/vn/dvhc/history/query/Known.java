package vn.dvhc.history.query;

import java.util.List;
import vn.dvhc.timeline.Tenure;

/**
 * A time at which a code is known.
 *
 * @param unit the unit as it last stood under the code
 * @param successors where it was on the date asked for; empty if it bore the code only later
 */
public record Known(Tenure tenure, UnitView unit, List<Relative> successors) {

    public Known {
        successors = List.copyOf(successors);
    }
}
