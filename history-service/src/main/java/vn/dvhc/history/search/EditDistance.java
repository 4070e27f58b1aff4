package vn.dvhc.history.search;

/** How many letters must be put in, left out, changed or swapped with the next to make one word of another. */
final class EditDistance {

    private EditDistance() {}

    /** The distance, or more than {@code most} if it is more than that. */
    static int between(String one, String other, int most) {
        if (Math.abs(one.length() - other.length()) > most) {
            return most + 1;
        }
        int width = other.length() + 1;
        int[] before = new int[width];
        int[] above = new int[width];
        int[] row = new int[width];
        for (int j = 0; j < width; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j < width; j++) {
                row[j] = cell(one, other, i, j, before, above, row);
                least = Math.min(least, row[j]);
            }
            if (least > most) {
                return most + 1;
            }
            int[] oldest = before;
            before = above;
            above = row;
            row = oldest;
        }
        return above[width - 1];
    }

    /** Errors that may be meant kindly in a word of so many letters. */
    static int allowed(int length) {
        return length < 4 ? 0 : length < 8 ? 1 : 2;
    }

    private static int cell(String one, String other, int i, int j, int[] before, int[] above, int[] row) {
        char a = one.charAt(i - 1);
        char b = other.charAt(j - 1);
        int cost = Math.min(Math.min(above[j], row[j - 1]) + 1, above[j - 1] + (a == b ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a == other.charAt(j - 2) && one.charAt(i - 2) == b;
        return swapped ? Math.min(cost, before[j - 2] + 1) : cost;
    }
}
