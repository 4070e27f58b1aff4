package vn.dvhc.history.convert;

import java.util.Locale;
import vn.dvhc.decision.Confidence;
import vn.dvhc.history.search.AddressReading;

/** How sure a conversion is as a whole: the weakest of the reading and of the links that were followed. */
public enum Sureness {
    EXACT,
    STRONG,
    LIKELY;

    /** The word used in contracts. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Sureness of(Confidence link) {
        return switch (link) {
            case ACT -> EXACT;
            case STRONG -> STRONG;
            case LIKELY -> LIKELY;
        };
    }

    static Sureness of(AddressReading.Confidence reading) {
        return switch (reading) {
            case EXACT -> EXACT;
            case STRONG -> STRONG;
            case LIKELY -> LIKELY;
        };
    }

    Sureness weaker(Sureness other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
