/**
 * The databases and what this service keeps in them: copies, ledger, queue, progress, dead letters. Writes to copies run under a replication origin so that they are not captured again.
 */
@NullMarked
package vn.dvhc.sync.database;

import org.jspecify.annotations.NullMarked;
