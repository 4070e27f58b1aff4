package vn.dvhc.registry.api;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import vn.dvhc.right.Role;
import vn.dvhc.right.UnitClaim;

/** Takes off roles that don't hold for the token's unit, as the door does: nobody who acts for a unit runs the nation's affairs. */
@ApplicationScoped
class CountingRoles implements SecurityIdentityAugmentor {

    private static final String UNIT = "dvhc_unit";

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().item(identity);
        }
        UnitClaim claim = UnitClaim.of(token.<Object>getClaim(UNIT));
        Set<String> counting = identity.getRoles().stream()
                .filter(role -> Role.counts(role, claim))
                .collect(Collectors.toSet());
        return Uni.createFrom()
                .item(
                        counting.size() == identity.getRoles().size()
                                ? identity
                                : QuarkusSecurityIdentity.builder()
                                        .setPrincipal(identity.getPrincipal())
                                        .addRoles(counting)
                                        .addCredentials(identity.getCredentials())
                                        .addAttributes(identity.getAttributes())
                                        .build());
    }
}
