package vn.dvhc.registry.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says no in words to a body that is announced as too large; Quarkus itself would only close the connection. */
@ApplicationScoped
class BodyLimit {

    /** Before Quarkus' own check. */
    private static final int PRIORITY = 1_000;

    private final long limit;
    private final String problem;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit)
            throws JsonProcessingException {
        this.limit = limit.asLongValue();
        this.problem = JsonMapper.builder()
                .build()
                .writeValueAsString(Problem.of(Problem.Kind.TOO_LARGE, ProblemMapper.detail(Problem.Kind.TOO_LARGE)));
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext exchange) {
        String announced = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced == null || length(announced) <= limit) {
            exchange.next();
            return;
        }
        exchange.response()
                .setStatusCode(Problem.Kind.TOO_LARGE.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, "close")
                .end(problem);
    }

    private static long length(String announced) {
        try {
            return Long.parseLong(announced);
        } catch (NumberFormatException malformed) {
            return Long.MAX_VALUE;
        }
    }
}
