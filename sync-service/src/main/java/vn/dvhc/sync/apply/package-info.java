/**
 * Changes go into the copies once, in order per key, with the position reached, in one transaction a database and batch. Older never overwrites newer, deletes stay as ended versions.
 */
@NullMarked
package vn.dvhc.sync.apply;

import org.jspecify.annotations.NullMarked;
