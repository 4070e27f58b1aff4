/** The look-up page and the operators' console in a real browser, on the real platform with the whole catalogue. */
@NullMarked
package vn.dvhc.page;

import org.jspecify.annotations.NullMarked;
