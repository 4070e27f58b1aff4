/**
 * What a decision would bring about, before it is approved: units, codes, splits, records and callers.
 *
 * <p>{@link vn.dvhc.registry.impact.DryRun} enacts the decision on a copy of the register; {@link vn.dvhc.registry.impact.Impact}
 * reads off what it changed. Records and callers are counted by other services: ports say what is asked, and an answer that
 * is not to be had is told in words instead of failing the rest. The same goes for the plan of a hand-over, which is kept ({@code plan}). JDK and unit-model only.
 */
@NullMarked
package vn.dvhc.registry.impact;

import org.jspecify.annotations.NullMarked;
