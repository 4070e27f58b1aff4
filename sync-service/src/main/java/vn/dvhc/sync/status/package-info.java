/**
 * What operators ask: status, hand-overs, queue. Read-only.
 */
@NullMarked
package vn.dvhc.sync.status;

import org.jspecify.annotations.NullMarked;
