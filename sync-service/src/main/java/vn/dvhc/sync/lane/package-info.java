/**
 * Lanes: the way from one source's topics to one database. A lane whose database is away, or whose records are being handed over,
 * is left alone by the stream and follows later by itself; what it owes is kept in the national database.
 */
@NullMarked
package vn.dvhc.sync.lane;

import org.jspecify.annotations.NullMarked;
