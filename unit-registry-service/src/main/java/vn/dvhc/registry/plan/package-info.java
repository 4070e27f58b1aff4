/**
 * The plan of a hand-over as it is approved with a decision: which records of the units that end will move, stay or wait.
 *
 * <p>A plan is asked for by {@code impact} and kept as it was read, so that what was approved can be read, and checked against its digest,
 * years later. JDK and unit-model only.
 */
@NullMarked
package vn.dvhc.registry.plan;

import org.jspecify.annotations.NullMarked;
