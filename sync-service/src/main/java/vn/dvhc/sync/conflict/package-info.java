/**
 * Where two versions of a record meet: a write to a copy by somebody who does not own it, a late change to a record that was edited in
 * its new home, a key that two owners write. Copies are put right from the owner at once; both versions wait in one inbox, each in
 * the database where it was found, and a person's decision is written to the owner's record, from where it flows like any other
 * change. Columns that must not leave their tier never come into the inbox.
 */
@NullMarked
package vn.dvhc.sync.conflict;

import org.jspecify.annotations.NullMarked;
