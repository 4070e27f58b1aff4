package vn.dvhc.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Tells the caller in plain words when the service behind does not answer: 503 if it was not reached, 502 if it broke off. */
final class UnavailableUpstream implements ProxyInterceptor {

    private static final Logger LOG = Logger.getLogger(UnavailableUpstream.class);

    private final String upstream;
    private final String retryAfter;

    UnavailableUpstream(String upstream, Duration retryAfter) {
        this.upstream = upstream;
        this.retryAfter = Long.toString(retryAfter.toSeconds());
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        return context.sendRequest().recover(failure -> {
            if (RepeatedRead.hasCallerGone(context)) {
                return Future.failedFuture(failure);
            }
            LOG.warnf("No answer from upstream=%s cause=%s", upstream, failure.toString());
            Problem problem = problem(failure);
            ProxyResponse response = context.request().release().response();
            response.headers().clear();
            return Future.succeededFuture(response.setStatusCode(problem.status())
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Retry-After", retryAfter)
                    .setBody(Body.body(problem.json())));
        });
    }

    private static Problem problem(Throwable failure) {
        boolean brokeOff = failure instanceof HttpClosedException
                || failure instanceof StreamResetException
                || (failure instanceof java.util.concurrent.TimeoutException && !isConnecting(failure));
        return brokeOff ? Problem.UPSTREAM_FAILED : Problem.UPSTREAM_UNAVAILABLE;
    }

    private static boolean isConnecting(Throwable failure) {
        return failure instanceof ConnectException || failure instanceof UnknownHostException;
    }
}
