/**
 * Proves the levels equal, and repairs them. Every copy is compared with its owners' tables: sums by present unit first, rows only
 * where sums differ, each doubt read again once the stream has passed. Beside the stream and never in its way: ordinary sessions
 * that read one point of time, throttled, without locks and outside of the gate. A repair is a message in the stream's own topic;
 * nothing here writes a record.
 */
@NullMarked
package vn.dvhc.sync.reconcile;

import org.jspecify.annotations.NullMarked;
