package vn.dvhc.gateway.redirect;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.route.Problem;

/**
 * An answer to who handles patterns and hosts.
 *
 * @param problem null if all is well
 * @param body null if there is none
 * @param location of what was made; null if nothing was
 */
record Reply(
        @Nullable Problem problem,
        int status,
        @Nullable JsonObject body,
        @Nullable String location) {

    static Reply of(Problem problem) {
        return new Reply(problem, problem.status(), null, null);
    }

    static Reply of(int status, @Nullable JsonObject body) {
        return new Reply(null, status, body, null);
    }

    static Reply made(JsonObject body, String location) {
        return new Reply(null, 201, body, location);
    }

    void send(HttpServerResponse response) {
        if (response.closed() || response.ended()) {
            return;
        }
        if (problem != null) {
            if (status == 503) {
                response.putHeader("Retry-After", "5");
            }
            problem.send(response);
            return;
        }
        response.setStatusCode(status).putHeader("Cache-Control", "no-store");
        if (location != null) {
            response.putHeader("Location", location);
        }
        if (body == null) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json").end(body.toBuffer());
        }
    }
}
