/**
 * The timeline as this replica knows it: whole days, corrections and notices, published one snapshot at a time.
 *
 * <p>Messages come from {@code ingest} in the order of the log; readers take a {@link
 * vn.dvhc.history.timeline.Snapshot} and keep it for the whole answer, so none ever sees half a group. What was known at an
 * earlier moment is a snapshot too. What can't be applied halts the feed with its cause and leaves the last snapshot
 * standing. Only the JDK and the unit model may be used here.
 */
@NullMarked
package vn.dvhc.history.timeline;

import org.jspecify.annotations.NullMarked;
