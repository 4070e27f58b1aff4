package vn.dvhc.history.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds names that differ from a word by few letters, through the groups of three letters they have in common. */
final class Trigrams {

    private static final int SIGNS = 37;
    /** Groups that one edit touches at most: a swap of two letters. */
    private static final int TOUCHED = 4;

    private static final int[] NONE = new int[0];

    private final List<Name> names;
    private final int[][] postings = new int[SIGNS * SIGNS * SIGNS][];

    Trigrams(List<Name> names) {
        this.names = names;
        int[] sizes = new int[postings.length];
        Arrays.fill(postings, NONE);
        for (int i = 0; i < names.size(); i++) {
            for (int trigram : of(names.get(i).key())) {
                if (sizes[trigram] == postings[trigram].length) {
                    postings[trigram] = Arrays.copyOf(postings[trigram], Math.max(4, sizes[trigram] * 2));
                }
                postings[trigram][sizes[trigram]++] = i;
            }
        }
        for (int trigram = 0; trigram < postings.length; trigram++) {
            if (sizes[trigram] < postings[trigram].length) {
                postings[trigram] = Arrays.copyOf(postings[trigram], sizes[trigram]);
            }
        }
    }

    /** A name and by how many letters it differs. */
    record Near(Name name, int edits) {}

    /** Names of at least one edit and at most as many as the word's length allows; digits must be the same. */
    List<Near> near(String word) {
        int most = EditDistance.allowed(word.length());
        if (most == 0) {
            return List.of();
        }
        byte[] common = new byte[names.size()];
        int[] trigrams = of(word);
        int least = Math.max(most, trigrams.length - TOUCHED * most);
        EditDistance distance = new EditDistance(word);
        List<Near> found = new ArrayList<>();
        for (int trigram : trigrams) {
            for (int name : postings[trigram]) {
                if (++common[name] == least) {
                    verify(word, distance, names.get(name), most, found);
                }
            }
        }
        return found;
    }

    private static void verify(String word, EditDistance distance, Name name, int most, List<Near> found) {
        int edits = distance.to(name.key(), most);
        if (edits > 0 && edits <= most && sameDigits(word, name.key())) {
            found.add(new Near(name, edits));
        }
    }

    /** «Mỹ Đình 1» is no misspelling of «Mỹ Đình 2». */
    private static boolean sameDigits(String one, String other) {
        int i = 0;
        int j = 0;
        while (true) {
            i = nextDigit(one, i);
            j = nextDigit(other, j);
            if (i == one.length() || j == other.length()) {
                return i == one.length() && j == other.length();
            }
            if (one.charAt(i++) != other.charAt(j++)) {
                return false;
            }
        }
    }

    private static int nextDigit(String word, int from) {
        int i = from;
        while (i < word.length() && word.charAt(i) > '9') {
            i++;
        }
        return i;
    }

    /** Also of the edges of the word; each once. */
    private static int[] of(String word) {
        int[] trigrams = new int[word.length()];
        for (int i = 0; i < word.length(); i++) {
            int before = i == 0 ? 0 : sign(word.charAt(i - 1));
            int after = i + 1 == word.length() ? 0 : sign(word.charAt(i + 1));
            trigrams[i] = (before * SIGNS + sign(word.charAt(i))) * SIGNS + after;
        }
        return Arrays.stream(trigrams).distinct().toArray();
    }

    private static int sign(char sign) {
        if (sign >= 'a' && sign <= 'z') {
            return sign - 'a' + 1;
        }
        return sign >= '0' && sign <= '9' ? sign - '0' + 27 : 0;
    }
}
