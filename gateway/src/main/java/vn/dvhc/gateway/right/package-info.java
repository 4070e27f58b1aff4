/**
 * Rights by level, unit and lineage, as the door decides them: out of the token, the path and the units that the log tells, without a
 * call. What a path is about is read here and nowhere else; how far a role reaches stands in {@link vn.dvhc.right.Call}. Answers nothing itself.
 */
@NullMarked
package vn.dvhc.gateway.right;

import org.jspecify.annotations.NullMarked;
