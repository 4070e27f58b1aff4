package vn.dvhc.history.convert;

import vn.dvhc.timeline.Tenure;

/**
 * A time at which a code was borne.
 *
 * @param unit who bore it, as it last stood in that time
 */
public record Vintage(Tenure tenure, PlacedUnit unit) {}
