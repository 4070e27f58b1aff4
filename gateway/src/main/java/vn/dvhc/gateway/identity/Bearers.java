package vn.dvhc.gateway.identity;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Checks bearer tokens, only when asked to. */
@ApplicationScoped
public class Bearers {

    private static final Logger LOG = Logger.getLogger(Bearers.class);

    private static final String SCHEME = "Bearer ";

    private final IdentityProviderManager identities;

    Bearers(IdentityProviderManager identities) {
        this.identities = identities;
    }

    /** Whether who sends the request bears one of the roles; with no roles, whether they bear a good token. */
    public Uni<Access> check(RoutingContext context, Set<String> roles) {
        Optional<String> token = token(context.request().getHeader("Authorization"));
        if (token.isEmpty()) {
            return Uni.createFrom().item(Access.UNAUTHENTICATED);
        }
        TokenAuthenticationRequest request = new TokenAuthenticationRequest(new AccessTokenCredential(token.get()));
        HttpSecurityUtils.setRoutingContextAttribute(request, context);
        return identities
                .authenticate(request)
                .map(identity -> decide(identity, roles))
                .onFailure()
                .recoverWithItem(Bearers::explain);
    }

    private static Optional<String> token(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    private static Access decide(@Nullable SecurityIdentity identity, Set<String> roles) {
        if (identity == null || identity.isAnonymous()) {
            return Access.UNAUTHENTICATED;
        }
        return roles.isEmpty() || roles.stream().anyMatch(identity::hasRole) ? Access.GRANTED : Access.FORBIDDEN;
    }

    /** A token that is wrong is told from keys that can't be had: only the first is the caller's fault. */
    private static Access explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof TimeoutException || cause instanceof OIDCException) {
                LOG.warnf("A token can't be checked now cause=%s", cause.toString());
                return Access.UNDECIDABLE;
            }
        }
        if (failure instanceof AuthenticationFailedException || failure instanceof AuthenticationCompletionException) {
            return Access.UNAUTHENTICATED;
        }
        LOG.error("A token was refused unexpectedly", failure);
        return Access.UNDECIDABLE;
    }
}
