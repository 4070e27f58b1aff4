/**
 * Brings codes and addresses to another date, and guesses the date of codes that come without one.
 *
 * <p>What a unit became is the timeline's answer alone; what an address means is {@code search}'s. Nothing is guessed where
 * several units fit, and no date is ever assumed for a code. Only the JDK and the unit model may be used here.
 */
@NullMarked
package vn.dvhc.history.convert;

import org.jspecify.annotations.NullMarked;
