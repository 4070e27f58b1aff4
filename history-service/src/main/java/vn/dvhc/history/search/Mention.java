package vn.dvhc.history.search;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Level;

/**
 * Words of a text that may name a unit.
 *
 * @param from first token, the marker's if it stands before
 * @param to token after the last, the marker's if it stands after
 * @param words the tokens of the name alone
 * @param edits letters by which it differs from the name
 * @param marker the word that tells the type; null if none does
 * @param standing how well the words stand by themselves
 */
record Mention(
        int from,
        int to,
        List<Token> words,
        Name name,
        int edits,
        @Nullable Marker marker,
        Standing standing) {

    private static final int LEVEL = 10;
    private static final int SAME_TYPE = 4;
    private static final int OTHER_TYPE = -4;
    private static final int EDIT = -4;
    private static final int OTHER_MARKS = -3;
    private static final int SAME_MARKS = 1;
    private static final int WHOLE_DOUBLE_NAME = 4;

    /** What surrounds the words of a mention without marker. */
    enum Standing {
        /** A part of its own, or told by its marker. */
        APART(2),
        /** Other words on one side. */
        BESIDE(0),
        /** Other words on both sides; after a marker, other words behind. */
        WITHIN(-4),
        /** The last words of a longer part, like those of a market or bridge: no commune. */
        TAIL(-4);

        private final int weight;

        Standing(int weight) {
            this.weight = weight;
        }
    }

    boolean isOf(Level level) {
        boolean possible = marker == null ? level != Level.COMMUNE || standing != Standing.TAIL : marker.fits(level);
        return possible && !name.places(level).isEmpty();
    }

    boolean overlaps(Mention other) {
        return from < other.to && other.from < to;
    }

    boolean overlaps(int start, int end) {
        return from < end && start < to;
    }

    /** How much it speaks for a place that is meant by its name. */
    int evidence(Place place) {
        int evidence = LEVEL + edits * EDIT + marks(place) + (isDouble() ? WHOLE_DOUBLE_NAME : 0);
        if (marker == null) {
            return evidence + standing.weight;
        }
        return evidence + (isOfType(place) ? SAME_TYPE : OTHER_TYPE);
    }

    /** Whether words follow that neither a marker nor a comma parts from the name. */
    boolean runsOn() {
        return marker != null && standing == Standing.WITHIN;
    }

    boolean isOfType(Place place) {
        return marker == null || marker.types().contains(place.state().type());
    }

    /** Syllables whose marks contradict those of the place's name. */
    int otherMarks(Place place) {
        int other = 0;
        List<Token> syllables = place.syllables();
        if (syllables.size() == words.size() && name == place.name()) {
            for (int i = 0; i < words.size(); i++) {
                if (words.get(i).agreement(syllables.get(i)) < 0) {
                    other++;
                }
            }
        }
        return other;
    }

    private int marks(Place place) {
        if (edits > 0 || place.name() != name) {
            return 0;
        }
        int other = otherMarks(place);
        if (other > 0) {
            return other * OTHER_MARKS;
        }
        return hasSameMarks(place) ? SAME_MARKS : 0;
    }

    /** «Xuân Hương - Đà Lạt»: that both parts follow each other is no chance. */
    private boolean isDouble() {
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).gap() == Token.Gap.DASH) {
                return true;
            }
        }
        return false;
    }

    /** Whether every word is written as in the name, with or without marks. */
    boolean hasSameMarks(Place place) {
        List<Token> syllables = place.syllables();
        if (syllables.size() != words.size()) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).marked().equals(syllables.get(i).marked())) {
                return false;
            }
        }
        return true;
    }
}
