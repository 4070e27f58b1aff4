package vn.dvhc.gateway.identity;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.Tenant;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Reads logout tokens (OpenID Connect Back-Channel Logout 1.0). Signature, issuer, audience and times are checked as those of all
 * tokens are, with settings of their own; here only what makes a token a logout token.
 */
@ApplicationScoped
public class LogoutTokens {

    static final String SETTINGS = "sign-out";

    private static final String EVENTS = "events";
    private static final String SIGNED_OUT = "http://schemas.openid.net/event/backchannel-logout";
    private static final String SESSION = "sid";
    private static final String NONCE = "nonce";

    private final TenantIdentityProvider issuer;

    LogoutTokens(@Tenant(SETTINGS) TenantIdentityProvider issuer) {
        this.issuer = issuer;
    }

    /**
     * What an issuer tells by a logout token.
     *
     * @param session that has ended; empty for all of the subject
     * @param subject empty if only the session is told
     */
    public record SignedOut(Optional<String> session, Optional<String> subject, Instant at) {}

    /**
     * What came of reading.
     *
     * @param access granted, unauthenticated for a token that is none, or undecidable
     */
    public record Reading(Access access, Optional<SignedOut> signedOut) {

        static Reading failed(Access access) {
            return new Reading(access, Optional.empty());
        }
    }

    /** Reads one; never fails. */
    public Uni<Reading> read(String token) {
        return issuer.authenticate(new AccessTokenCredential(token))
                .map(LogoutTokens::read)
                .onFailure()
                .recoverWithItem(failure -> Reading.failed(Bearers.explain(failure)));
    }

    private static Reading read(@Nullable SecurityIdentity identity) {
        if (identity == null || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Reading.failed(Access.UNAUTHENTICATED);
        }
        Optional<String> session = text(token, SESSION);
        Optional<String> subject = Optional.ofNullable(token.getSubject());
        boolean isLogout = token.getClaim(EVENTS) instanceof JsonObject events
                && events.get(SIGNED_OUT) instanceof JsonObject
                && token.getClaim(NONCE) == null
                && text(token, Claims.jti.name()).isPresent()
                && (session.isPresent() || subject.isPresent());
        return isLogout
                ? new Reading(Access.GRANTED, Optional.of(new SignedOut(session, subject, Bearers.issued(token))))
                : Reading.failed(Access.UNAUTHENTICATED);
    }

    static Optional<String> text(JsonWebToken token, String claim) {
        return token.getClaim(claim) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }
}
