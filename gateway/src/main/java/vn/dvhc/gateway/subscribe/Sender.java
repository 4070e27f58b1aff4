package vn.dvhc.gateway.subscribe;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.GatewayConfig;

/**
 * Makes one attempt. The name is looked up anew and the very address that was judged is called, so that a name can't answer
 * differently a moment later; TLS still holds the name against the certificate. Never fails: what went wrong is an outcome.
 */
final class Sender {

    /** So much of an answer is read and thrown away; who sends more is cut off. */
    private static final int ANSWER_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final LookUps lookUps;
    private final GatewayConfig.Webhooks config;
    private final Clock clock;

    Sender(Vertx vertx, Destination destination, GatewayConfig.Webhooks config, Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
        this.lookUps = new LookUps(vertx, destination);
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) config.connectTimeout().toMillis())
                        .setKeepAliveTimeout(30)
                        .setTcpNoDelay(true)
                        .setDecompressionSupported(false),
                new PoolOptions().setHttp1MaxSize(config.concurrency() + 1));
    }

    /** @param id the same for each attempt of one message */
    Future<Outcome> send(Subscription to, List<byte[]> keys, String id, byte[] body) {
        Promise<Outcome> outcome = Promise.promise();
        AtomicReference<@Nullable HttpClientRequest> started = new AtomicReference<>();
        long timer = vertx.setTimer(config.timeout().toMillis(), ignored -> {
            outcome.tryComplete(Outcome.TIMEOUT);
            HttpClientRequest request = started.get();
            if (request != null) {
                request.reset();
            }
        });
        outcome.future().onComplete(done -> vertx.cancelTimer(timer));
        lookUps.address(to.url(), to.owner(), () -> !outcome.future().isComplete())
                .onFailure(defect -> outcome.tryComplete(Outcome.UNREACHABLE))
                .onSuccess(address -> {
                    if (address.isEmpty()) {
                        outcome.tryComplete(Outcome.ADDRESS_REFUSED);
                    } else if (!outcome.future().isComplete()) {
                        call(to, address.get(), keys, id, body, started, outcome);
                    }
                });
        return outcome.future();
    }

    private void call(
            Subscription to,
            InetAddress address,
            List<byte[]> keys,
            String id,
            byte[] body,
            AtomicReference<@Nullable HttpClientRequest> started,
            Promise<Outcome> outcome) {
        long now = clock.instant().getEpochSecond();
        client.request(options(to, address))
                .compose(request -> {
                    started.set(request);
                    if (outcome.future().isComplete()) {
                        // Too late, and perhaps another attempt is under way already.
                        request.reset();
                        return Future.failedFuture("Timed out before it was sent");
                    }
                    request.exceptionHandler(broken -> outcome.tryComplete(Outcome.UNREACHABLE));
                    request.putHeader("Content-Type", "application/cloudevents+json")
                            .putHeader("User-Agent", "dvhc-webhooks")
                            .putHeader("webhook-id", id)
                            .putHeader("webhook-timestamp", Long.toString(now))
                            .putHeader("webhook-signature", Signature.of(keys, id, now, body));
                    // Asked for before it is sent, the answer is read as it begins: a short one may have ended when
                    // others hear of it.
                    request.response().onSuccess(response -> read(response, outcome));
                    return request.send(Buffer.buffer(body));
                })
                .onFailure(broken -> outcome.tryComplete(Outcome.UNREACHABLE));
    }

    /** The status is all that counts; the rest is read so that the connection can be used again. */
    private void read(HttpClientResponse response, Promise<Outcome> outcome) {
        Outcome status = new Outcome(response.statusCode(), null);
        AtomicLong length = new AtomicLong();
        long patience = vertx.setTimer(
                config.timeout().toMillis(), late -> response.request().reset());
        response.handler(part -> {
            if (length.addAndGet(part.length()) > ANSWER_BYTES) {
                response.request().reset();
            }
        });
        response.end().onComplete(ended -> vertx.cancelTimer(patience));
        outcome.tryComplete(status);
    }

    private RequestOptions options(Subscription to, InetAddress address) {
        URI url = to.url();
        boolean https = Destination.isHttps(url);
        int port = url.getPort() > 0 ? url.getPort() : https ? 443 : 80;
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(named(to, address), port)))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(https)
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setFollowRedirects(false)
                .setConnectTimeout(config.connectTimeout().toMillis());
    }

    /**
     * The address under a name of the subscription's own. The client keeps a pool of connections for each name it is given, and calls the
     * address: so a silent receiver takes no connection from another one at the same host.
     */
    private static InetAddress named(Subscription to, InetAddress address) {
        try {
            return InetAddress.getByAddress(to.id() + "@" + address.getHostAddress(), address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void close() {
        client.close();
        lookUps.close();
    }

    /** How long an attempt may last at the most. */
    long limitMillis() {
        return config.timeout().toMillis() + TimeUnit.SECONDS.toMillis(1);
    }
}
