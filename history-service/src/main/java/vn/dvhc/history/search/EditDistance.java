package vn.dvhc.history.search;

/**
 * How many letters must be put in, left out, changed or swapped with the next to make one word of another. All cells of a
 * column of the table are the bits of one number (Hyyrö 2003, «A bit-vector algorithm for computing Levenshtein and
 * Damerau edit distances»): a search compares a word with hundreds of names.
 */
final class EditDistance {

    private static final int LONGEST = Long.SIZE;
    private static final int SIGNS = 128;

    private final int length;
    /** For each sign the places of the word where it stands. */
    private final long[] places = new long[SIGNS];

    /** @param word folded; of a longer one than 64 signs nothing is near */
    EditDistance(String word) {
        this.length = word.length();
        for (int i = 0; i < Math.min(length, LONGEST); i++) {
            places[word.charAt(i) & (SIGNS - 1)] |= 1L << i;
        }
    }

    /** The distance to another folded word, or more than {@code most} if it is more than that. */
    int to(String other, int most) {
        if (length == 0 || length > LONGEST || Math.abs(length - other.length()) > most) {
            return length == 0 && other.length() <= most ? other.length() : most + 1;
        }
        long rising = -1;
        long falling = 0;
        long diagonal = 0;
        long before = 0;
        long last = 1L << (length - 1);
        int distance = length;
        int left = other.length();
        for (int j = 0; j < other.length(); j++) {
            long same = places[other.charAt(j) & (SIGNS - 1)];
            long swapped = ((~diagonal & same) << 1) & before;
            diagonal = (((same & rising) + rising) ^ rising) | same | falling | swapped;
            long up = falling | ~(diagonal | rising);
            long down = diagonal & rising;
            distance += (up & last) != 0 ? 1 : (down & last) != 0 ? -1 : 0;
            left--;
            if (distance - left > most) {
                return most + 1;
            }
            up = (up << 1) | 1;
            rising = (down << 1) | ~(diagonal | up);
            falling = up & diagonal;
            before = same;
        }
        return distance;
    }

    /** Errors that may be meant kindly in a word of so many letters. */
    static int allowed(int length) {
        return length < 4 ? 0 : length < 8 ? 1 : 2;
    }
}
