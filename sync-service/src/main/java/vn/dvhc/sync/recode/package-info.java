/**
 * What becomes of a record's unit: decided from the timeline and the localities, never guessed. Pure: no database, no framework.
 */
@NullMarked
package vn.dvhc.sync.recode;

import org.jspecify.annotations.NullMarked;
