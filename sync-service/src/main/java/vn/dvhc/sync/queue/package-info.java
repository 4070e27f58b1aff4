/**
 * The clerks' queue: records whose unit was split and that nothing decided. Persons look, choose one or many, and take back; the
 * re-coding itself is done by {@code handover}, where the record lives, so that copies follow by capture. Nothing here decides by
 * itself, and no content of records but their place is shown.
 */
@NullMarked
package vn.dvhc.sync.queue;

import org.jspecify.annotations.NullMarked;
