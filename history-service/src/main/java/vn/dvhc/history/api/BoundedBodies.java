package vn.dvhc.history.api;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.HistoryConfig;

/**
 * Refuses bodies that are too large, or of unknown length, before they are read; what is read line by line may be both. Of those
 * that are read whole only a few large ones are held at once.
 */
@ApplicationScoped
class BoundedBodies {

    private static final int LARGE = 64 * 1024;
    private static final int SECONDS_TO_WAIT = 2;

    private static final MediaType NDJSON = new MediaType("application", "x-ndjson");
    private static final MediaType CSV = new MediaType("text", "csv");

    private final long most;
    private final Places large;

    BoundedBodies(HistoryConfig config) {
        this.most = config.maxBodySize().asLongValue();
        this.large = new Places(config.maxLargeBodies());
    }

    @ServerRequestFilter
    @Nullable
    Response refuse(ContainerRequestContext request, RoutingContext context) {
        String length = request.getHeaderString("Content-Length");
        boolean chunked = request.getHeaderString("Transfer-Encoding") != null;
        if (isStreamed(request)) {
            return null;
        }
        if (!chunked && (length == null || Long.parseLong(length) <= most)) {
            return length == null || Long.parseLong(length) <= LARGE || large.take(context) ? null : tooMany();
        }
        Problem problem = chunked
                ? Problem.of(
                        "length-required", "Thiếu độ dài nội dung", 411, "Yêu cầu có nội dung phải nêu Content-Length.")
                : Problem.of(
                        "body-too-large",
                        "Nội dung quá lớn",
                        413,
                        "Nội dung của yêu cầu vượt giới hạn " + most / (1024 * 1024) + " MB.");
        return problem.response().header("Connection", "close").build();
    }

    private static Response tooMany() {
        return Problem.of(
                        "too-many-large-bodies",
                        "Dịch vụ đang bận",
                        503,
                        "Đang có quá nhiều yêu cầu lớn cùng lúc. Vui lòng thử lại sau vài giây.")
                .response()
                .header("Retry-After", SECONDS_TO_WAIT)
                .header("Connection", "close")
                .build();
    }

    private static boolean isStreamed(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        return request.getUriInfo().getPath().equals("/v1/convert")
                && type != null
                && (type.isCompatible(NDJSON) || type.isCompatible(CSV));
    }
}
