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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.transaction.AssignmentTransaction;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.unit.UnitId;

/** Which hamlet, street or parcel of a split unit goes to which successor. */
@Path("/v1/locality-assignments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "locality-assignments")
class AssignmentResource {

    private final AssignmentTransaction assigning;
    private final RequestReader reader;
    private final RegistryConfig config;

    AssignmentResource(AssignmentTransaction assigning, RequestReader reader, RegistryConfig config) {
        this.assigning = assigning;
        this.reader = reader;
        this.config = config;
    }

    @GET
    @Authenticated
    @Operation(operationId = "listLocalityAssignments", summary = "What was assigned of a unit")
    public Uni<AssignmentView.Page> list(@RestQuery @Nullable String unit) {
        UnitId id = RequestReader.unitId("unit", unit);
        return assigning
                .of(id)
                .map(found -> new AssignmentView.Page(
                        found.stream().map(AssignmentView::of).toList()));
    }

    @POST
    @RolesAllowed("operator")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "assignLocalities",
            summary = "Assign localities of split units; what is known already is left as it is")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AssignmentBody.class)))
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = AssignmentView.Receipt.class)))
    @APIResponse(
            responseCode = "400",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "Nothing was recorded: it does not fit the decisions of the day; every reason is told",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> assign(byte[] body, SecurityContext caller) {
        String by = caller.getUserPrincipal().getName();
        return OffLoop.compute(() -> reader.read(body, AssignmentBody.class).toAssignments(config.assignmentLimit()))
                .chain(assignments -> assigning
                        .run(assignments.get(0).enactment(), assignments, by)
                        .map(outcome -> answer(outcome, assignments)));
    }

    private static Response answer(AssignmentTransaction.Outcome outcome, List<LocalityAssignment> received) {
        return outcome.objections().isEmpty()
                ? Response.ok(new AssignmentView.Receipt(received.size(), outcome.added(), outcome.unchanged()))
                        .build()
                : Problem.objected(outcome.objections()).toResponse();
    }
}
