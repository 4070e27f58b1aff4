/**
 * Names of units as people write them: folds spellings, finds units of any era by name, reads addresses.
 *
 * <p>A {@link vn.dvhc.history.search.Gazetteer} is derived whole from one immutable timeline; {@link
 * vn.dvhc.history.search.LiveGazetteer} keeps the one of the newest snapshot. Answers are candidates with the evidence for
 * each; nothing here decides what a unit became. Only the JDK and the unit model may be used here.
 */
@NullMarked
package vn.dvhc.history.search;

import org.jspecify.annotations.NullMarked;
