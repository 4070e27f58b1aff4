package vn.dvhc.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes off every header by which a caller could pretend to be someone else, and says truly where the request came from. */
final class ForwardedHeaders implements ProxyInterceptor {

    private static final Set<String> STRIPPED = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "true-client-ip",
            "cf-connecting-ip",
            "remote-user",
            "x-remote-user",
            "x-http-method-override",
            "x-original-url",
            "x-rewrite-url",
            "cookie",
            "expect",
            "proxy-authorization");
    private static final List<String> STRIPPED_PREFIXES =
            List.of("x-forwarded-", "x-auth-", "x-user", "x-ssl-", "x-client-", "x-dvhc-");

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        HttpServerRequest request = context.request().proxiedRequest();
        MultiMap headers = context.request().headers();
        for (String name : List.copyOf(headers.names())) {
            if (isStripped(name.toLowerCase(Locale.ROOT))) {
                headers.remove(name);
            }
        }
        SocketAddress from = request.remoteAddress();
        headers.set("X-Forwarded-For", from == null ? "unknown" : from.hostAddress());
        headers.set("X-Forwarded-Proto", request.isSSL() ? "https" : "http");
        String host = host(request.authority());
        if (host != null) {
            headers.set("X-Forwarded-Host", host);
        }
        return context.sendRequest();
    }

    private static @Nullable String host(@Nullable HostAndPort authority) {
        return authority == null ? null : authority.toString();
    }

    private static boolean isStripped(String name) {
        return STRIPPED.contains(name) || STRIPPED_PREFIXES.stream().anyMatch(name::startsWith);
    }
}
