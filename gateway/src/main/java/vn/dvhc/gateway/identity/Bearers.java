package vn.dvhc.gateway.identity;

import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.jboss.logging.Logger;

/** Checks bearer tokens, only when asked to. */
@ApplicationScoped
public class Bearers {

    private static final Logger LOG = Logger.getLogger(Bearers.class);

    /** Whether who sends the request bears one of the roles; with no roles, whether they bear a good token. */
    public Uni<Access> check(RoutingContext request, Set<String> roles) {
        return QuarkusHttpUser.getSecurityIdentity(request, null)
                .map(identity -> decide(identity, roles))
                .onFailure()
                .recoverWithItem(Bearers::explain);
    }

    private static Access decide(SecurityIdentity identity, Set<String> roles) {
        if (identity.isAnonymous()) {
            return Access.UNAUTHENTICATED;
        }
        return roles.isEmpty() || roles.stream().anyMatch(identity::hasRole) ? Access.GRANTED : Access.FORBIDDEN;
    }

    private static Access explain(Throwable failure) {
        if (failure instanceof AuthenticationFailedException || failure instanceof AuthenticationCompletionException) {
            return Access.UNAUTHENTICATED;
        }
        LOG.warnf("A token can't be checked now cause=%s", failure.toString());
        return Access.UNDECIDABLE;
    }
}
