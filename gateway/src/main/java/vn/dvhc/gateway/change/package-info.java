/**
 * The changes of units and the hand-overs of their records as the logs tell them, held in memory for those who follow them: what happened
 * in which order, and which units, provinces and datasets each concerns.
 *
 * <p>Comes from {@code unit-changes.v1} and {@code handovers.v1}, read whole at each start; groups are taken whole or not at all. Knows nothing of those who
 * follow: no HTTP and no database here.
 */
@NullMarked
package vn.dvhc.gateway.change;

import org.jspecify.annotations.NullMarked;
