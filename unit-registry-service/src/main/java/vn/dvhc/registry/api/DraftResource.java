package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.transaction.DraftTransaction;

/** Writes decisions down. */
@Path("/v1/decisions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "decisions")
class DraftResource {

    private static final String REFORM = """
            {"title":"Sáp nhập xã Thạch Đà vào xã Quang Minh","effectiveDate":"2027-01-01",
             "acts":[{"number":"12/NQ-HĐND","issuer":"Hội đồng nhân dân thành phố Hà Nội","signedOn":"2026-10-05"}],
             "changes":[
               {"operation":"abolish","code":"08980","legalBasis":["12/NQ-HĐND"],"clause":"Điều 1"},
               {"operation":"succeed","code":"08980","to":"08995","extent":"full","legalBasis":["12/NQ-HĐND"]}]}
            """;

    private static final String CORRECTION = """
            {"title":"Đính chính tên phường","effectiveDate":"2025-07-01","kind":"correction",
             "changes":[{"operation":"rename","code":"00004","name":"Ba Đình","legalBasis":["1656/NQ-UBTVQH15"]}],
             "retracts":[{"sequence":51234}]}
            """;

    private final DraftTransaction drafting;
    private final DecisionAnswers answers;
    private final RequestReader reader;

    DraftResource(DraftTransaction drafting, DecisionAnswers answers, RequestReader reader) {
        this.drafting = drafting;
        this.answers = answers;
        this.reader = reader;
    }

    @POST
    @RolesAllowed("decision-drafter")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "draftDecision",
            summary = "Draft a decision; the answer tells what the register finds in it, and it is kept all the same")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = DecisionBody.class),
                            examples = {
                                @ExampleObject(name = "reform", value = REFORM),
                                @ExampleObject(name = "correction", value = CORRECTION)
                            }))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = DecisionView.class)))
    @APIResponse(
            responseCode = "400",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> draft(byte[] body, SecurityContext caller) {
        String drafter = caller.getUserPrincipal().getName();
        DecisionId id = new DecisionId("decision-" + UUID.randomUUID());
        return OffLoop.compute(() -> {
                    DecisionBody draft = reader.read(body, DecisionBody.class);
                    if (draft.version() != null) {
                        throw new MalformedRequestException("«version» chỉ dùng khi sửa quyết định đã có.");
                    }
                    return draft.toDossier(id);
                })
                .chain(dossier -> drafting.draft(dossier, drafter))
                .chain(ruling -> answers.of(ruling, Response.Status.CREATED));
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed("decision-drafter")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "reviseDecision",
            summary = "Write a draft or a rejected decision anew, whole; it is a draft afterwards")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = DecisionBody.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DecisionView.class)))
    @APIResponse(
            responseCode = "400",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "The version named is no longer the latest, or the step does not follow the state",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> revise(@RestPath String id, byte[] body, SecurityContext caller) {
        DecisionId decision = RequestReader.decisionId(id);
        String drafter = caller.getUserPrincipal().getName();
        return OffLoop.compute(() -> {
                    DecisionBody draft = reader.read(body, DecisionBody.class);
                    return new Revision(draft.toDossier(decision), StepBody.seen(draft.version()));
                })
                .chain(revision -> drafting.revise(revision.dossier(), revision.seen(), drafter))
                .chain(ruling -> answers.of(ruling, Response.Status.OK));
    }

    private record Revision(Dossier dossier, int seen) {}
}
