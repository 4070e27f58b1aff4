/**
 * Who may do what to which unit's affairs: roles, calls, and how a caller's unit stands to another one. Decided out of the
 * {@link vn.dvhc.timeline.Timeline} alone, so that the door and the services behind it can't come to different answers. JDK only;
 * tokens, paths and databases must not be known here.
 */
@NullMarked
package vn.dvhc.right;

import org.jspecify.annotations.NullMarked;
