package vn.dvhc.gateway.limit;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.route.Problem;
import vn.dvhc.gateway.route.SentBody;

/**
 * Ends long answers that are read too slowly: as long as one is read, it holds a connection to the service that gives it. Only the time
 * counts in which the answer waits for its reader, and not the time in which the reader waits for the service. Of one caller few answers
 * may wait at once, so that no one holds all connections.
 */
@ApplicationScoped
public class SlowReaders {

    private static final Logger LOG = Logger.getLogger(SlowReaders.class);

    /** What a connection takes before it waits: a shorter answer never holds up the service. */
    private static final long TAKEN_AT_ONCE = 64 * 1024;

    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final Problem TOO_MANY = new Problem(
            "too-many-slow-answers",
            "Quá nhiều câu trả lời chưa được nhận hết",
            429,
            "Từ địa chỉ này đang có quá nhiều câu trả lời dài được nhận quá chậm. Hãy nhận xong hoặc đóng bớt rồi thử lại.");

    private final long leastOfSecond;
    private final long patienceSeconds;
    private final int mostWaiting;
    private final boolean sparesThisMachine;
    private final AddressPrefix prefix;

    /** Answers that wait for their readers, by caller. */
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    SlowReaders(GatewayConfig config) {
        this.leastOfSecond = config.leastOfAnswer().asLongValue();
        this.patienceSeconds = config.answerPatience().toSeconds();
        this.mostWaiting = config.mostWaitingAnswersOfCaller();
        this.sparesThisMachine =
                config.environment().equals("local") && !config.limits().thisMachine();
        this.prefix = new AddressPrefix(
                config.limits().anonymous().bits4(), config.limits().anonymous().bits6());
    }

    /**
     * Looks after the reader of an answer that is to be passed on; or refuses the request, if as many answers wait for the caller as may.
     *
     * @return whether the request may be passed on
     */
    public boolean watch(RoutingContext context) {
        // Nearly always nobody waits: then nobody is asked where they come from.
        if (!waiting.isEmpty() && hasTooMany(caller(context))) {
            context.response().putHeader("Retry-After", "5");
            if (SentBody.isIn(context.request())) {
                context.response().putHeader("Connection", "close");
            }
            TOO_MANY.send(context.response());
            context.request().resume();
            return false;
        }
        context.addHeadersEndHandler(head -> {
            if (isLong(context.response())) {
                watchLong(context);
            }
        });
        return true;
    }

    private void watchLong(RoutingContext context) {
        Optional<String> caller = caller(context);
        Reader reader = new Reader(context, caller);
        if (hasTooMany(caller)) {
            reader.end("its caller lets too many wait");
            return;
        }
        Vertx vertx = context.vertx();
        long timer = vertx.setPeriodic(LOOK.toMillis(), reader);
        context.addEndHandler(done -> {
            vertx.cancelTimer(timer);
            reader.setWaiting(false);
        });
    }

    /** Empty for who may let as many wait as they like. */
    private Optional<String> caller(RoutingContext context) {
        SocketAddress from = context.request().remoteAddress();
        String address = from == null ? null : from.hostAddress();
        return address == null || (sparesThisMachine && AddressPrefix.isThisMachine(address))
                ? Optional.empty()
                : Optional.of(prefix.of(address));
    }

    private boolean hasTooMany(Optional<String> caller) {
        return caller.isPresent() && waiting.getOrDefault(caller.get(), 0) >= mostWaiting;
    }

    private static boolean isLong(HttpServerResponse response) {
        String length = response.headers().get(HttpHeaders.CONTENT_LENGTH);
        return length == null ? response.isChunked() : isMore(length);
    }

    private static boolean isMore(String length) {
        try {
            return Long.parseLong(length) > TAKEN_AT_ONCE;
        } catch (NumberFormatException unreadable) {
            return true;
        }
    }

    /** How long the reader may be waited for, when it has taken so much. */
    private long allowedSeconds(long taken) {
        return patienceSeconds + taken / leastOfSecond;
    }

    /** Looks once a second whether the answer waits. */
    private final class Reader implements Handler<Long> {

        private final RoutingContext context;
        private final Optional<String> caller;
        private long waitedSeconds;
        private boolean isWaiting;

        Reader(RoutingContext context, Optional<String> caller) {
            this.context = context;
            this.caller = caller;
        }

        @Override
        public void handle(Long timer) {
            HttpServerResponse response = context.response();
            boolean waits = response.writeQueueFull();
            if (waits && !isWaiting && hasTooMany(caller)) {
                context.vertx().cancelTimer(timer);
                end("its caller lets too many wait");
                return;
            }
            setWaiting(waits);
            if (waits && ++waitedSeconds > allowedSeconds(response.bytesWritten())) {
                context.vertx().cancelTimer(timer);
                end("its reader is too slow");
            }
        }

        void setWaiting(boolean waits) {
            if (waits != isWaiting) {
                isWaiting = waits;
                caller.ifPresent(one -> waiting.merge(one, waits ? 1 : -1, (count, more) -> {
                    int sum = count + more;
                    return sum == 0 ? null : sum;
                }));
            }
        }

        void end(String cause) {
            LOG.infof(
                    "An answer was ended, %s bytes=%d seconds=%d",
                    cause, context.response().bytesWritten(), waitedSeconds);
            context.request().connection().close();
        }
    }
}
