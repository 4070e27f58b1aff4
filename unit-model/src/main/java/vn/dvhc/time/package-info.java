/** The one business clock that every service is given, so that midnight is the same for all of them. JDK only. */
@NullMarked
package vn.dvhc.time;

import org.jspecify.annotations.NullMarked;
