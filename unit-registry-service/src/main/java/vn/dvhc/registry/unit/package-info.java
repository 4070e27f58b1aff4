/**
 * The register as it stands: the current timeline, what a day adds to it, and which hamlet of a split unit goes where.
 *
 * <p>Values and rules; the state is swapped whole and only after its day was committed. JDK and unit-model only.
 */
@NullMarked
package vn.dvhc.registry.unit;

import org.jspecify.annotations.NullMarked;
