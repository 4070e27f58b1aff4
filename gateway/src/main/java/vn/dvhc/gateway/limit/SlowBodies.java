package vn.dvhc.gateway.limit;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashSet;
import java.util.Set;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.route.Problem;

/**
 * Ends requests whose body does not come in time: a few bytes now and then would hold a connection here and one behind for ever.
 * Streams take as long as they go on; the idle time-out ends those that stand still.
 */
@ApplicationScoped
class SlowBodies {

    /** After the limits, before the door. */
    private static final int BEFORE_THE_DOOR = 10_001;

    private static final Problem TOO_SLOW = new Problem(
            "body-too-slow",
            "Nội dung đến quá chậm",
            408,
            "Nội dung của yêu cầu không đến đủ trong thời gian cho phép.");

    private final Vertx vertx;
    private final long mostMillis;
    private final Set<String> streams = new HashSet<>();

    SlowBodies(Vertx vertx, GatewayConfig config) {
        this.vertx = vertx;
        this.mostMillis = config.bodyTimeout().toMillis();
        config.routes().values().stream()
                .filter(GatewayConfig.Route::streams)
                .map(GatewayConfig.Route::path)
                .forEach(streams::add);
    }

    void guard(@Observes Filters filters) {
        filters.register(this::watch, BEFORE_THE_DOOR);
    }

    private void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && !length.equals("0") && !streams.contains(request.path())) {
            long timer = vertx.setTimer(mostMillis, late -> end(request));
            context.addEndHandler(done -> vertx.cancelTimer(timer));
        }
        context.next();
    }

    private static void end(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (request.isEnded() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            request.connection().close();
        } else {
            response.putHeader("Connection", "close");
            TOO_SLOW.send(response).onComplete(sent -> request.connection().close());
        }
    }
}
