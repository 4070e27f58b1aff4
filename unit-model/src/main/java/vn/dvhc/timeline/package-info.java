/**
 * The memory of all units over time, immutable and in memory.
 *
 * <p>Decisions of a day go in ({@link vn.dvhc.timeline.Timeline#enact}) or events that another timeline gave out
 * ({@link vn.dvhc.timeline.Timeline#replay}); answers as of any date come out, with successors, predecessors and
 * re-coding. A {@link vn.dvhc.timeline.Chronicle} keeps what was recorded when, mends what was wrong, and tells what was known
 * at any moment. The laws: a day is applied whole or refused with every reason; the same events give the same digest; re-coding
 * twice equals re-coding once; a correction that is undone leaves no trace in the timeline. Only the JDK may be used here.
 */
@NullMarked
package vn.dvhc.timeline;

import org.jspecify.annotations.NullMarked;
