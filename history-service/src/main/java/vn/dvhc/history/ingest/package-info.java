/**
 * Reads the log {@code unit-changes.v1} from its beginning, at every start and in every replica, and feeds it to the
 * timeline.
 *
 * <p>Nothing is committed: the log is small, kept for ever, and the only truth. A message that can't be read halts the feed;
 * it is never skipped, because every answer after it would be silently wrong. Kafka, CloudEvents and JSON end here.
 */
@NullMarked
package vn.dvhc.history.ingest;

import org.jspecify.annotations.NullMarked;
