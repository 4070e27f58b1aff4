package vn.dvhc.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.HttpProxy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import vn.dvhc.gateway.GatewayConfig;

/** The services behind the door, each with a pool of kept connections. */
@ApplicationScoped
public class Upstreams {

    private final HttpClient client;
    private final GatewayConfig.Call call;
    private final Map<String, HttpProxy> proxies = new HashMap<>();
    private final Map<String, URI> urls = new HashMap<>();

    Upstreams(Vertx vertx, KeptAnswers kept, GatewayConfig config) {
        call = config.call();
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) call.connectTimeout().toMillis())
                        .setKeepAliveTimeout((int) call.keepAlive().toSeconds())
                        .setMaxWaitQueueSize(call.maxWaiting())
                        .setTcpNoDelay(true)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(call.poolSize()));
        config.upstreams().forEach((name, upstream) -> {
            URI url = upstream.url();
            urls.put(name, url);
            RequestOptions target = target(name, url);
            HttpProxy proxy = HttpProxy.reverseProxy(client)
                    .origin(context -> client.request(new RequestOptions(target)))
                    .addInterceptor(new ForwardedHeaders())
                    .addInterceptor(kept)
                    .addInterceptor(new UnavailableUpstream(name, call.retryAfter()))
                    .addInterceptor(new Breaker(name, call.failures(), call.rest(), System::nanoTime))
                    .addInterceptor(new RepeatedRead(vertx));
            proxies.put(name, proxy);
        });
    }

    /** Names of the declared services. */
    public Set<String> names() {
        return Set.copyOf(proxies.keySet());
    }

    /** Passes the request on and the answer back. */
    public void forward(String upstream, HttpServerRequest request) {
        HttpProxy proxy = proxies.get(upstream);
        if (proxy == null) {
            throw new IllegalStateException("No such upstream: " + upstream);
        }
        proxy.handle(request);
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
