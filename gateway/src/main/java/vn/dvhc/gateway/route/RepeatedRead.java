package vn.dvhc.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.StreamResetException;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks again if a kept connection was closed or reset before the answer began: callers who go away take connections along that
 * others have just been given. Only reading is repeated.
 */
final class RepeatedRead implements ProxyInterceptor {

    /** Time for the pool to learn which connections are gone. */
    private static final List<Integer> PAUSES_MILLIS = List.of(5, 50);

    private final Vertx vertx;

    RepeatedRead(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        return ask(context, 0);
    }

    private Future<ProxyResponse> ask(ProxyContext context, int repeated) {
        return context.sendRequest().recover(failure -> {
            boolean again = repeated < PAUSES_MILLIS.size()
                    && (failure instanceof HttpClosedException || failure instanceof StreamResetException)
                    && isReading(context)
                    && !hasCallerGone(context);
            if (!again) {
                return Future.failedFuture(failure);
            }
            // The caller's own body, which is empty, has been read by the first try.
            context.request().setBody(Body.body(Buffer.buffer()));
            return vertx.timer(PAUSES_MILLIS.get(repeated), TimeUnit.MILLISECONDS)
                    .compose(paused -> ask(context, repeated + 1));
        });
    }

    static boolean hasCallerGone(ProxyContext context) {
        return context.request().proxiedRequest().response().closed();
    }

    private static boolean isReading(ProxyContext context) {
        HttpMethod method = context.request().getMethod();
        String length = context.request().headers().get("Content-Length");
        return (method == HttpMethod.GET || method == HttpMethod.HEAD) && (length == null || length.equals("0"));
    }
}
