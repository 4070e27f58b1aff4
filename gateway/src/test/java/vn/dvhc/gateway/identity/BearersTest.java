package vn.dvhc.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BearersTest {

    private static final long END = 1_780_000_000;
    private static final Instant NOW = Instant.ofEpochSecond(END).minusSeconds(300);
    private static final TokenLife LIFE = new TokenLife(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(10));

    @Test
    void rolesOfTheCountry_areNobodys_whoActsForAUnit() {
        Bearers.Read read = read("31@2025-07-01", "subscriber", "portal", "operator", "national-admin");

        assertThat(read.holder().orElseThrow().roles()).containsExactlyInAnyOrder("subscriber", "portal");
        assertThat(read.bearer().orElseThrow().roles()).containsExactlyInAnyOrder("subscriber", "portal");
        assertThat(read("VN", "subscriber", "operator").holder().orElseThrow().roles())
                .containsExactlyInAnyOrder("subscriber", "operator");
        assertThat(read("anything", "subscriber", "portal")
                        .holder()
                        .orElseThrow()
                        .roles())
                .isEmpty();
    }

    @Test
    void people_areEachTheirOwn_andAProgramIsOne() {
        assertThat(owner("console", "ops", "5a1c")).isEqualTo("console/5a1c");
        assertThat(owner("console", "admin", "77b0")).isEqualTo("console/77b0");
        assertThat(owner("subscriber-demo", "service-account-subscriber-demo", "9e9e"))
                .isEqualTo("subscriber-demo");
        assertThat(owner("Portal", "service-account-portal", "9e9e")).isEqualTo("Portal");
        assertThat(owner("console", "service-account-subscriber-demo", "5a1c")).isEqualTo("console/5a1c");
        assertThat(owner("console", null, "5a1c")).isEqualTo("console/5a1c");
    }

    @Test
    void token_letsNobodyIn_ifItLivesForLongerThanItCouldBeCalledBack() {
        assertThat(livesTooLong(claims -> claims.setClaim("iat", END - 600))).isFalse();
        assertThat(livesTooLong(claims -> claims.setClaim("iat", END - 601))).isTrue();
        assertThat(livesTooLong(claims -> {})).as("counted from now").isFalse();
        assertThat(livesTooLong(claims -> claims.setClaim("exp", END + 301))).isTrue();
        assertThat(livesTooLong(claims -> {
                    claims.setClaim("iat", END + 3_600);
                    claims.setClaim("exp", END + 3_700);
                }))
                .as("issued later than now")
                .isTrue();
    }

    private static boolean livesTooLong(Consumer<JwtClaims> change) {
        JwtClaims claims = claims("console", "5a1c");
        change.accept(claims);
        Bearers.Read read = read(claims, "operator");
        assertThat(read.bearer()).as("who is audited").isPresent();
        assertThat(read.holder().isEmpty()).isEqualTo(read.livesTooLong());
        return read.livesTooLong();
    }

    private static String owner(String client, @Nullable String username, String subject) {
        JwtClaims claims = claims(client, subject);
        if (username != null) {
            claims.setClaim("preferred_username", username);
        }
        return read(claims).holder().orElseThrow().owner();
    }

    private static Bearers.Read read(String unit, String... roles) {
        JwtClaims claims = claims("console", "5a1c");
        claims.setClaim("dvhc_unit", unit);
        return read(claims, roles);
    }

    private static JwtClaims claims(String client, String subject) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject(subject);
        claims.setClaim("azp", client);
        claims.setClaim("exp", END);
        return claims;
    }

    private static Bearers.Read read(JwtClaims claims, String... roles) {
        return Bearers.read(
                QuarkusSecurityIdentity.builder()
                        .setPrincipal(new DefaultJWTCallerPrincipal(claims))
                        .addRoles(Set.of(roles))
                        .build(),
                LIFE);
    }
}
