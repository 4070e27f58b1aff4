package vn.dvhc.gateway.route;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** What the head of a request says about its body. */
public final class SentBody {

    private SentBody() {}

    public static boolean isIn(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    /** Whether it is known to have at most so many bytes. */
    static boolean isAtMost(HttpServerRequest request, long most) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && Long.parseLong(length) <= most;
    }
}
