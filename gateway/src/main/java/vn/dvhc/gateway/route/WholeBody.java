package vn.dvhc.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;

/** Reads a short body whole before the service is called: one that comes slowly holds no connection to it. */
final class WholeBody implements ProxyInterceptor {

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        Body body = context.request().getBody();
        Promise<Buffer> whole = Promise.promise();
        Buffer collected = Buffer.buffer();
        body.stream()
                .handler(collected::appendBuffer)
                .exceptionHandler(whole::tryFail)
                .endHandler(end -> whole.tryComplete(collected))
                .resume();
        return whole.future().compose(bytes -> {
            context.request().setBody(Body.body(bytes));
            return context.sendRequest();
        });
    }
}
