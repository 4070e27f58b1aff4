/**
 * Changes as they happen, as server-sent events: each open stream has its place in the log and writes from there as fast as its
 * reader takes.
 *
 * <p>Promises no gap: a reader that was cut off goes on after the last id it saw. Keeps nothing of a stream that has ended.
 */
@NullMarked
package vn.dvhc.gateway.stream;

import org.jspecify.annotations.NullMarked;
