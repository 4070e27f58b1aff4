/**
 * For whom a caller acts: the unit in the token's claim {@code dvhc_unit} ({@code VN} or a unit id), and what follows from it through
 * the lineage of units. Decides nothing by itself: whoever serves a call asks.
 */
@NullMarked
package vn.dvhc.sync.mandate;

import org.jspecify.annotations.NullMarked;
