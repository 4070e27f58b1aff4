package vn.dvhc.history.search;

import java.util.List;

/**
 * What a text may mean.
 *
 * @param kind whether the reading is decided
 * @param fits the units it may mean, best first; if decided, the first is meant and the others are as good
 * @param confidence how sure the first is
 * @param leftOver words that seem to name a unit but fit none, as written; empty if there are none
 */
public record AddressReading(Kind kind, List<Fit> fits, Confidence confidence, String leftOver) {

    /** What came out of reading. */
    public enum Kind {
        /** One or several units fit; several only if they are equally good. */
        READ,
        /** Words that name units exclude each other, or name none that is known. */
        CONTRADICTORY,
        /** Nothing in the text is the name of a unit. */
        NOTHING
    }

    /** How sure a reading is, from surest to least sure. */
    public enum Confidence {
        /** Every level is named as the catalogue names it, and nothing else fits. */
        EXACT,
        /** Only one unit fits, but a level, a mark or a type is not as in the catalogue. */
        STRONG,
        /** A misspelling was mended, or words are left over. */
        LIKELY
    }

    public AddressReading {
        fits = List.copyOf(fits);
    }

    static AddressReading nothing() {
        return new AddressReading(Kind.NOTHING, List.of(), Confidence.LIKELY, "");
    }
}
