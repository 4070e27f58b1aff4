package vn.dvhc.gateway.limit;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import vn.dvhc.gateway.GatewayConfig;

/**
 * What every answer tells a browser: not to guess types, not to be framed, to come by TLS only, and from which pages it may be read.
 * The door takes no cookies, so that a page of another origin can do nothing in the name of who looks at it.
 */
@ApplicationScoped
class SafeAnswers {

    /** Before everything that answers. */
    private static final int FIRST = 10_100;

    private static final String READABLE =
            "Age, Deprecation, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Sunset";

    private final Set<String> origins;
    private final Duration onlyByTls;

    SafeAnswers(GatewayConfig config) {
        this.origins = config.origins();
        this.onlyByTls = config.onlyByTls();
    }

    void guard(@Observes Filters filters) {
        filters.register(this::mark, FIRST);
    }

    private void mark(RoutingContext context) {
        HttpServerRequest request = context.request();
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        if (request.isSSL() && !onlyByTls.isZero()) {
            headers.set("Strict-Transport-Security", "max-age=" + onlyByTls.toSeconds() + "; includeSubDomains");
        }
        String origin = request.getHeader("Origin");
        if (origin == null || !share(headers, origin) || !isPreflight(request)) {
            context.next();
            return;
        }
        headers.set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
        headers.set(
                "Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, If-None-Match, Last-Event-ID");
        headers.set("Access-Control-Max-Age", "86400");
        context.response().setStatusCode(204).end();
    }

    private boolean share(MultiMap headers, String origin) {
        boolean everybody = origins.contains("*");
        if (!everybody) {
            headers.add("Vary", "Origin");
        }
        if (!everybody && !origins.contains(origin)) {
            return false;
        }
        headers.set("Access-Control-Allow-Origin", everybody ? "*" : origin);
        headers.set("Access-Control-Expose-Headers", READABLE);
        return true;
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return request.method() == HttpMethod.OPTIONS && request.headers().contains("Access-Control-Request-Method");
    }
}
