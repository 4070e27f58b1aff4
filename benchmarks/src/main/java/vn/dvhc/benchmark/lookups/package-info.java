/**
 * Look-ups at the memory and through the door, against a constant answer of the same server and against the register's own
 * database.
 *
 * <p>One client for all contenders, on the same machine: it asks the next question of a connection when the answer to the last
 * has come, as wrk does.
 */
@NullMarked
package vn.dvhc.benchmark.lookups;

import org.jspecify.annotations.NullMarked;
