package vn.dvhc.demo.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

class LevelComparisonTest {

    @Test
    void nothingDiffers_whenBothHoldTheSame() {
        Difference difference = LevelComparison.compare(rows("a1", "b2", "c3"), rows("a1", "b2", "c3"));

        assertThat(difference.isNone()).isTrue();
        assertThat(difference.compared()).isEqualTo(3);
    }

    @Test
    void keyIsMissing_whenOnlyTheOwnerHasIt() {
        assertThat(LevelComparison.compare(rows("a1", "b2", "c3"), rows("a1", "c3"))
                        .missing())
                .containsExactly("b");
        assertThat(LevelComparison.compare(rows("a1", "b2"), rows()).missing()).containsExactly("a", "b");
    }

    @Test
    void keyIsUnexpected_whenOnlyTheCopyHasIt() {
        Difference difference = LevelComparison.compare(rows("b2"), rows("a1", "b2", "c3"));

        assertThat(difference.unexpected()).containsExactly("a", "c");
        assertThat(difference.compared()).isEqualTo(1);
    }

    @Test
    void keyIsDifferent_whenTheRowsAreNotTheSame() {
        Difference difference = LevelComparison.compare(rows("a1", "b2"), rows("a1", "b9"));

        assertThat(difference.different()).containsExactly("b");
        assertThat(difference.examples()).containsExactly("b different");
        assertThat(difference.isNone()).isFalse();
    }

    @Test
    void keyIsDuplicate_whenEitherHasItTwice() {
        assertThat(LevelComparison.compare(rows("a1", "a1", "b2"), rows("a1", "b2"))
                        .duplicate())
                .containsExactly("a");
        assertThat(LevelComparison.compare(rows("a1", "b2"), rows("a1", "b2", "b2"))
                        .duplicate())
                .containsExactly("b");
    }

    /** Each row is a key of one letter and a hash of one digit. */
    private static Iterator<KeyedHash> rows(String... rows) {
        return Arrays.stream(rows)
                .map(row -> new KeyedHash(row.substring(0, 1), row.substring(1)))
                .iterator();
    }
}
