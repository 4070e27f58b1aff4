package vn.dvhc.gateway.limit;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.dvhc.gateway.Door;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.route.Problem;
import vn.dvhc.gateway.route.RouteTable;
import vn.dvhc.gateway.route.SentBody;

/**
 * Ends requests whose body does not come in time: a few bytes now and then would hold a connection here, or a place in the service
 * behind, for ever. Streams take as long as they go on, but each such time has to bring something, and of one caller there are few
 * at once.
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

    private static final Problem TOO_MANY = new Problem(
            "too-many-streams",
            "Quá nhiều luồng cùng lúc",
            429,
            "Từ địa chỉ này đang có đủ số luồng chuyển đổi cho phép. Vui lòng đợi một luồng kết thúc rồi thử lại.");

    private final Vertx vertx;
    private final long mostMillis;
    private final long leastOfStream;
    private final int mostOfCaller;
    private final boolean sparesThisMachine;
    private final AddressPrefix prefix;
    private final Map<String, Integer> streams = new ConcurrentHashMap<>();
    private final RouteTable table;

    SlowBodies(Vertx vertx, GatewayConfig config) {
        this.vertx = vertx;
        this.mostMillis = config.bodyTimeout().toMillis();
        this.leastOfStream = config.leastOfStream().asLongValue();
        this.mostOfCaller = config.mostStreamsOfCaller();
        this.sparesThisMachine =
                config.environment().equals("local") && !config.limits().thisMachine();
        this.prefix = new AddressPrefix(
                config.limits().anonymous().bits4(), config.limits().anonymous().bits6());
        this.table = new RouteTable(Door.routes(config), config.upstreams().keySet());
    }

    void guard(@Observes Filters filters) {
        filters.register(this::watch, BEFORE_THE_DOOR);
    }

    private void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!SentBody.isIn(request)) {
            context.next();
        } else if (isStream(request)) {
            watchStream(context, request);
        } else {
            long timer = vertx.setTimer(mostMillis, late -> end(request));
            context.addEndHandler(done -> vertx.cancelTimer(timer));
            context.next();
        }
    }

    private void watchStream(RoutingContext context, HttpServerRequest request) {
        SocketAddress from = request.remoteAddress();
        String address = from == null ? null : from.hostAddress();
        if (address == null || (sparesThisMachine && AddressPrefix.isThisMachine(address))) {
            watchFlow(context, request);
            return;
        }
        String caller = prefix.of(address);
        if (streams.merge(caller, 1, Integer::sum) > mostOfCaller) {
            ended(caller);
            context.response().putHeader("Retry-After", "5").putHeader("Connection", "close");
            TOO_MANY.send(context.response());
            request.resume();
            return;
        }
        context.addEndHandler(done -> ended(caller));
        watchFlow(context, request);
    }

    private void watchFlow(RoutingContext context, HttpServerRequest request) {
        long timer = vertx.setPeriodic(mostMillis, new Flow(request));
        context.addEndHandler(done -> vertx.cancelTimer(timer));
        context.next();
    }

    private void ended(String caller) {
        streams.computeIfPresent(caller, (who, open) -> open == 1 ? null : open - 1);
    }

    private boolean isStream(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return table.find(request.path())
                .filter(route -> route.takesStream(type))
                .isPresent();
    }

    /** Looks from time to time whether a stream goes on. */
    private final class Flow implements Handler<Long> {

        private final HttpServerRequest request;
        private long seen;

        Flow(HttpServerRequest request) {
            this.request = request;
        }

        @Override
        public void handle(Long timer) {
            long now = request.bytesRead();
            if (now - seen < leastOfStream) {
                end(request);
            }
            seen = now;
        }
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
