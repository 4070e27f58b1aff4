package vn.dvhc.history.convert;

import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;

/**
 * A unit that took over all or a part of another.
 *
 * @param extent how much of the other it took over: full only if all of it, partial if a part, else unknown
 * @param confidence the weakest link between them
 */
public record Target(PlacedUnit unit, Extent extent, Confidence confidence) {}
