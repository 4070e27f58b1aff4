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
}
