package vn.dvhc.history.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentAnswersTest {

    @Test
    void staysWithinItsBound_andKeepsWhatIsAskedFor() {
        // Given: room for about ten answers of 800 bytes and what they take beside
        RecentAnswers<String> answers = new RecentAnswers<>(12_000);

        // When
        for (int i = 0; i < 1_000; i++) {
            keep(answers, i);
            assertThat(answers.find("00000")).as("after %d", i).isNotNull();
            assertThat(answers.count()).isLessThanOrEqualTo(12);
        }

        // Then
        assertThat(answers.find("00500")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "W/\"2-7\" | true",
                "\"2-7\" | true",
                "\"1\", W/\"2-7\" | true",
                "* | true",
                "\"2-70\" | false",
                "2-7 | false",
                "W/\"1\",\"3\" | false"
            })
    void comparesTagsWeaklyAndInLists(String header, boolean known) {
        assertThat(EntityTags.match(header, "2-7")).isEqualTo(known);
        assertThat(EntityTags.match(null, "2-7")).isFalse();
        assertThat(EntityTags.weak("2-7")).isEqualTo("W/\"2-7\"");
    }

    private static void keep(RecentAnswers<String> answers, int code) {
        answers.keep("%05d".formatted(code), new RecentAnswers.Answer(new byte[800], true, null));
    }
}
