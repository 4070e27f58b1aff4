package vn.dvhc.history.search;

import org.jspecify.annotations.Nullable;

/**
 * A word or number of a text, folded.
 *
 * @param plain without any mark; equal for spellings that people take for the same (Mỹ and Mĩ, Đắk and Đắc, 04 and 4)
 * @param marked with its qualities and its tone, wherever the tone stood (hoà and hòa are equal)
 * @param accented whether it bore any mark
 * @param number whether it begins with a digit
 * @param arabic the number it is if read as a Roman one; null if it is none
 * @param written as it stands in the text
 * @param gap what separates it from the token before
 */
record Token(
        String plain,
        String marked,
        boolean accented,
        boolean number,
        @Nullable String arabic,
        String written,
        Gap gap) {

    /** What stands between two tokens, from weakest to strongest. */
    enum Gap {
        NONE,
        SPACE,
        /** A full stop with nothing after it, as in «Q.1». */
        DOT,
        DASH,
        /** A full stop and a space. */
        STOP,
        /** Anything that parts what belongs to different units: comma, line break, bracket. */
        COMMA;

        /** Whether a name may go on across it. */
        boolean isWithinNames() {
            return compareTo(STOP) < 0;
        }

        /** Whether a part may end here. */
        boolean isBoundary() {
            return compareTo(DASH) >= 0;
        }
    }

    /** How far it agrees with the syllable of a name that is equal when plain: 1 fully, 0 says nothing, -1 not. */
    int agreement(Token syllable) {
        if (!accented) {
            return 0;
        }
        return marked.equals(syllable.marked) ? 1 : -1;
    }
}
