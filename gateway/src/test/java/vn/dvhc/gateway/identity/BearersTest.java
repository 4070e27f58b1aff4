package vn.dvhc.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

class BearersTest {

    private static final long END = 1_780_000_000;

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

    private static Bearers.Read read(String unit, String... roles) {
        JwtClaims claims = new JwtClaims();
        claims.setSubject("5a1c");
        claims.setClaim("azp", "console");
        claims.setClaim("exp", END);
        claims.setClaim("dvhc_unit", unit);
        return Bearers.read(QuarkusSecurityIdentity.builder()
                .setPrincipal(new DefaultJWTCallerPrincipal(claims))
                .addRoles(Set.of(roles))
                .build());
    }
}
