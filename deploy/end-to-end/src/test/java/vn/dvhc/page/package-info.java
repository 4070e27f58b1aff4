/** The look-up page in a real browser, on the real platform with the whole catalogue. */
@NullMarked
package vn.dvhc.page;

import org.jspecify.annotations.NullMarked;
