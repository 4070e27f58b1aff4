package vn.dvhc.history.search;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Level;

/** A place that a text may mean, with the words that speak for it. */
public final class Fit {

    /** What makes a reading less sure. */
    public enum Doubt {
        /** A level between or above the unit is not named. */
        LEVEL_MISSING,
        /** The name is misspelt by some letters. */
        MISSPELT,
        /** The marks contradict the name. */
        OTHER_MARKS,
        /** Another type of unit is written. */
        OTHER_TYPE,
        /** A name or a unit above is that of another era. */
        OTHER_ERA,
        /** Words that seem to name a unit are left over. */
        WORDS_LEFT
    }

    private final Place place;
    private final Mention own;
    private final @Nullable Above district;
    private final @Nullable Above province;
    private final int score;
    private final List<Claim> lost;
    private final boolean runsOn;

    Fit(
            Place place,
            Mention own,
            @Nullable Above district,
            @Nullable Above province,
            int score,
            List<Claim> lost,
            boolean runsOn) {
        this.place = place;
        this.own = own;
        this.district = district;
        this.province = province;
        this.score = score;
        this.lost = lost;
        this.runsOn = runsOn;
    }

    /**
     * A unit above that the text names.
     *
     * @param sameEra whether it is called so in the time of the place below
     */
    record Above(Mention mention, Place place, int evidence, boolean sameEra) {}

    public Place place() {
        return place;
    }

    public int score() {
        return score;
    }

    List<Claim> lost() {
        return lost;
    }

    boolean contradicts() {
        for (Claim claim : lost) {
            if (claim.weight() == Claim.MARKED) {
                return true;
            }
        }
        return false;
    }

    /** Whether words of the claim speak for the reading. */
    boolean uses(Claim claim) {
        return claim.isToldBy(own, place.level())
                || (district != null && claim.isToldBy(district.mention(), Level.DISTRICT))
                || (province != null && claim.isToldBy(province.mention(), Level.PROVINCE));
    }

    /** Whether the words of the claim are the place's own name. */
    boolean isToldExactly(Claim claim) {
        return own.edits() == 0 && claim.levels().contains(place.level()) && claim.isToldBy(own, place.level());
    }

    boolean namesUnitsAbove() {
        return district != null || province != null;
    }

    /** Whether every level of the place's chain is named. */
    boolean isComplete() {
        return isComplete(place, district, province);
    }

    static boolean isComplete(Place place, @Nullable Above district, @Nullable Above province) {
        return (place.level() == Level.PROVINCE || province != null)
                && (place.level() != Level.COMMUNE || place.at(Level.DISTRICT) == null || district != null);
    }

    /** Whether words that seem to belong to a name are left over. */
    boolean leavesWords() {
        return runsOn || !lost.isEmpty();
    }

    /** Why the reading is not beyond doubt; empty if it is. */
    public Set<Doubt> doubts() {
        Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
        if (!isComplete()) {
            doubts.add(Doubt.LEVEL_MISSING);
        }
        if (leavesWords()) {
            doubts.add(Doubt.WORDS_LEFT);
        }
        addDoubts(own, place, doubts);
        addDoubts(district, doubts);
        addDoubts(province, doubts);
        return doubts;
    }

    private static void addDoubts(@Nullable Above above, Set<Doubt> doubts) {
        if (above != null) {
            if (!above.sameEra()) {
                doubts.add(Doubt.OTHER_ERA);
            }
            addDoubts(above.mention(), above.place(), doubts);
        }
    }

    private static void addDoubts(Mention mention, Place place, Set<Doubt> doubts) {
        if (mention.edits() > 0) {
            doubts.add(Doubt.MISSPELT);
        }
        if (mention.otherMarks(place) > 0) {
            doubts.add(Doubt.OTHER_MARKS);
        }
        if (!mention.isOfType(place)) {
            doubts.add(Doubt.OTHER_TYPE);
        }
    }
}
