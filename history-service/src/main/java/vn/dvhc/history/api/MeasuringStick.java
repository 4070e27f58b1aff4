package vn.dvhc.history.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import vn.dvhc.history.HistoryConfig;

/** A constant of 300 bytes, the fastest answer this server can give; only there while it is measured. */
@ApplicationScoped
public class MeasuringStick {

    private static final int BEFORE_RESOURCES = -100;
    private static final byte[] CONSTANT =
            ("{\"constant\":\"" + "x".repeat(285) + "\"}").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final CharSequence JSON_TYPE = HttpHeaders.createOptimized("application/json;charset=UTF-8");

    private final HistoryConfig config;

    MeasuringStick(HistoryConfig config) {
        this.config = config;
    }

    void open(@Observes Router router) {
        if (config.measuringStick()) {
            router.route("/v1/units/constant")
                    .order(BEFORE_RESOURCES - 1)
                    .handler(context -> context.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, JSON_TYPE)
                            .end(Buffer.buffer(CONSTANT)));
        }
    }
}
