package vn.dvhc.history.search;

import java.util.Locale;
import vn.dvhc.unit.UnitId;

/**
 * A unit that was found.
 *
 * @param place the unit as it was called so
 * @param score from 1 to 1000; more is better
 * @param match in what way the text fits
 */
public record Hit(Place place, int score, Match match) implements Comparable<Hit> {

    /** How a text fits a name. */
    public enum Match {
        /** Several parts of the text name the unit and units above it. */
        PARTS,
        /** The whole name. */
        EXACT,
        /** The whole name, but for other marks. */
        MARKS,
        /** The name begins so. */
        PREFIX,
        /** A later word of the name begins so. */
        WORD,
        /** The name with one or two letters wrong. */
        MISSPELT;

        /** The word used in contracts. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where a list of hits goes on: after this score and unit. */
    public record Position(int score, UnitId unit) {}

    public Position position() {
        return new Position(score, place.unit());
    }

    /** Best first; a total order, so that pages follow each other without gap. */
    @Override
    public int compareTo(Hit other) {
        return score != other.score
                ? Integer.compare(other.score, score)
                : place.unit().compareTo(other.place.unit());
    }

    boolean isAfter(Position position) {
        return score != position.score()
                ? score < position.score()
                : place.unit().compareTo(position.unit()) > 0;
    }
}
