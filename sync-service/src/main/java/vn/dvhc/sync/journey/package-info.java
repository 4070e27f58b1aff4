/**
 * Where one record has been: its versions at home, in archives and in copies, and every line that any database keeps of it, in order of
 * time. Reads only. Personal columns are never shown; the others only to those whose unit the record is or was of, and to operators.
 */
@NullMarked
package vn.dvhc.sync.journey;

import org.jspecify.annotations.NullMarked;
