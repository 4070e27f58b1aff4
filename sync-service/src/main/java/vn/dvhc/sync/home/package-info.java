/**
 * Where records live: the owners' databases, and which of them became former homes when their province ended. Derived from the
 * plan and the timeline alone, so that a restart finds the same answer.
 */
@NullMarked
package vn.dvhc.sync.home;

import org.jspecify.annotations.NullMarked;
