package vn.dvhc.history.convert;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.search.Fit;

/**
 * What became of one item.
 *
 * @param from the unit that is meant; null if none or several may be
 * @param to what it is on the date converted to; empty if that is not known
 * @param sureness null unless a unit is meant
 * @param doubts what made the reading of an address less sure
 * @param vintages of a code that is not decided: when it was borne, and by whom
 * @param candidates of an address that is not decided: the best readings
 * @param candidateCount how many readings are equally good
 * @param leftOver words of an address that fit no unit; empty if there are none
 */
public record Conversion(
        Status status,
        Cause cause,
        @Nullable PlacedUnit from,
        List<Target> to,
        @Nullable Sureness sureness,
        Set<Fit.Doubt> doubts,
        List<Vintage> vintages,
        List<PlacedUnit> candidates,
        int candidateCount,
        String leftOver) {

    public Conversion {
        to = List.copyOf(to);
        doubts = Set.copyOf(doubts);
        vintages = List.copyOf(vintages);
        candidates = List.copyOf(candidates);
    }

    /** An item of which nothing can be said. */
    public static Conversion unreadable(Cause cause) {
        return undecided(Status.UNKNOWN, cause, List.of(), List.of(), 0, "");
    }

    static Conversion undecided(
            Status status,
            Cause cause,
            List<Vintage> vintages,
            List<PlacedUnit> candidates,
            int candidateCount,
            String leftOver) {
        return new Conversion(
                status, cause, null, List.of(), null, Set.of(), vintages, candidates, candidateCount, leftOver);
    }
}
