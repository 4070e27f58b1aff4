package vn.dvhc.gateway.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsesTest {

    private static final Instant NOW = Instant.parse("2026-11-26T01:00:00Z");

    private final Uses uses = new Uses(2);

    @Test
    void countsTogetherWhatIsTheSame() {
        uses.note(key("a"), NOW);
        uses.note(key("a"), NOW.plusSeconds(1));
        uses.note(key("b"), NOW);

        assertThat(uses.drain())
                .containsExactlyInAnyOrder(
                        new Uses.Use(key("a"), new Uses.Count(2, NOW.plusSeconds(1))),
                        new Uses.Use(key("b"), new Uses.Count(1, NOW)));
        assertThat(uses.drain()).isEmpty();
    }

    @Test
    void losesWhatFindsNoPlace_andSaysHowMuch() {
        uses.note(key("a"), NOW);
        uses.note(key("b"), NOW);
        uses.note(key("c"), NOW);
        uses.note(key("a"), NOW);

        assertThat(uses.drain()).hasSize(2);
        assertThat(uses.lost()).isEqualTo(1);
    }

    @Test
    void addsWhatCouldNotBeWritten_toWhatCameSince() {
        uses.note(key("a"), NOW);
        List<Uses.Use> unwritten = uses.drain();
        uses.note(key("a"), NOW.plusSeconds(9));
        uses.note(key("b"), NOW);

        uses.putBack(unwritten);

        assertThat(uses.drain())
                .contains(new Uses.Use(key("a"), new Uses.Count(2, NOW.plusSeconds(9))))
                .hasSize(2);
    }

    private static Uses.Key key(String client) {
        return new Uses.Key(LocalDate.parse("2026-11-26"), client, "url_0123456789abcdef", "10507");
    }
}
