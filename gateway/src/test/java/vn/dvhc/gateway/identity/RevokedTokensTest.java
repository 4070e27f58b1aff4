package vn.dvhc.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevokedTokensTest {

    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

    private final RevokedTokens revoked = new RevokedTokens(Clock.fixed(NOW, ZoneOffset.UTC), 2);

    @Test
    void covers_theSessionTheSubjectOrTheClient_andNothingElse() {
        revoked.put(of(Revocation.Kind.SESSION, "s-1", NOW, NOW.plusSeconds(60)));

        assertThat(revoked.cover(issue("s-1", "a", "console", NOW))).isTrue();
        assertThat(revoked.cover(issue("s-2", "a", "console", NOW))).isFalse();
        assertThat(revoked.cover(issue("s-2", "s-1", "s-1", NOW))).isFalse();

        revoked.put(of(Revocation.Kind.CLIENT, "console", NOW, NOW.plusSeconds(60)));
        assertThat(revoked.cover(issue("s-2", "a", "console", NOW))).isTrue();
        assertThat(revoked.cover(new Issue(Optional.empty(), "console", "operations", NOW)))
                .isFalse();
        revoked.lift(Revocation.Kind.CLIENT, "console");
        revoked.put(of(Revocation.Kind.SUBJECT, "a", NOW, NOW.plusSeconds(60)));
        assertThat(revoked.cover(issue("s-2", "a", "console", NOW))).isTrue();
        assertThat(revoked.cover(issue("s-2", "b", "console", NOW))).isFalse();
    }

    @Test
    void covers_whatWasGivenOutUpToThen_andNothingLater() {
        revoked.put(of(Revocation.Kind.SUBJECT, "a", NOW.plusMillis(500), NOW.plusSeconds(60)));

        assertThat(revoked.cover(issue("s", "a", "console", NOW))).isTrue();
        assertThat(revoked.cover(issue("s", "a", "console", NOW.plusSeconds(1))))
                .isFalse();
    }

    @Test
    void another_addsToTheFirst_butOneThatIsPutReplacesIt() {
        revoked.put(of(Revocation.Kind.SUBJECT, "a", NOW.plusSeconds(600), NOW.plusSeconds(700)));

        revoked.add(of(Revocation.Kind.SUBJECT, "a", NOW, NOW.plusSeconds(60)));
        assertThat(revoked.cover(issue("s", "a", "console", NOW.plusSeconds(300))))
                .isTrue();
        revoked.put(of(Revocation.Kind.SUBJECT, "a", NOW, NOW.plusSeconds(60)));
        assertThat(revoked.cover(issue("s", "a", "console", NOW.plusSeconds(300))))
                .isFalse();
    }

    @Test
    void forgets_whatHasEnded_andOnlyThat() {
        revoked.put(of(Revocation.Kind.SESSION, "s-1", NOW.minus(Duration.ofDays(1)), NOW));
        revoked.put(of(Revocation.Kind.SESSION, "s-2", NOW, NOW.plusMillis(1)));

        revoked.forgetEnded();

        assertThat(revoked.count()).isEqualTo(1);
        assertThat(revoked.cover(issue("s-2", "a", "console", NOW))).isTrue();
    }

    @Test
    void forgetsWhatEndsFirst_whenThereAreTooMany() {
        revoked.put(of(Revocation.Kind.SESSION, "s-1", NOW, NOW.plusSeconds(90)));
        revoked.put(of(Revocation.Kind.SESSION, "s-2", NOW, NOW.plusSeconds(60)));
        revoked.put(of(Revocation.Kind.SESSION, "s-3", NOW, NOW.plusSeconds(70)));

        assertThat(revoked.count()).isEqualTo(2);
        assertThat(revoked.cover(issue("s-1", "a", "console", NOW))).isTrue();
        assertThat(revoked.cover(issue("s-2", "a", "console", NOW))).isFalse();
        assertThat(revoked.cover(issue("s-3", "a", "console", NOW))).isTrue();
    }

    private static Revocation of(Revocation.Kind whose, String name, Instant upTo, Instant end) {
        return new Revocation(whose, name, upTo, end);
    }

    private static Issue issue(String session, String subject, String client, Instant at) {
        return new Issue(Optional.of(session), subject, client, at);
    }
}
