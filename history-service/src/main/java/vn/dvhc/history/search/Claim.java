package vn.dvhc.history.search;

import java.util.Set;
import vn.dvhc.unit.Level;

/**
 * Words of a text that speak of a unit, known or not: a reading that leaves them out is doubtful.
 *
 * @param from first token, to the token after the last; the marker's included
 * @param start first token of the name alone, end the token after its last
 * @param levels of what the words speak
 * @param weight how much a reading loses that does not fill the levels
 * @param betweenOnly counts only if it stands between units that the reading found
 */
record Claim(int from, int to, int start, int end, Set<Level> levels, int weight, boolean betweenOnly) {

    static final int MARKED = 15;
    static final int BARE = 6;

    boolean isMarked() {
        return from < start || end < to;
    }

    /**
     * Whether the mention, read as a unit of the level, is what the words speak of: the words next to the marker, or for a
     * unit of the marker's kind one further («huyện đảo Phú Quốc»).
     */
    boolean isToldBy(Mention mention, Level level) {
        if (!isMarked()) {
            return mention.overlaps(from, to);
        }
        int reach = levels.contains(level) ? 2 : 1;
        return from < start ? mention.overlaps(start, start + reach) : mention.overlaps(end - reach, end);
    }
}
