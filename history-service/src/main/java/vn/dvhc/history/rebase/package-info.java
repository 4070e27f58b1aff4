/**
 * Figures by unit of one date, told for the units of another: exact where units passed whole, between bounds where they
 * were divided.
 *
 * <p>Pure arithmetic over the crosswalk, in decimals; nothing is guessed at. Only the JDK and the unit model may be used here.
 */
@NullMarked
package vn.dvhc.history.rebase;

import org.jspecify.annotations.NullMarked;
