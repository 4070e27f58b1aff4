/** How entries are chained so that a change to one of them shows. JDK only; where entries are kept must not be known here. */
@NullMarked
package vn.dvhc.seal;

import org.jspecify.annotations.NullMarked;
