/**
 * The journal of edits: what owners did to the columns that a dataset names for it, one line a change of the owner's log, in the
 * national database. Comes from {@code apply}, in the transaction of the copies; read by {@code journey}. A personal column can't be
 * named, and old lines are taken away.
 */
@NullMarked
package vn.dvhc.sync.journal;

import org.jspecify.annotations.NullMarked;
