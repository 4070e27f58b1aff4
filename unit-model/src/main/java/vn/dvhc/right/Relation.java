package vn.dvhc.right;

import java.util.Locale;

/** How another unit stands to the unit for which somebody acts, by the units in force. */
public enum Relation {
    /** It is that unit, in force, or below it. */
    OWN,
    /** It is that unit, or was below it at its end; but that unit has ended, and others have taken its affairs over. */
    FORMER,
    /** It has ended, and passed to that unit or to one below it; or it was below that unit when it ended. */
    PREDECESSOR,
    /** That unit passed to it, wholly or in part. */
    SUCCESSOR,
    /** It is of the same level and below the same unit; all provinces are siblings. */
    SIBLING,
    /** Anything else, a unit that nobody knows too. */
    FOREIGN;

    /** The word used in guides, in small letters. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
