package vn.dvhc.registry.api;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.DecisionSummary;
import vn.dvhc.registry.decision.Ruling;
import vn.dvhc.registry.decision.State;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.transaction.ApprovalTransaction;
import vn.dvhc.registry.transaction.DraftTransaction;

/** The life of a decision. */
@Path("/v1/decisions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "decisions")
class DecisionResource {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final DraftTransaction drafting;
    private final ApprovalTransaction approving;
    private final RequestReader reader;
    private final Paging paging;

    DecisionResource(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            DraftTransaction drafting,
            ApprovalTransaction approving,
            RequestReader reader,
            Paging paging) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.drafting = drafting;
        this.approving = approving;
        this.reader = reader;
        this.paging = paging;
    }

    @GET
    @Authenticated
    @Operation(operationId = "listDecisions", summary = "Decisions in the order in which they take effect")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DecisionView.Page.class)))
    @APIResponse(
            responseCode = "400",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<DecisionView.Page> list(
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String date,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String limit) {
        int size = paging.limit(limit);
        DecisionStore.Query query = new DecisionStore.Query(
                state == null ? null : state(state),
                date == null ? null : RequestReader.date("date", date),
                after == null ? null : RequestReader.decisionId(after),
                size + 1);
        return sessions.withStatelessSession(session -> decisions.list(session, query))
                .map(found -> page(found, size));
    }

    @GET
    @Path("/{id}")
    @Authenticated
    @Operation(operationId = "getDecision", summary = "One decision with its changes")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DecisionView.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> get(@RestPath String id) {
        DecisionId decision = RequestReader.decisionId(id);
        return sessions.withStatelessSession(session -> decisions.find(session, decision))
                .map(found -> found.map(recorded ->
                                Response.ok(DecisionView.of(recorded)).build())
                        .orElseGet(DecisionResource::unknown));
    }

    @POST
    @RolesAllowed("decision-drafter")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "draftDecision",
            summary = "Draft a decision of a date to come; the register is asked first")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = DecisionBody.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = DecisionView.class)))
    @APIResponse(
            responseCode = "400",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "It contradicts the register; every reason is told",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> draft(byte[] body, SecurityContext caller) {
        String drafter = caller.getUserPrincipal().getName();
        return OffLoop.compute(() -> reader.read(body, DecisionBody.class).toDecision())
                .chain(decision -> drafting.run(decision, drafter))
                .map(ruling -> answer(ruling, Response.Status.CREATED));
    }

    @POST
    @Path("/{id}/approve")
    @RolesAllowed("decision-approver")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(operationId = "approveDecision", summary = "Approve another person's draft, which schedules it")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ApprovalBody.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DecisionView.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "The version named is no longer the latest",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "It contradicts the register or the rule of two persons; every reason is told",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> approve(@RestPath String id, byte @Nullable [] body, SecurityContext caller) {
        DecisionId decision = RequestReader.decisionId(id);
        Integer seen = body == null || body.length == 0
                ? null
                : reader.read(body, ApprovalBody.class).version();
        return approving
                .run(decision, caller.getUserPrincipal().getName(), seen)
                .map(ruling -> answer(ruling, Response.Status.OK));
    }

    private static Response answer(Ruling ruling, Response.Status accepted) {
        return ruling.fold(
                recorded -> Response.status(accepted)
                        .location(URI.create(
                                "/v1/decisions/" + recorded.decision().id()))
                        .entity(DecisionView.of(recorded))
                        .build(),
                objections -> Problem.objected(objections).toResponse(),
                latest -> Problem.outdated(latest.version()).toResponse(),
                DecisionResource::unknown);
    }

    private static Response unknown() {
        return Problem.of(Problem.Kind.NOT_FOUND, "Không có quyết định nào mang định danh này.")
                .toResponse();
    }

    private static DecisionView.Page page(List<DecisionSummary> found, int size) {
        boolean more = found.size() > size;
        List<DecisionView> shown =
                found.stream().limit(size).map(DecisionView::of).toList();
        return new DecisionView.Page(shown, more ? shown.get(size - 1).id() : null);
    }

    private static State state(String label) {
        return State.ofLabel(label)
                .orElseThrow(
                        () -> new MalformedRequestException("«state» phải là một trong: draft, scheduled, in_force."));
    }
}
