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
 * Learns who sends a public look-up, after the look-up was passed on. Checks few tokens at a time and each but once: a flood of
 * made-up ones costs what a flood on any other route costs, and what is too much is not noted.
 */
@ApplicationScoped
public class KnownCallers {

    private static final int CHECKS_AT_A_TIME = 32;
    private static final int TOKENS = 1_000;
    private static final Duration NOBODY_FOR = Duration.ofSeconds(10);

    private final Bearers bearers;
    private final Clock clock = Clock.systemUTC();
    private final BareCodes codes;
    private final UseCounter uses;
    private final AtomicInteger checks = new AtomicInteger();
    private final Map<String, Known> holders = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > TOKENS;
        }
    };

    @Inject
    KnownCallers(Bearers bearers, UseCounter uses, GatewayConfig config) {
        this.bearers = bearers;
        this.uses = uses;
        this.codes = new BareCodes(config.callers().remembered());
    }

    /** Who holds a token, by its hash; null is nobody. */
    private record Known(
            Bearers.@Nullable Holder holder, Instant until) {

        Optional<String> client() {
            return Optional.ofNullable(holder).map(Bearers.Holder::client);
        }
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
        Instant now = clock.instant();
        String hash = TokenHash.of(token.get());
        Known known = known(hash);
        if (known != null && known.until().isAfter(now)) {
            told.accept(known.client());
        } else if (checks.incrementAndGet() > CHECKS_AT_A_TIME) {
            checks.decrementAndGet();
            told.accept(Optional.empty());
        } else {
            bearers.holder(context, token.get())
                    .onTermination()
                    .invoke(() -> checks.decrementAndGet())
                    .onFailure()
                    .recoverWithItem(Optional.empty())
                    .subscribe()
                    .with(holder -> told.accept(learnt(hash, holder, now)));
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
        Known known = known(TokenHash.of(token.get()));
        if (known != null && known.until().isAfter(clock.instant())) {
            return Optional.ofNullable(known.holder());
        }
        identify(context, authorization, client -> {});
        return Optional.empty();
    }

    private Optional<String> learnt(String hash, Optional<Bearers.Holder> found, Instant now) {
        Known known = found.map(holder -> new Known(holder, holder.until()))
                .orElseGet(() -> new Known(null, now.plus(NOBODY_FOR)));
        synchronized (holders) {
            holders.put(hash, known);
        }
        return known.client();
    }

    private @Nullable Known known(String hash) {
        synchronized (holders) {
            return holders.get(hash);
        }
    }
}
