package vn.dvhc.sync.journal;

import vn.dvhc.sync.capture.Change;

/**
 * A change to be noted in the journal.
 *
 * @param change one with an edit
 * @param late whether its home had been handed over when it arrived
 */
public record Noted(Change change, boolean late) {

    public Noted {
        if (change.edit() == null) {
            throw new IllegalArgumentException("A change without an edit is not noted");
        }
    }
}
