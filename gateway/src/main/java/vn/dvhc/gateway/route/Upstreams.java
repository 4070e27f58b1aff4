package vn.dvhc.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import vn.dvhc.gateway.GatewayConfig;

/**
 * The services behind the door, each with a pool of kept connections. Bodies that are passed on while they come have a pool of their
 * own: however slowly they come, all others find a connection.
 */
@ApplicationScoped
public class Upstreams {

    private static final Logger LOG = Logger.getLogger(Upstreams.class);

    private final HttpClient client;
    private final GatewayConfig.Call call;
    private final long mostWhole;
    private final Map<String, Ways> ways = new HashMap<>();
    private final Map<String, URI> urls = new HashMap<>();

    /**
     * How requests go to a service.
     *
     * @param plain without a body
     * @param whole with a short body, which is read before
     * @param passing with a body that is passed on while it comes
     */
    private record Ways(HttpProxy plain, HttpProxy whole, HttpProxy passing) {}

    Upstreams(Vertx vertx, KeptAnswers kept, GatewayConfig config) {
        call = config.call();
        mostWhole = call.wholeBody().asLongValue();
        client = client(vertx, call.poolSize());
        HttpClient passing = client(vertx, call.passingPoolSize());
        config.upstreams().forEach((name, upstream) -> {
            URI url = upstream.url();
            urls.put(name, url);
            RequestOptions target = target(name, url);
            UnavailableUpstream unavailable = new UnavailableUpstream(name, call.retryAfter());
            Breaker breaker = breaker(name);
            ways.put(
                    name,
                    new Ways(
                            proxy(client, target, kept)
                                    .addInterceptor(unavailable)
                                    .addInterceptor(breaker)
                                    .addInterceptor(new RepeatedRead(vertx)),
                            proxy(client, target, kept)
                                    .addInterceptor(new WholeBody())
                                    .addInterceptor(unavailable)
                                    .addInterceptor(breaker),
                            proxy(passing, target, kept)
                                    .addInterceptor(unavailable)
                                    .addInterceptor(breaker(name))));
        });
    }

    private HttpClient client(Vertx vertx, int poolSize) {
        return vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) call.connectTimeout().toMillis())
                        .setKeepAliveTimeout((int) call.keepAlive().toSeconds())
                        .setMaxWaitQueueSize(call.maxWaiting())
                        .setTcpNoDelay(true)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(poolSize));
    }

    /** Those who wait in vain for a connection count as failures: each pool has its own. */
    private Breaker breaker(String upstream) {
        return new Breaker(upstream, call.failures(), call.rest(), System::nanoTime);
    }

    private static HttpProxy proxy(HttpClient client, RequestOptions target, KeptAnswers kept) {
        return HttpProxy.reverseProxy(client)
                .origin(context -> client.request(new RequestOptions(target))
                        .compose(request -> isStillWanted(context, request)
                                ? Future.succeededFuture(request)
                                : Future.failedFuture("The caller has gone")))
                .addInterceptor(new ForwardedHeaders())
                .addInterceptor(kept);
    }

    /** The request of a caller who left while waiting for a connection never ends, and would hold the connection. */
    private static boolean isStillWanted(ProxyContext context, HttpClientRequest request) {
        request.exceptionHandler(Upstreams::toldElsewhere);
        boolean gone = RepeatedRead.hasCallerGone(context);
        if (gone) {
            request.reset();
        }
        return !gone;
    }

    /** What goes wrong fails the answer too; without this each caller who leaves would be logged as an error. */
    private static void toldElsewhere(Throwable broken) {
        LOG.tracef("A request has ended cause=%s", broken.toString());
    }

    /** Names of the declared services. */
    public Set<String> names() {
        return Set.copyOf(ways.keySet());
    }

    /** Passes the request on and the answer back. */
    public void forward(Route route, HttpServerRequest request) {
        Ways to = ways.get(route.upstream());
        if (to == null) {
            throw new IllegalStateException("No such upstream: " + route.upstream());
        }
        if (!SentBody.isIn(request)) {
            to.plain().handle(request);
        } else if (SentBody.isAtMost(request, mostWhole)
                && !route.takesStream(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            to.whole().handle(request);
        } else {
            to.passing().handle(request);
        }
    }

    /** The status of a path of the upstream; fails if it does not answer. */
    Future<Integer> status(String upstream, String path) {
        URI url = urls.get(upstream);
        if (url == null) {
            return Future.failedFuture("No such upstream: " + upstream);
        }
        return client.request(target(upstream, url).setURI(path))
                .compose(request -> request.send())
                .compose(response -> response.end().map(response.statusCode()));
    }

    private RequestOptions target(String name, URI url) {
        String host = url.getHost();
        boolean ssl = "https".equals(url.getScheme());
        if (host == null
                || !(ssl || "http".equals(url.getScheme()))
                || !url.getRawPath().matches("/?")) {
            throw new IllegalArgumentException(
                    "Upstream " + name + " needs an address like http://host:8082, not: " + url);
        }
        int port = url.getPort() > 0 ? url.getPort() : ssl ? 443 : 80;
        return new RequestOptions()
                .setHost(host)
                .setPort(port)
                .setSsl(ssl)
                .setConnectTimeout(call.connectTimeout().toMillis())
                .setIdleTimeout(call.silenceTimeout().toMillis());
    }
}
