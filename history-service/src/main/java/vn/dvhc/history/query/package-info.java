/**
 * The questions and their answers, as values.
 *
 * <p>Each answer is computed from one snapshot and one business date and does no input or output. Which answer becomes
 * which status is the business of {@code api}. Only the JDK and the unit model may be used here.
 */
@NullMarked
package vn.dvhc.history.query;

import org.jspecify.annotations.NullMarked;
