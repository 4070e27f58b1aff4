/**
 * What a unit is on another date: followed through all reforms, forwards and backwards, with how much of it went where.
 *
 * <p>Computed from one timeline, without input or output. {@code query} and {@code rebase} ask here, so that a look-up, a
 * row of the crosswalk and a re-based figure never disagree. Only the JDK and the unit model may be used here.
 */
@NullMarked
package vn.dvhc.history.lineage;

import org.jspecify.annotations.NullMarked;
