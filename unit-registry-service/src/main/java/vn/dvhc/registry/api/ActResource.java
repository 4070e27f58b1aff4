package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.act.Act;
import vn.dvhc.registry.act.ActId;
import vn.dvhc.registry.store.ActStore;

/** Registered legal acts. */
@Path("/v1/acts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "acts")
class ActResource {

    private static final int LONGEST = 200;

    private final Mutiny.SessionFactory sessions;
    private final ActStore acts;
    private final Paging paging;

    ActResource(Mutiny.SessionFactory sessions, ActStore acts, Paging paging) {
        this.sessions = sessions;
        this.acts = acts;
        this.paging = paging;
    }

    @GET
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(operationId = "listActs", summary = "Registered acts by number; a number may be that of several")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ActView.Page.class)))
    @APIResponse(
            responseCode = "400",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<ActView.Page> list(
            @Parameter(example = "1656/NQ-UBTVQH15") @RestQuery @Nullable String number,
            @Parameter(example = "Ủy ban Thường vụ Quốc hội") @RestQuery @Nullable String issuer,
            @Parameter(description = "The year of signing", example = "2025") @RestQuery @Nullable String year,
            @Parameter(description = "The next of the page before") @RestQuery @Nullable String after,
            @Parameter(example = "50") @RestQuery @Nullable String limit) {
        int size = paging.limit(limit);
        ActStore.Query query = new ActStore.Query(
                number == null ? null : RequestReader.text("number", number, LONGEST),
                issuer == null ? null : RequestReader.text("issuer", issuer, LONGEST),
                year == null ? null : RequestReader.year("year", year),
                after == null ? null : RequestReader.actId(after),
                size + 1);
        return sessions.withStatelessSession(session -> acts.list(session, query))
                .map(found -> page(found, size));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(operationId = "getAct", summary = "One registered act")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ActView.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> get(@RestPath String id) {
        ActId act = RequestReader.actId(id);
        return sessions.withStatelessSession(session -> acts.find(session, act))
                .map(found -> found.map(known -> Response.ok(ActView.of(known)).build())
                        .orElseGet(() -> Problem.of(Problem.Kind.NOT_FOUND, "Không có văn bản nào mang định danh này.")
                                .toResponse()));
    }

    private static ActView.Page page(List<Act> found, int size) {
        List<ActView> shown = found.stream().limit(size).map(ActView::of).toList();
        return new ActView.Page(
                shown, found.size() > size ? found.get(size - 1).id().value() : null);
    }
}
