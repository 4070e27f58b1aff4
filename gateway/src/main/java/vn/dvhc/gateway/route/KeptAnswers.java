package vn.dvhc.gateway.route;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import vn.dvhc.gateway.GatewayConfig;

/**
 * Answers that anybody may have, kept at the door to spare the way to the service: short ones, within a bound of memory, and those that are
 * asked for again rather than those that are asked for once. What no
 * later day can change is kept for a minute at most, so that a correction is not hidden for longer. What the next enactment may
 * change is kept for a moment, and only until an answer out of a newer register has passed the door: nobody is told the time
 * before a reform after they have seen the reform.
 */
@ApplicationScoped
public class KeptAnswers implements ProxyInterceptor {

    /** What an entry takes beside its bytes. */
    private static final int OVERHEAD = 1000;

    private static final Set<String> HOP = Set.of("connection", "transfer-encoding", "content-length", "date", "age");

    private final Cache<String, Kept> answers;
    private final long longest;
    private final long mostNanos;
    private final long mostNanosOpen;
    private final AtomicLong newest = new AtomicLong(RegisterTag.UNKNOWN);

    KeptAnswers(GatewayConfig config) {
        this.longest = config.kept().maxAnswer().asLongValue();
        this.mostNanos = config.kept().longest().toNanos();
        this.mostNanosOpen = config.kept().longestOpen().toNanos();
        this.answers = Caffeine.newBuilder()
                .maximumWeight(config.kept().maxSize().asLongValue())
                .weigher((String uri, Kept kept) -> uri.length() + kept.body.length() + OVERHEAD)
                .expireAfter(Expiry.writing((String uri, Kept kept) -> kept.lifetime))
                .build();
    }

    /** @param sequence of the register it was answered from; {@link Long#MAX_VALUE} if no enactment can change it */
    private record Kept(MultiMap headers, String etag, Buffer body, long since, Duration lifetime, long sequence) {}

    /** Answers a request for a public address if the answer is kept; else does nothing. */
    public boolean answer(HttpServerRequest request) {
        if (!mayBeKept(request)) {
            return false;
        }
        Kept kept = answers.getIfPresent(request.uri());
        if (kept == null || kept.sequence < newest.get()) {
            return false;
        }
        HttpServerResponse response = request.response();
        response.headers().addAll(kept.headers);
        response.putHeader("Age", Long.toString(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - kept.since)));
        String known = request.getHeader("If-None-Match");
        if (known != null && known.equals(kept.etag)) {
            response.headers().remove("Content-Type");
            response.setStatusCode(304).end();
        } else {
            response.end(kept.body);
        }
        return true;
    }

    /** What the caller wants otherwise than plainly is for the service to judge. */
    private static boolean mayBeKept(HttpServerRequest request) {
        MultiMap headers = request.headers();
        String accept = headers.get("Accept");
        return request.method() == HttpMethod.GET
                && (accept == null || accept.equals("*/*") || accept.equals("application/json"))
                && !headers.contains("Range")
                && !headers.contains("Cache-Control")
                && !headers.contains("Pragma");
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        ProxyResponse response = context.response();
        HttpServerRequest request = context.request().proxiedRequest();
        Body body = response.getBody();
        long sequence = RegisterTag.sequence(response.etag());
        newest.accumulateAndGet(sequence, Math::max);
        if (response.getStatusCode() != 200
                || !mayBeKept(request)
                || !response.publicCacheControl()
                || response.maxAge() <= 0
                || response.etag() == null
                || (sequence == RegisterTag.UNKNOWN && !isImmutable(response))
                || response.headers().contains("Content-Encoding")
                || response.headers().contains("Set-Cookie")
                || body == null
                || body.length() < 0
                || body.length() > longest) {
            return context.sendResponse();
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer collected = Buffer.buffer((int) body.length());
        body.stream()
                .handler(collected::appendBuffer)
                .exceptionHandler(whole::tryFail)
                .endHandler(end -> whole.tryComplete(collected))
                .resume();
        return whole.future().compose(bytes -> {
            keep(request.uri(), response, bytes, sequence);
            response.setBody(Body.body(bytes));
            return context.sendResponse();
        });
    }

    private static boolean isImmutable(ProxyResponse response) {
        String control = response.headers().get("Cache-Control");
        return control != null && control.contains("immutable");
    }

    private void keep(String uri, ProxyResponse response, Buffer body, long sequence) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        response.headers().forEach(header -> {
            if (!HOP.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
                headers.add(header.getKey(), header.getValue());
            }
        });
        boolean immutable = isImmutable(response);
        long nanos = Math.min(TimeUnit.MILLISECONDS.toNanos(response.maxAge()), immutable ? mostNanos : mostNanosOpen);
        answers.put(
                uri,
                new Kept(
                        headers,
                        response.etag(),
                        body,
                        System.nanoTime(),
                        Duration.ofNanos(nanos),
                        immutable ? Long.MAX_VALUE : sequence));
    }
}
