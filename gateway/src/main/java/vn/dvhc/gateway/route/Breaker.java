package vn.dvhc.gateway.route;

import io.vertx.core.Future;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Spares a service that is not reached, and those who would wait for it: after some failures in a row nobody is sent for a moment,
 * then one is, and if that goes well all are. An answer that broke off does not count: a caller may be able to bring that about.
 */
final class Breaker implements ProxyInterceptor {

    private static final Logger LOG = Logger.getLogger(Breaker.class);

    private final String upstream;
    private final int most;
    private final long restNanos;
    private final LongSupplier nanos;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong openUntil = new AtomicLong();

    /** @param most failures in a row; from then on the service is left alone for {@code rest} at a time */
    Breaker(String upstream, int most, Duration rest, LongSupplier nanos) {
        this.upstream = upstream;
        this.most = most;
        this.restNanos = rest.toNanos();
        this.nanos = nanos;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        if (!mayPass()) {
            return Future.failedFuture(new ConnectException("left alone after " + most + " failures"));
        }
        return context.sendRequest().onComplete(answer -> {
            if (answer.succeeded()) {
                succeeded();
            } else if (isNotReached(answer.cause()) && !RepeatedRead.hasCallerGone(context)) {
                failed();
            }
        });
    }

    private static boolean isNotReached(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof TimeoutException;
    }

    /** Of those who come after the rest one is sent; the others wait for what comes of it. */
    boolean mayPass() {
        if (failures.get() < most) {
            return true;
        }
        long now = nanos.getAsLong();
        long until = openUntil.get();
        return until - now <= 0 && openUntil.compareAndSet(until, now + restNanos);
    }

    void succeeded() {
        if (failures.getAndSet(0) >= most) {
            LOG.infof("Answers again upstream=%s", upstream);
        }
    }

    void failed() {
        if (failures.incrementAndGet() >= most) {
            openUntil.set(nanos.getAsLong() + restNanos);
        }
    }
}
