package vn.dvhc.gateway.revocation;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.route.Problem;

/** Sends answers to callers who may have left meanwhile. */
final class Answer {

    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER_SECONDS = "5";

    private Answer() {}

    static void send(HttpServerResponse response, Problem problem) {
        if (isWanted(response)) {
            if (problem.status() == UNAVAILABLE) {
                response.putHeader("Retry-After", RETRY_AFTER_SECONDS);
            }
            problem.send(response);
        }
    }

    static void send(HttpServerResponse response, int status, @Nullable JsonObject body) {
        if (!isWanted(response)) {
            return;
        }
        response.setStatusCode(status).putHeader("Cache-Control", "no-store");
        if (body == null) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json").end(body.toBuffer());
        }
    }

    private static boolean isWanted(HttpServerResponse response) {
        return !response.closed() && !response.ended();
    }
}
