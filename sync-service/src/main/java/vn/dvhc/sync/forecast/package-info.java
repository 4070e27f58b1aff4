/**
 * What a hand-over will have to do, before it does it: records of each ending unit to move, to keep and to queue, and how long that will
 * take by what earlier hand-overs took. Reads only.
 */
@NullMarked
package vn.dvhc.sync.forecast;

import org.jspecify.annotations.NullMarked;
