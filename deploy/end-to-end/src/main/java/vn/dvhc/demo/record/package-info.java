/**
 * Generated case files and permits, spread over the real communes. The same seed gives the same records, one by one, so
 * that nobody has to remember them. No database here.
 */
@NullMarked
package vn.dvhc.demo.record;

import org.jspecify.annotations.NullMarked;
