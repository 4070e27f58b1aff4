package vn.dvhc.history.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.HistoryConfig;

/** Refuses bodies that are too large, or of unknown length, before they are read; what is read line by line may be both. */
class BoundedBodies {

    private static final MediaType NDJSON = new MediaType("application", "x-ndjson");
    private static final MediaType CSV = new MediaType("text", "csv");

    private final long most;

    BoundedBodies(HistoryConfig config) {
        this.most = config.maxBodySize().asLongValue();
    }

    @ServerRequestFilter
    @Nullable
    Response refuse(ContainerRequestContext request) {
        String length = request.getHeaderString("Content-Length");
        boolean chunked = request.getHeaderString("Transfer-Encoding") != null;
        if (isStreamed(request) || (!chunked && (length == null || Long.parseLong(length) <= most))) {
            return null;
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

    private static boolean isStreamed(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        return request.getUriInfo().getPath().equals("/v1/convert")
                && type != null
                && (type.isCompatible(NDJSON) || type.isCompatible(CSV));
    }
}
