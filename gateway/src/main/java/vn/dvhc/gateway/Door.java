package vn.dvhc.gateway;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.audit.AuditDesk;
import vn.dvhc.gateway.audit.DoorAudit;
import vn.dvhc.gateway.caller.CallersQuestion;
import vn.dvhc.gateway.caller.KnownCallers;
import vn.dvhc.gateway.identity.Access;
import vn.dvhc.gateway.identity.Bearers;
import vn.dvhc.gateway.limit.SlowReaders;
import vn.dvhc.gateway.redirect.PatternDesk;
import vn.dvhc.gateway.redirect.RedirectDesk;
import vn.dvhc.gateway.redirect.UseCounter;
import vn.dvhc.gateway.revocation.BackChannelLogout;
import vn.dvhc.gateway.revocation.RevocationDesk;
import vn.dvhc.gateway.right.DoorRights;
import vn.dvhc.gateway.right.Verdict;
import vn.dvhc.gateway.route.KeptAnswers;
import vn.dvhc.gateway.route.PathGuard;
import vn.dvhc.gateway.route.Problem;
import vn.dvhc.gateway.route.Route;
import vn.dvhc.gateway.route.RouteTable;
import vn.dvhc.gateway.route.SentBody;
import vn.dvhc.gateway.route.Upstreams;
import vn.dvhc.gateway.stream.ChangeStreams;
import vn.dvhc.gateway.subscribe.SubscriptionDesk;
import vn.dvhc.right.UnitClaim;

/** The way of every request: guard, route, identity, right, upstream. Answers itself only what the door knows. */
@ApplicationScoped
public class Door {

    private static final Logger LOG = Logger.getLogger(Door.class);

    /** Before Quarkus reads the path for the first time. */
    private static final int BEFORE_ALL_FILTERS = 10_000;

    private static final String METRICS = "/q/metrics*";
    private static final String CALLERS = "/v1/callers";
    private static final String STREAM = "/v1/changes/stream";
    private static final String SUBSCRIPTIONS = "/v1/subscriptions*";
    private static final String REDIRECTS = "/v1/redirects*";
    private static final List<String> URL_PATTERNS =
            List.of("/v1/url-patterns*", "/v1/portal-hosts*", "/v1/old-codes*");
    private static final String REVOCATIONS = "/v1/revocations*";
    private static final String BACK_CHANNEL_LOGOUT = "/v1/backchannel-logout";
    private static final String AUDIT = "/v1/audit/door*";
    private static final int BEFORE_DEFAULTS = -100;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Bearers bearers;
    private final Upstreams upstreams;
    private final KeptAnswers kept;
    private final SlowReaders slowReaders;
    private final RouteTable table;
    private final KnownCallers callers;
    private final ChangeStreams streams;
    private final SubscriptionDesk subscriptions;
    private final RedirectDesk redirects;
    private final PatternDesk patterns;
    private final UseCounter uses;
    private final DoorRights rights;
    private final DoorAudit audit;
    private final AuditDesk auditDesk;
    private final RevocationDesk revocations;
    private final BackChannelLogout backChannel;
    private final Set<String> revocationsRoles;
    private final Set<String> auditRoles;
    private final Set<String> metricsRoles;
    private final Set<String> callersRoles;
    private final Set<String> streamsRoles;
    private final Set<String> subscriptionsRoles;
    private final Set<String> patternsRoles;
    private final long maxBodySize;
    private final long maxStreamSize;

    Door(
            Bearers bearers,
            Upstreams upstreams,
            KeptAnswers kept,
            SlowReaders slowReaders,
            KnownCallers callers,
            ChangeStreams streams,
            SubscriptionDesk subscriptions,
            RedirectDesk redirects,
            PatternDesk patterns,
            UseCounter uses,
            DoorRights rights,
            DoorAudit audit,
            AuditDesk auditDesk,
            RevocationDesk revocations,
            BackChannelLogout backChannel,
            GatewayConfig config) {
        this.bearers = bearers;
        this.upstreams = upstreams;
        this.kept = kept;
        this.slowReaders = slowReaders;
        this.callers = callers;
        this.streams = streams;
        this.subscriptions = subscriptions;
        this.redirects = redirects;
        this.patterns = patterns;
        this.uses = uses;
        this.rights = rights;
        this.audit = audit;
        this.auditDesk = auditDesk;
        this.revocations = revocations;
        this.backChannel = backChannel;
        this.revocationsRoles = config.revocations().roles();
        this.auditRoles = config.audit().roles();
        this.table = new RouteTable(routes(config), upstreams.names());
        this.metricsRoles = config.metricsRoles();
        this.callersRoles = config.callers().roles();
        this.streamsRoles = config.streams().roles();
        this.subscriptionsRoles = config.webhooks().roles();
        this.patternsRoles = config.oldUrls().roles();
        this.maxBodySize = config.maxBodySize().asLongValue();
        this.maxStreamSize = config.maxStreamSize().asLongValue();
    }

    void guard(@Observes Filters filters) {
        filters.register(this::refuseAmbiguous, BEFORE_ALL_FILTERS);
    }

    void open(@Observes Router router) {
        router.route(METRICS).order(BEFORE_DEFAULTS).handler(this::admitToMetrics);
        router.route(CALLERS).order(BEFORE_DEFAULTS).handler(this::admitToCallers);
        router.route(STREAM)
                .order(BEFORE_DEFAULTS)
                .handler(context -> admitHolder(streamsRoles, context, streams::open));
        router.route(SUBSCRIPTIONS)
                .order(BEFORE_DEFAULTS)
                .handler(context -> admitHolder(subscriptionsRoles, context, subscriptions::answer));
        router.route(REDIRECTS).order(BEFORE_DEFAULTS).handler(this::redirect);
        URL_PATTERNS.forEach(path -> router.route(path)
                .order(BEFORE_DEFAULTS)
                .handler(context -> admitHolder(patternsRoles, context, patterns::answer)));
        router.route(AUDIT)
                .order(BEFORE_DEFAULTS)
                .handler(context -> whoeverBears(auditRoles, context, () -> auditDesk.answer(context)));
        router.route(REVOCATIONS)
                .order(BEFORE_DEFAULTS)
                .handler(context -> whoeverBears(revocationsRoles, context, () -> revocations.answer(context)));
        router.route(BACK_CHANNEL_LOGOUT).order(BEFORE_DEFAULTS).handler(backChannel::answer);
        router.route().order(RouteConstants.ROUTE_ORDER_AFTER_DEFAULT).handler(this::admit);
    }

    /** What may pass, as it is configured. */
    public static List<Route> routes(GatewayConfig config) {
        return config.routes().entrySet().stream()
                .map(entry -> new Route(
                        entry.getKey(),
                        entry.getValue().path(),
                        entry.getValue().upstream(),
                        entry.getValue().methods(),
                        entry.getValue().roles().orElse(Set.of()),
                        entry.getValue().computes(),
                        entry.getValue().streams()))
                .toList();
    }

    private void refuseAmbiguous(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean chunked = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (!PathGuard.isPlain(request.uri())) {
            refuse(context, Problem.AMBIGUOUS_PATH);
        } else if (chunked && length != null) {
            refuse(context, Problem.BODY_AMBIGUOUS);
        } else if (chunked || (length != null && !length.equals("0"))) {
            refuseTooLarge(context, chunked, length);
        } else if (!answerPublicReading(context)) {
            context.next();
        }
    }

    private void refuseTooLarge(RoutingContext context, boolean chunked, @Nullable String length) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        boolean streams = table.find(context.request().path())
                .filter(route -> route.takesStream(type))
                .isPresent();
        long most = streams ? maxStreamSize : maxBodySize;
        if (chunked && !streams) {
            refuse(context, Problem.LENGTH_REQUIRED);
        } else if (length != null && isLonger(length, most)) {
            refuse(context, Problem.bodyTooLarge(most));
        } else {
            context.next();
        }
    }

    /** What anybody may read needs nothing of what comes after: it is answered, or passed on, before. Whether it was. */
    private boolean answerPublicReading(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<Route> found = table.find(request.path()).filter(Route::isPublic);
        if (found.isEmpty()
                || !READING.contains(request.method())
                || request.path().equals(STREAM)) {
            return false;
        }
        redirects.markCode(request);
        if (kept.answer(request)) {
            callers.note(context, request.getHeader(HttpHeaders.AUTHORIZATION));
        } else if (found.get().methods().contains(request.method().name())) {
            passPublic(found.get(), context);
        } else {
            return false;
        }
        return true;
    }

    private void passPublic(Route route, RoutingContext context) {
        HttpServerRequest request = context.request();
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        request.headers().remove(HttpHeaders.AUTHORIZATION);
        pass(route, context);
        callers.note(context, authorization);
    }

    /** The HTTP decoder has refused what is no number. */
    private static boolean isLonger(String length, long most) {
        return length.length() > 18 || Long.parseLong(length) > most;
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<Route> found = table.find(request.path());
        boolean passes = found.isPresent()
                && found.get().methods().contains(request.method().name());
        if (passes && found.get().isPublic()) {
            redirects.markCode(request);
            passPublic(found.get(), context);
            return;
        }
        Runnable answer = () -> passOrRefuse(passes, found, context);
        whoeverBears(found.map(Route::roles).orElse(Set.of()), context, answer);
    }

    private void redirect(RoutingContext context) {
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        redirects
                .answer(context)
                .ifPresent(
                        call -> callers.identify(context, authorization, client -> uses.note(client.orElse(""), call)));
    }

    private void admitToMetrics(RoutingContext context) {
        whoeverBears(metricsRoles, context, () -> {
            context.request().resume();
            context.next();
        });
    }

    private void admitToCallers(RoutingContext context) {
        whoeverBears(callersRoles, context, () -> {
            if (context.request().method().equals(HttpMethod.POST)) {
                context.request().resume().body().onSuccess(body -> answerCallers(context, body));
            } else {
                context.response().putHeader("Allow", "POST");
                refuse(context, Problem.METHOD_NOT_ALLOWED);
            }
        });
    }

    /** To what is each caller's own: a token that names no client owns nothing. */
    private void admitHolder(
            Set<String> roles, RoutingContext context, BiConsumer<RoutingContext, Bearers.Holder> answer) {
        whoeverBears(
                roles,
                context,
                () -> Bearers.admitted(context)
                        .ifPresentOrElse(
                                holder -> answer.accept(context, holder), () -> refuse(context, Problem.FORBIDDEN)));
    }

    private void answerCallers(RoutingContext context, Buffer body) {
        CallersQuestion.read(body)
                .ifPresentOrElse(
                        codes -> context.response()
                                .putHeader("Content-Type", "application/json")
                                .putHeader("Cache-Control", "no-store")
                                .end(CallersQuestion.answer(callers.users(codes))),
                        () -> Problem.NO_CODES.send(context.response()));
    }

    private void whoeverBears(Set<String> roles, RoutingContext context, Runnable granted) {
        context.request().pause();
        bearers.check(context, roles)
                .subscribe()
                .with(access -> decided(access, context, granted), failure -> fail(context, failure));
    }

    private void passOrRefuse(boolean passes, Optional<Route> found, RoutingContext context) {
        if (found.isEmpty()) {
            refuse(context, Problem.NO_SUCH_ADDRESS);
        } else if (!passes) {
            String allowed = found.get().methods().stream().sorted().collect(Collectors.joining(", "));
            context.response().putHeader("Allow", allowed);
            refuse(context, Problem.METHOD_NOT_ALLOWED);
        } else {
            passIfRight(found.get(), context);
        }
    }

    /** A role lets in, the unit decides over whose affairs. */
    private void passIfRight(Route route, RoutingContext context) {
        Optional<Verdict> verdict = Bearers.bearer(context).map(bearer -> rights.judge(bearer, context.request()));
        verdict.ifPresent(judged -> audit.judged(context, judged));
        switch (verdict.map(Verdict::kind).orElse(Verdict.Kind.NO_ROLE)) {
            case GRANTED -> answerOrPass(route, context);
            case NO_ROLE -> refuse(context, Problem.FORBIDDEN);
            case UNIT_ENDED -> refuse(context, Problem.UNIT_ENDED);
            case UNIT_UNKNOWN -> refuse(context, Problem.UNIT_UNKNOWN);
            case FOREIGN_UNIT -> refuse(context, Problem.FOREIGN_UNIT);
            case UNDECIDABLE -> {
                context.response().putHeader("Retry-After", "5");
                refuse(context, Problem.RIGHTS_UNAVAILABLE);
            }
        }
    }

    private void decided(Access access, RoutingContext context, Runnable granted) {
        switch (access) {
            case GRANTED -> {
                audit.watch(context);
                granted.run();
            }
            case UNAUTHENTICATED -> {
                context.response().putHeader("WWW-Authenticate", "Bearer realm=\"dvhc\"");
                refuse(context, Problem.UNAUTHENTICATED);
            }
            case REVOKED -> {
                context.response().putHeader("WWW-Authenticate", "Bearer realm=\"dvhc\", error=\"invalid_token\"");
                refuse(context, Problem.REVOKED);
            }
            case TOO_LONG_LIVED -> {
                context.response().putHeader("WWW-Authenticate", "Bearer realm=\"dvhc\", error=\"invalid_token\"");
                refuse(context, Problem.TOO_LONG_LIVED);
            }
            case FORBIDDEN -> refuse(context, hasReadableUnit(context) ? Problem.FORBIDDEN : Problem.UNIT_CLAIM);
            case UNDECIDABLE -> {
                context.response().putHeader("Retry-After", "5");
                refuse(context, Problem.IDENTITY_UNAVAILABLE);
            }
        }
    }

    /** Where reading wants a role, what is kept is given to whoever bears it. */
    private void answerOrPass(Route route, RoutingContext context) {
        HttpServerRequest request = context.request();
        redirects.markCode(request);
        if (SentBody.isIn(request) || !kept.answer(request)) {
            pass(route, context);
        }
    }

    private void pass(Route route, RoutingContext context) {
        if (!slowReaders.watch(context)) {
            return;
        }
        HttpServerRequest request = context.request();
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            context.response().writeContinue();
        }
        upstreams.forward(route, request);
    }

    private static boolean hasReadableUnit(RoutingContext context) {
        return Bearers.bearer(context)
                .filter(bearer -> bearer.unit().kind() == UnitClaim.Kind.MALFORMED)
                .isEmpty();
    }

    /** A refused request's body is not read: the connection ends with the answer. */
    private void refuse(RoutingContext context, Problem problem) {
        audit.refused(context, problem.status(), problem.slug());
        if (SentBody.isIn(context.request())) {
            context.response().putHeader("Connection", "close");
        }
        problem.send(context.response());
        context.request().resume();
    }

    private void fail(RoutingContext context, Throwable failure) {
        LOG.error("A request failed unexpectedly", failure);
        refuse(context, Problem.INTERNAL);
    }
}
