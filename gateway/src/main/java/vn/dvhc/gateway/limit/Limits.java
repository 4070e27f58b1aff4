package vn.dvhc.gateway.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.caller.KnownCallers;
import vn.dvhc.gateway.identity.Bearers;
import vn.dvhc.gateway.route.Problem;
import vn.dvhc.gateway.route.SentBody;
import vn.dvhc.time.BusinessClock;

/**
 * Lets a request pass if its consumer has not asked too much, and tells in {@code RateLimit} how much is left. A program, and a person
 * for themselves, is known by a token that was checked before; the first requests of a new token count for the addresses they come from.
 */
@ApplicationScoped
public class Limits {

    private static final Logger LOG = Logger.getLogger(Limits.class);

    /** Before the door reads the path, which answers some requests at once, and before bodies are watched. */
    private static final int BEFORE_THE_DOOR = 10_002;

    private static final String OUR_OWN = "/q/";
    private static final String SIGN_OUT = "/v1/backchannel-logout";
    private static final String SIGN_OUTS = " no sign-out";
    private static final Duration DAY = Duration.ofDays(1);
    private static final long TIDY_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final Vertx vertx;
    private final KnownCallers callers;
    private final BucketStore store;
    private final GatewayConfig.Limits config;
    private final boolean sparesThisMachine;
    private final Clock clock = Clock.systemUTC();
    private final AddressPrefix prefix;
    private final Purses purses;
    private final List<Quota> anonymous;
    private final List<Quota> client;
    private final Map<String, List<Quota>> named = new HashMap<>();
    private final Counter refused;
    private long timer = -1;

    @Inject
    Limits(Vertx vertx, KnownCallers callers, BucketStore store, GatewayConfig all, MeterRegistry meters) {
        this.vertx = vertx;
        this.callers = callers;
        this.store = store;
        this.config = all.limits();
        this.sparesThisMachine = all.environment().equals("local") && !config.thisMachine();
        this.prefix =
                new AddressPrefix(config.anonymous().bits4(), config.anonymous().bits6());
        this.purses = new Purses(
                store,
                task -> vertx.executeBlocking(
                        () -> {
                            task.run();
                            return true;
                        },
                        false),
                System::nanoTime,
                config.remembered());
        this.anonymous = List.of(new Quota(
                "anonymous", config.anonymous().requests(), config.anonymous().window(), true));
        this.client = quotas(config.client());
        config.clients().forEach((name, of) -> named.put(name, quotas(of)));
        this.refused = meters.counter("dvhc.gateway.limits.refused");
    }

    private static List<Quota> quotas(GatewayConfig.ClientLimit of) {
        return List.of(new Quota("client", of.requests(), of.window(), true), new Quota("day", of.daily(), DAY, false));
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(
                TIDY_MILLIS,
                tick -> vertx.executeBlocking(() -> {
                            store.forgetUnused();
                            return true;
                        })
                        .onFailure(away -> LOG.debugf("Buckets can't be tidied now cause=%s", away.toString())));
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    void guard(@Observes Filters filters) {
        if (config.enabled()) {
            filters.register(this::admit, BEFORE_THE_DOOR);
        }
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        SocketAddress from = request.remoteAddress();
        String address = from == null ? null : from.hostAddress();
        if (address == null
                || request.uri().startsWith(OUR_OWN)
                || (sparesThisMachine && AddressPrefix.isThisMachine(address))) {
            context.next();
            return;
        }
        if (isSignOut(request)) {
            admitSignOut(context, "from " + prefix.of(address) + SIGN_OUTS);
            return;
        }
        Optional<Bearers.Holder> known = callers.remembered(context, request.getHeader(HttpHeaders.AUTHORIZATION));
        String key = known.map(holder -> "client " + holder.owner()).orElseGet(() -> "from " + prefix.of(address));
        List<Quota> quotas =
                known.map(holder -> named.getOrDefault(holder.client(), client)).orElse(anonymous);
        new Asking(context, key, quotas.iterator()).next();
    }

    private static boolean isSignOut(HttpServerRequest request) {
        return request.method().equals(HttpMethod.POST) && request.path().equals(SIGN_OUT);
    }

    /**
     * The issuer tells by the thousand when many are signed out at once, and no one of them may be lost: what it tells counts for nobody.
     * Only what turns out to be no sign-out counts for where it came from, apart from all else that comes from there; when that is too
     * much, nothing is listened to any more.
     */
    private void admitSignOut(RoutingContext context, String key) {
        Quota quota = anonymous.get(0);
        if (purses.refuses(key)) {
            refuse(context, quota, Math.max(1, (long) Math.ceil(1 / quota.perSecond())));
            return;
        }
        context.addEndHandler(done -> {
            if (context.response().getStatusCode() / 100 == 4) {
                purses.take(key, quota, verdict -> {});
            }
        });
        context.next();
    }

    private void refuse(RoutingContext context, Quota quota, long wait) {
        refused.increment();
        HttpServerResponse response = context.response().putHeader("Retry-After", Long.toString(wait));
        if (SentBody.isIn(context.request())) {
            response.putHeader("Connection", "close");
        }
        tooMany(quota, wait).send(response);
        context.request().resume();
    }

    /** A request on its way through the limits of its consumer. */
    private final class Asking {

        private final RoutingContext context;
        private final String key;
        private final Iterator<Quota> quotas;
        private final StringBuilder policies = new StringBuilder();
        private final StringBuilder left = new StringBuilder();

        Asking(RoutingContext context, String key, Iterator<Quota> quotas) {
            this.context = context;
            this.key = key;
            this.quotas = quotas;
        }

        void next() {
            if (quotas.hasNext()) {
                Quota quota = quotas.next();
                take(key + " " + quota.name() + window(quota), quota, verdict -> decided(quota, verdict));
            } else {
                tell();
                context.next();
            }
        }

        private void decided(Quota quota, Verdict verdict) {
            long wait = quota.refills() ? verdict.waitSeconds() : secondsLeft(quota);
            long reset = !quota.refills() || !verdict.passes()
                    ? wait
                    : (long) Math.ceil((quota.requests() - verdict.remaining()) / quota.perSecond());
            policies.append(policies.isEmpty() ? "" : ", ").append(quota.policy());
            left.append(left.isEmpty() ? "" : ", ")
                    .append('"')
                    .append(quota.name())
                    .append("\";r=")
                    .append(verdict.remaining())
                    .append(";t=")
                    .append(Math.max(0, reset));
            if (verdict.passes()) {
                next();
            } else {
                tell();
                refuse(context, quota, wait);
            }
        }

        private void tell() {
            context.response().putHeader("RateLimit-Policy", policies).putHeader("RateLimit", left);
        }

        /** Goes on where the request is handled, whoever tells. */
        private void take(String bucket, Quota quota, Consumer<Verdict> told) {
            Thread loop = Thread.currentThread();
            Context here = vertx.getOrCreateContext();
            boolean[] isTold = new boolean[1];
            purses.take(bucket, quota, verdict -> {
                if (Thread.currentThread() == loop) {
                    isTold[0] = true;
                    told.accept(verdict);
                } else {
                    here.runOnContext(back -> told.accept(verdict));
                }
            });
            if (!isTold[0] && SentBody.isIn(context.request())) {
                context.request().pause();
            }
        }
    }

    private static Problem tooMany(Quota quota, long wait) {
        return new Problem(
                "too-many-requests",
                "Quá nhiều yêu cầu",
                429,
                "Đã vượt giới hạn " + quota.requests() + " yêu cầu trong "
                        + quota.window().toSeconds() + " giây. Vui lòng thử lại sau " + wait + " giây.");
    }

    /** Windows begin at midnight in Viet Nam. */
    private String window(Quota quota) {
        return quota.refills()
                ? ""
                : " " + Math.floorDiv(localSeconds(), quota.window().toSeconds());
    }

    private long secondsLeft(Quota quota) {
        long window = quota.window().toSeconds();
        return window - Math.floorMod(localSeconds(), window);
    }

    private long localSeconds() {
        return clock.instant().atZone(BusinessClock.ZONE).toLocalDateTime().toEpochSecond(ZoneOffset.UTC);
    }
}
