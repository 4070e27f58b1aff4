package vn.dvhc.gateway.limit;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;
import vn.dvhc.gateway.GatewayConfig;

/**
 * Ends long answers that are read too slowly: as long as one is read, it holds a connection to the service that gives it. Only the time
 * counts in which the answer waits for its reader, and not the time in which the reader waits for the service.
 */
@ApplicationScoped
public class SlowReaders {

    private static final Logger LOG = Logger.getLogger(SlowReaders.class);

    /** What a connection takes before it waits: a shorter answer never holds up the service. */
    private static final long TAKEN_AT_ONCE = 64 * 1024;

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final long leastOfSecond;
    private final long patienceSeconds;

    SlowReaders(GatewayConfig config) {
        this.leastOfSecond = config.leastOfAnswer().asLongValue();
        this.patienceSeconds = config.answerPatience().toSeconds();
    }

    /** Looks after the reader of an answer that is passed on. */
    public void watch(RoutingContext context) {
        context.addHeadersEndHandler(head -> {
            if (isLong(context.response())) {
                Reader reader = new Reader(context);
                Vertx vertx = context.vertx();
                long timer = vertx.setPeriodic(LOOK.toMillis(), reader);
                context.addEndHandler(done -> vertx.cancelTimer(timer));
            }
        });
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
        private long waitedSeconds;

        Reader(RoutingContext context) {
            this.context = context;
        }

        @Override
        public void handle(Long timer) {
            HttpServerResponse response = context.response();
            if (!response.writeQueueFull()) {
                return;
            }
            waitedSeconds++;
            if (waitedSeconds > allowedSeconds(response.bytesWritten())) {
                context.vertx().cancelTimer(timer);
                LOG.infof(
                        "An answer was ended, its reader is too slow bytes=%d seconds=%d",
                        response.bytesWritten(), waitedSeconds);
                context.request().connection().close();
            }
        }
    }
}
