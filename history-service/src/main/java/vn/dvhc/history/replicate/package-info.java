/**
 * What another system needs to hold the same units: the state of a date, the place in the log it stands at, and a digest by
 * which both can tell that they agree.
 *
 * <p>Only the JDK and the unit model may be used here.
 */
@NullMarked
package vn.dvhc.history.replicate;

import org.jspecify.annotations.NullMarked;
