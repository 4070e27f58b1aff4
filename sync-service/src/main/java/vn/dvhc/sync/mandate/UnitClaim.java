package vn.dvhc.sync.mandate;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Takes the unit out of the token once, so that it is read in one way everywhere. */
@ApplicationScoped
class UnitClaim implements SecurityIdentityAugmentor {

    static final String NAME = "dvhc_unit";

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.getPrincipal() instanceof JsonWebToken token && token.<Object>getClaim(NAME) != null) {
            return Uni.createFrom()
                    .item(QuarkusSecurityIdentity.builder(identity)
                            .addAttribute(NAME, token.<Object>getClaim(NAME))
                            .build());
        }
        return Uni.createFrom().item(identity);
    }
}
