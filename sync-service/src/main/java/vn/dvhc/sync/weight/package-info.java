/**
 * Tells everybody what share of a divided unit's records went where: counted from the ledgers when a day was handed over whole, and
 * whenever the queue or a late change moves a record; published to {@code edge-weights.v1}. Only counts leave, no records.
 */
@NullMarked
package vn.dvhc.sync.weight;

import org.jspecify.annotations.NullMarked;
