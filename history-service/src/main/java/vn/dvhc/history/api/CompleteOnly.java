package vn.dvhc.history.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.timeline.TimelineFeed;

/** Refuses questions while the log is still being read: an answer then would be that of an earlier year. */
class CompleteOnly {

    private static final int SECONDS_TO_WAIT = 2;

    private final TimelineFeed feed;

    CompleteOnly(TimelineFeed feed) {
        this.feed = feed;
    }

    @ServerRequestFilter
    @Nullable
    Response refuse(ContainerRequestContext request) {
        if (feed.isComplete() || request.getUriInfo().getPath().endsWith("/digest")) {
            return null;
        }
        return Problem.of(
                        "catching-up",
                        "Dịch vụ đang khởi động",
                        503,
                        "Dịch vụ tra cứu đang nạp lịch sử đơn vị hành chính. Vui lòng thử lại sau vài giây.")
                .response()
                .header(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT)
                .build();
    }
}
