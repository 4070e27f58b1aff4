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
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.right.Role;
import vn.dvhc.right.UnitClaim;

/** Checks bearer tokens, only when asked to, and each but once in some minutes. */
@ApplicationScoped
public class Bearers {

    private static final Logger LOG = Logger.getLogger(Bearers.class);

    private static final String SCHEME = "Bearer ";
    private static final String ADMITTED = Bearers.class.getName() + ".admitted";
    private static final String BEARER = Bearers.class.getName() + ".bearer";
    private static final String UNIT = "dvhc_unit";
    private static final String SESSION = "sid";
    private static final String OWN_ACCOUNT = "service-account-";

    private static final int REMEMBERED = 10_000;

    private final IdentityProviderManager identities;
    private final RevokedTokens revoked;
    private final TokenLife life;
    private final GoodTokens<Read> good = new GoodTokens<>(Clock.systemUTC(), REMEMBERED);

    Bearers(IdentityProviderManager identities, RevokedTokens revoked, GatewayConfig config) {
        this.identities = identities;
        this.revoked = revoked;
        this.life = new TokenLife(Clock.systemUTC(), config.revocations().longestToken());
    }

    /**
     * What a token that holds tells.
     *
     * @param holder empty also if the token lives too long: it lets nobody in
     */
    record Read(Optional<Holder> holder, Optional<Bearer> bearer, boolean livesTooLong) {

        static final Read NOTHING = new Read(Optional.empty(), Optional.empty(), false);
    }

    /**
     * Whether who sends the request bears one of the roles, and for a unit for which it holds; with no roles, whether they bear a good
     * token.
     */
    public Uni<Access> check(RoutingContext context, Set<String> roles) {
        Optional<String> token = token(context.request().getHeader("Authorization"));
        if (token.isEmpty()) {
            return Uni.createFrom().item(Access.UNAUTHENTICATED);
        }
        return identify(context, token.get())
                .map(read -> {
                    read.holder().ifPresent(holder -> context.put(ADMITTED, holder));
                    read.bearer().ifPresent(bearer -> context.put(BEARER, bearer));
                    return isRevoked(read) ? Access.REVOKED : decide(read, roles);
                })
                .onFailure()
                .recoverWithItem(Bearers::explain);
    }

    /**
     * A program that bears a good token, for itself or for a person.
     *
     * @param client its id at the issuer
     * @param owner whose is what they make, and who is limited: the client for what it does itself; with their subject for a person
     *     ({@code console/5a1c…}), since all people come through one client. Never a name
     * @param until when the token ends
     * @param roles what it may do, for the token's unit
     */
    public record Holder(String client, String owner, Instant until, Set<String> roles) {

        public Holder {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * Who bears a good token.
     *
     * @param subject the same for one person or program for ever, and no name; {@code ?} if the token does not tell
     * @param client the program through which they ask; {@code ?} if the token does not tell
     * @param roles those that count for the unit
     * @param issue by what the token is found when it is called back
     */
    public record Bearer(String subject, String client, Set<String> roles, UnitClaim unit, Issue issue) {

        public Bearer {
            roles = Set.copyOf(roles);
        }
    }

    /** Who was found to bear the request's token, admitted or not; empty if it does not hold or was not looked at. */
    public static Optional<Bearer> bearer(RoutingContext context) {
        return Optional.ofNullable(context.get(BEARER));
    }

    /** Who was found by {@link #check} to bear the request's token; empty if the token names no client. */
    public static Optional<Holder> admitted(RoutingContext context) {
        return Optional.ofNullable(context.get(ADMITTED));
    }

    /** Who bears the token; empty if it names no client, lives too long or was called back. Fails if the token doesn't hold or can't be checked. */
    public Uni<Optional<Holder>> holder(RoutingContext context, String token) {
        return identify(context, token).map(read -> isRevoked(read) ? Optional.empty() : read.holder());
    }

    /** Whether the token was called back since it was checked. */
    public boolean isRevoked(Bearer bearer) {
        return revoked.cover(bearer.issue());
    }

    private boolean isRevoked(Read read) {
        return read.bearer().isPresent() && isRevoked(read.bearer().get());
    }

    /**
     * Who bears the token, if it was found good some minutes ago at most; from then on they are {@link #bearer} of the request. Empty
     * also if the token names no client or was called back.
     */
    public Optional<Holder> remembered(RoutingContext context, String token) {
        Optional<Read> known = good.find(TokenHash.of(token)).filter(read -> !isRevoked(read));
        known.flatMap(Read::bearer).ifPresent(bearer -> context.put(BEARER, bearer));
        return known.flatMap(Read::holder);
    }

    private Uni<Read> identify(RoutingContext context, String token) {
        String hash = TokenHash.of(token);
        Optional<Read> known = good.find(hash);
        if (known.isPresent()) {
            return Uni.createFrom().item(known.get());
        }
        TokenAuthenticationRequest request = new TokenAuthenticationRequest(new AccessTokenCredential(token));
        HttpSecurityUtils.setRoutingContextAttribute(request, context);
        return identities.authenticate(request).map(identity -> read(hash, identity));
    }

    private Read read(String hash, @Nullable SecurityIdentity identity) {
        Read read = read(identity, life);
        read.holder().ifPresent(holder -> good.keep(hash, read, holder.until()));
        return read;
    }

    /** Roles that do not count for the token's unit are left out here, for everybody who asks for roles later. */
    static Read read(@Nullable SecurityIdentity identity, TokenLife life) {
        if (identity == null || identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Read.NOTHING;
        }
        UnitClaim unit = UnitClaim.of(token.<Object>getClaim(UNIT));
        Set<String> roles = identity.getRoles().stream()
                .filter(role -> Role.counts(role, unit))
                .collect(Collectors.toUnmodifiableSet());
        Optional<String> client = Optional.ofNullable(token.getClaim(Claims.azp));
        String subject = orUnknown(token.getSubject());
        Instant until = Instant.ofEpochSecond(token.getExpirationTime());
        boolean livesTooLong = life.isExceededBy(token);
        return new Read(
                client.filter(program -> !livesTooLong)
                        .map(program -> new Holder(program, owner(program, subject, token), until, roles)),
                Optional.of(new Bearer(subject, orUnknown(client.orElse(null)), roles, unit, issue(token, subject))),
                livesTooLong);
    }

    private static Issue issue(JsonWebToken token, String subject) {
        return new Issue(
                LogoutTokens.text(token, SESSION), subject, orUnknown(token.getClaim(Claims.azp)), issued(token));
    }

    /** One that does not tell counts as the oldest. */
    static Instant issued(JsonWebToken token) {
        return token.getClaim(Claims.iat) instanceof Long seconds ? Instant.ofEpochSecond(seconds) : Instant.EPOCH;
    }

    /** The issuer gives a program an account of its own, under a name by which it is known from people. */
    private static String owner(String client, String subject, JsonWebToken token) {
        boolean isProgram = (OWN_ACCOUNT + client).equalsIgnoreCase(token.getClaim(Claims.preferred_username));
        return isProgram ? client : client + "/" + subject;
    }

    /** The token in the value of an {@code Authorization} header. */
    public static Optional<String> token(@Nullable String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    private static String orUnknown(@Nullable String claim) {
        return claim == null ? "?" : claim;
    }

    private static Access decide(Read read, Set<String> roles) {
        if (read.bearer().isEmpty()) {
            return Access.UNAUTHENTICATED;
        }
        if (read.livesTooLong()) {
            return Access.TOO_LONG_LIVED;
        }
        Set<String> held = read.bearer().get().roles();
        return roles.isEmpty() || roles.stream().anyMatch(held::contains) ? Access.GRANTED : Access.FORBIDDEN;
    }

    /** A token that is wrong is told from keys that can't be had: only the first is the caller's fault. */
    static Access explain(Throwable failure) {
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
