package vn.dvhc.registry.api;

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
import java.time.LocalDate;
import java.util.List;
import java.util.function.IntFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.transaction.AssignmentTransaction;
import vn.dvhc.registry.unit.AssignmentTable;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.unit.UnitId;

/** Which hamlet, street or parcel of a split unit goes to which successor. */
@Path("/v1/locality-assignments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "locality-assignments")
class AssignmentResource {

    private static final String EXAMPLE = """
        unit,locality,successor,kind
        00016@2004-08-31,Tổ dân phố 4,00004@2025-07-01,hamlet
        """;

    private final AssignmentTransaction assigning;
    private final RequestReader reader;
    private final RegistryConfig config;

    AssignmentResource(AssignmentTransaction assigning, RequestReader reader, RegistryConfig config) {
        this.assigning = assigning;
        this.reader = reader;
        this.config = config;
    }

    @GET
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(operationId = "listLocalityAssignments", summary = "What was assigned of a unit")
    public Uni<AssignmentView.Page> list(@RestQuery @Nullable String unit) {
        UnitId id = RequestReader.unitId("unit", unit);
        return assigning
                .of(List.of(id))
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
                .chain(assignments -> record(assignments, i -> "assignments[" + i + "]", by));
    }

    @POST
    @RolesAllowed("operator")
    @Consumes(CsvTables.MEDIA_TYPE)
    @Operation(
            operationId = "assignLocalities",
            description =
                    "As text/csv the body is a table in UTF-8, the day stands in the query, and the columns are unit"
                            + " and successor (unit ids), locality and, if wanted, kind (hamlet, street or parcel; hamlet"
                            + " if empty). Every line at fault is told.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = CsvTables.MEDIA_TYPE,
                            schema = @Schema(implementation = String.class),
                            examples = @ExampleObject(name = "table", value = EXAMPLE)))
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
    public Uni<Response> assignByTable(@RestQuery @Nullable String enactment, byte[] body, SecurityContext caller) {
        String by = caller.getUserPrincipal().getName();
        LocalDate day = RequestReader.date("enactment", enactment);
        return OffLoop.compute(() -> read(body, day))
                .chain(table ->
                        record(table.assignments(), i -> "line " + table.lines().get(i), by));
    }

    private AssignmentTable read(byte[] body, LocalDate day) {
        AssignmentTable table = CsvTables.read(body, AssignmentTable.FORM)
                .then(rows -> AssignmentTable.read(rows, day))
                .fold(read -> read, problems -> {
                    throw CsvTables.malformed(problems);
                });
        if (table.assignments().size() > config.assignmentLimit()) {
            throw new MalformedRequestException("Tệp có quá " + config.assignmentLimit() + " dòng.");
        }
        return table;
    }

    private Uni<Response> record(List<LocalityAssignment> assignments, IntFunction<String> place, String by) {
        return assigning
                .run(assignments.get(0).enactment(), assignments, place, by)
                .map(outcome -> answer(outcome, assignments));
    }

    private static Response answer(AssignmentTransaction.Outcome outcome, List<LocalityAssignment> received) {
        return outcome.objections().isEmpty()
                ? Response.ok(new AssignmentView.Receipt(received.size(), outcome.added(), outcome.unchanged()))
                        .build()
                : Problem.objected(outcome.objections()).toResponse();
    }
}
