package vn.dvhc.gateway.caller;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.identity.Bearers;
import vn.dvhc.gateway.identity.TokenHash;
import vn.dvhc.gateway.redirect.UseCounter;

/**
 * Learns who sends a public look-up, after the look-up was passed on. Checks few tokens at a time, and each but once in some minutes
 * or seconds: a flood of made-up ones costs what a flood on any other route costs, and what is too much is not noted.
 */
@ApplicationScoped
public class KnownCallers {

    private static final int CHECKS_AT_A_TIME = 32;
    private static final int NOBODIES = 1_000;
    private static final Duration NOBODY_FOR = Duration.ofSeconds(10);

    private final Bearers bearers;
    private final Clock clock = Clock.systemUTC();
    private final BareCodes codes;
    private final UseCounter uses;
    private final AtomicInteger checks = new AtomicInteger();
    /** Until when a token counts as nobody's, by its hash. */
    private final Map<String, Instant> nobodies = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > NOBODIES;
        }
    };

    @Inject
    KnownCallers(Bearers bearers, UseCounter uses, GatewayConfig config) {
        this.bearers = bearers;
        this.uses = uses;
        this.codes = new BareCodes(config.callers().remembered());
    }

    /** Everybody known who asked for one of the codes without a date. */
    public List<BareCodes.Caller> users(Set<String> asked) {
        return codes.users(asked);
    }

    /** Notes a look-up that names a code without a date; returns at once and never fails. */
    public void note(RoutingContext context, @Nullable String authorization) {
        HttpServerRequest request = context.request();
        Optional<String> code = LookUpPath.code(request.path());
        if (code.isEmpty() || request.getParam("at") != null) {
            return;
        }
        Instant now = clock.instant();
        identify(context, authorization, client -> {
            client.ifPresent(name -> codes.note(name, code.get(), now));
            uses.noteLookUp(client.orElse(""), code.get());
        });
    }

    /**
     * Tells who sends a request, at once or after the token was checked; nobody if there is no good token or too many are being
     * checked.
     */
    public void identify(RoutingContext context, @Nullable String authorization, Consumer<Optional<String>> told) {
        Optional<String> token = Bearers.token(authorization);
        if (token.isEmpty()) {
            told.accept(Optional.empty());
            return;
        }
        Optional<Bearers.Holder> known = bearers.remembered(context, token.get());
        if (known.isPresent()) {
            told.accept(known.map(Bearers.Holder::client));
        } else {
            check(context, token.get(), told);
        }
    }

    private void check(RoutingContext context, String token, Consumer<Optional<String>> told) {
        String hash = TokenHash.of(token);
        if (isNobody(hash)) {
            told.accept(Optional.empty());
        } else if (checks.incrementAndGet() > CHECKS_AT_A_TIME) {
            checks.decrementAndGet();
            told.accept(Optional.empty());
        } else {
            bearers.holder(context, token)
                    .onTermination()
                    .invoke(() -> checks.decrementAndGet())
                    .onFailure()
                    .recoverWithItem(Optional.empty())
                    .subscribe()
                    .with(holder -> {
                        if (holder.isEmpty()) {
                            keepNobody(hash);
                        }
                        told.accept(holder.map(Bearers.Holder::client));
                    });
        }
    }

    /**
     * Who sends a request, if their token was checked before; else it is checked beside the request, for the next one.
     */
    public Optional<Bearers.Holder> remembered(RoutingContext context, @Nullable String authorization) {
        Optional<String> token = Bearers.token(authorization);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        Optional<Bearers.Holder> known = bearers.remembered(context, token.get());
        if (known.isEmpty()) {
            check(context, token.get(), client -> {});
        }
        return known;
    }

    private boolean isNobody(String hash) {
        synchronized (nobodies) {
            Instant until = nobodies.get(hash);
            return until != null && until.isAfter(clock.instant());
        }
    }

    private void keepNobody(String hash) {
        synchronized (nobodies) {
            nobodies.put(hash, clock.instant().plus(NOBODY_FOR));
        }
    }
}
