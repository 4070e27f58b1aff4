package vn.dvhc.history.convert;

import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;
import vn.dvhc.history.lineage.Weight;

/**
 * A unit that took over all or a part of another.
 *
 * @param extent how much of the other it took over: full only if all of it, partial if a part, else unknown
 * @param confidence the weakest link between them
 * @param weight the share of the other that it took over; null where nobody has counted
 */
public record Target(
        PlacedUnit unit,
        Extent extent,
        Confidence confidence,
        @Nullable Weight weight) {}
