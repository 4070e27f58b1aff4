/**
 * Former homes as archives: once an operator closes one, nobody writes to its handed-over tables any more, and everything in them can
 * still be read.
 */
@NullMarked
package vn.dvhc.sync.archive;

import org.jspecify.annotations.NullMarked;
