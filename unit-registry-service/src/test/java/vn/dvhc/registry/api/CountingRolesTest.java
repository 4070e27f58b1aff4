package vn.dvhc.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class CountingRolesTest {

    @Test
    void role_countsForItsUnitOnly() {
        assertThat(roles(Map.of("dvhc_unit", "VN"), "operator", "decision-drafter"))
                .containsExactlyInAnyOrder("operator", "decision-drafter");
        assertThat(roles(Map.of(), "operator")).containsExactly("operator");
        assertThat(roles(Map.of("dvhc_unit", "31@2025-07-01"), "operator", "decision-drafter"))
                .containsExactly("decision-drafter");
    }

    @Test
    void claimOfAnotherForm_takesAllRoles() {
        assertThat(roles(Map.of("dvhc_unit", "31"), "operator", "decision-drafter"))
                .isEmpty();
        assertThat(roles(Map.of("dvhc_unit", Set.of("VN")), "operator", "decision-drafter"))
                .isEmpty();
    }

    private static Set<String> roles(Map<String, Object> claims, String... roles) {
        SecurityIdentity identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new Token(claims))
                .addRoles(Set.of(roles))
                .build();
        return new CountingRoles()
                .augment(identity, work -> Uni.createFrom().item(work))
                .await()
                .indefinitely()
                .getRoles();
    }

    private record Token(Map<String, Object> claims) implements JsonWebToken {
        @Override
        public String getName() {
            return "an";
        }

        @Override
        public Set<String> getClaimNames() {
            return claims.keySet();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getClaim(String name) {
            return (T) claims.get(name);
        }
    }
}
