package vn.dvhc.gateway.stream;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.change.Change;
import vn.dvhc.gateway.change.Feed;
import vn.dvhc.gateway.change.Interest;

/**
 * One reader of the log. Nothing is queued for it but what its connection takes: it reads on in the log when there is room, and is
 * cut off if there was none for too long. Everything but {@link #wake} runs on the connection's event loop.
 */
final class ChangeStream {

    private static final Logger LOG = Logger.getLogger(ChangeStream.class);

    /** Changes looked at before others have their turn on the event loop. */
    private static final int TURN = 500;

    private static final int ROOM = 64 * 1024;

    private final Vertx vertx;
    private final Context loop;
    private final RoutingContext exchange;
    private final HttpServerResponse response;
    private final Feed feed;
    private final Interest interest;
    private final GatewayConfig.Streams config;
    private final BooleanSupplier holds;
    private final Consumer<ChangeStream> atEnd;
    private long place;
    private long fullSince;
    private long beat;
    private long expiry;
    private boolean ended;

    ChangeStream(
            RoutingContext exchange,
            Feed feed,
            Interest interest,
            long after,
            GatewayConfig.Streams config,
            BooleanSupplier holds,
            Consumer<ChangeStream> atEnd) {
        this.exchange = exchange;
        this.vertx = exchange.vertx();
        this.loop = vertx.getOrCreateContext();
        this.response = exchange.response();
        this.feed = feed;
        this.interest = interest;
        this.place = after;
        this.config = config;
        this.holds = holds;
        this.atEnd = atEnd;
    }

    /** @param until when the caller's token ends, and the stream with it */
    void start(Instant until) {
        loop.runOnContext(ignored -> begin(until));
    }

    private void begin(Instant until) {
        if (response.closed()) {
            end();
            return;
        }
        response.putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true)
                .setWriteQueueMaxSize(ROOM);
        response.closeHandler(closed -> end());
        response.exceptionHandler(broken -> end());
        response.drainHandler(drained -> pump());
        beat = vertx.setPeriodic(config.heartbeat().toMillis(), id -> beat());
        Duration left = Duration.between(Instant.now(), until);
        expiry = vertx.setTimer(Math.max(1, left.toMillis()), id -> {
            response.end();
            end();
        });
        response.write("retry: 2000\n\n");
        pump();
    }

    /** There may be more in the log. From any thread. */
    void wake() {
        loop.runOnContext(ignored -> pump());
    }

    private void pump() {
        for (int looked = 0; looked < TURN; looked++) {
            if (ended || !response.headWritten()) {
                return;
            }
            if (response.writeQueueFull()) {
                fullSince = fullSince == 0 ? System.nanoTime() : fullSince;
                return;
            }
            fullSince = 0;
            Optional<Change> next = feed.after(place);
            if (next.isEmpty()) {
                return;
            }
            place = next.get().sequence();
            if (interest.concerns(next.get())) {
                response.write(frame(next.get()));
            }
        }
        wake();
    }

    private void beat() {
        if (!holds.getAsBoolean()) {
            response.end();
            end();
        } else if (!response.writeQueueFull()) {
            response.write(":\n\n");
        } else if (fullSince == 0) {
            fullSince = System.nanoTime();
        } else if (System.nanoTime() - fullSince > config.patience().toNanos()) {
            LOG.infof("A stream was cut off, its reader is too slow sequence=%d", place);
            exchange.request().connection().close();
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            vertx.cancelTimer(beat);
            vertx.cancelTimer(expiry);
            atEnd.accept(this);
        }
    }

    private static Buffer frame(Change change) {
        return Buffer.buffer(change.event().length + 32)
                .appendString("id: " + change.sequence() + "\ndata: ", StandardCharsets.US_ASCII.name())
                .appendBytes(change.event())
                .appendString("\n\n", StandardCharsets.US_ASCII.name());
    }
}
