package vn.dvhc.history.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Refuses {@code ?at=}: the framework would read it as absent, and the caller would take today's answer for another day's. */
class NoEmptyParameters {

    @ServerRequestFilter
    @Nullable
    Response refuse(ContainerRequestContext request) {
        return request.getUriInfo().getQueryParameters().entrySet().stream()
                .filter(parameter -> parameter.getValue().stream().anyMatch(String::isEmpty))
                .findFirst()
                .map(parameter -> Problem.badParameter(parameter.getKey(), Texts.empty(parameter.getKey()))
                        .response()
                        .build())
                .orElse(null);
    }
}
