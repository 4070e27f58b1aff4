package vn.dvhc.sync.mandate;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import vn.dvhc.right.Role;

/** Takes the unit out of the token once, so that it is read in one way everywhere, and takes off roles that don't hold for it. */
@ApplicationScoped
class UnitClaim implements SecurityIdentityAugmentor {

    static final String NAME = "dvhc_unit";

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        Object unit = identity.getPrincipal() instanceof JsonWebToken token ? token.<Object>getClaim(NAME) : null;
        if (unit == null) {
            return Uni.createFrom().item(identity);
        }
        vn.dvhc.right.UnitClaim claim = vn.dvhc.right.UnitClaim.of(unit);
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder()
                        .setPrincipal(identity.getPrincipal())
                        .addRoles(identity.getRoles().stream()
                                .filter(role -> Role.counts(role, claim))
                                .collect(Collectors.toSet()))
                        .addCredentials(identity.getCredentials())
                        .addAttributes(identity.getAttributes())
                        .addAttribute(NAME, unit)
                        .build());
    }
}
