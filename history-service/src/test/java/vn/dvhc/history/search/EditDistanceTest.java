package vn.dvhc.history.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

    private static final long SEED = 20_250_701;

    @ParameterizedTest
    @CsvSource({
        "benthanh, benthanh, 0",
        "benthanh, bentanh, 1",
        "benthanh, benhtanh, 1",
        "benthanh, bemthahn, 2",
        "abc, ca, 3",
        "'', ab, 2",
        "ab, '', 2"
    })
    void countsLettersThatDiffer(String one, String other, int distance) {
        assertThat(new EditDistance(one).to(other, 3)).isEqualTo(distance);
    }

    @Test
    void equalsTheTableOfAllBeginnings_forAnyWords() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            // Given: words of few letters, so that many are near
            String one = word(random, random.nextInt(65));
            String other = random.nextBoolean() ? word(random, random.nextInt(65)) : changed(random, one);
            int most = random.nextInt(5);

            // When
            int distance = new EditDistance(one).to(other, most);

            // Then
            int expected = table(one, other);
            assertThat(Math.min(distance, most + 1))
                    .as("seed %d: %s, %s, at most %d", SEED, one, other, most)
                    .isEqualTo(Math.min(expected, most + 1));
        }
    }

    @Test
    void findsNothingNear_whenTheWordIsTooLong() {
        String word = "a".repeat(65);

        assertThat(new EditDistance(word).to(word, 2)).isEqualTo(3);
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(4)));
        }
        return word.toString();
    }

    private static String changed(Random random, String word) {
        StringBuilder changed = new StringBuilder(word);
        for (int edits = random.nextInt(4); edits > 0 && changed.length() > 1; edits--) {
            int at = random.nextInt(changed.length() - 1);
            switch (random.nextInt(3)) {
                case 0 -> changed.deleteCharAt(at);
                case 1 -> changed.setCharAt(at, '9');
                default -> {
                    char moved = changed.charAt(at);
                    changed.setCharAt(at, changed.charAt(at + 1));
                    changed.setCharAt(at + 1, moved);
                }
            }
        }
        return changed.toString();
    }

    /** The textbook's table: a swap is one edit, and what was swapped is not edited again. */
    private static int table(String one, String other) {
        int[][] cells = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    cells[i][j] = i + j;
                    continue;
                }
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                cells[i][j] = Math.min(Math.min(cells[i - 1][j], cells[i][j - 1]) + 1, cells[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    cells[i][j] = Math.min(cells[i][j], cells[i - 2][j - 2] + 1);
                }
            }
        }
        return cells[one.length()][other.length()];
    }
}
