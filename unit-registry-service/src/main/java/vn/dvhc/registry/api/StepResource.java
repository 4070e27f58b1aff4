package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponses;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.transaction.ApprovalTransaction;
import vn.dvhc.registry.transaction.RejectionTransaction;
import vn.dvhc.registry.transaction.Ruling;
import vn.dvhc.registry.transaction.ScheduleTransaction;
import vn.dvhc.registry.transaction.SubmissionTransaction;
import vn.dvhc.registry.transaction.WithdrawalTransaction;

/** The steps in the life of a decision after it was written. */
@Path("/v1/decisions/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "decisions")
@APIResponses({
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DecisionView.class))),
    @APIResponse(
            responseCode = "400",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class))),
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class))),
    @APIResponse(
            responseCode = "409",
            description = "The version named is no longer the latest, or the step does not follow the state",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class))),
    @APIResponse(
            responseCode = "422",
            description = "It contradicts the register or the rule of two persons; every reason is told",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
})
class StepResource {

    private static final String DRAFTER = "decision-drafter";
    private static final String APPROVER = "decision-approver";

    private final SubmissionTransaction submitting;
    private final ApprovalTransaction approving;
    private final ScheduleTransaction scheduling;
    private final RejectionTransaction rejecting;
    private final WithdrawalTransaction withdrawing;
    private final DecisionAnswers answers;
    private final RequestReader reader;

    StepResource(
            SubmissionTransaction submitting,
            ApprovalTransaction approving,
            ScheduleTransaction scheduling,
            RejectionTransaction rejecting,
            WithdrawalTransaction withdrawing,
            DecisionAnswers answers,
            RequestReader reader) {
        this.submitting = submitting;
        this.approving = approving;
        this.scheduling = scheduling;
        this.rejecting = rejecting;
        this.withdrawing = withdrawing;
        this.answers = answers;
        this.reader = reader;
    }

    @POST
    @Path("/submission")
    @RolesAllowed(DRAFTER)
    @Operation(operationId = "submitDecision", summary = "Hand a draft in for approval, if nothing stands against it")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = StepBody.class)))
    public Uni<Response> submit(@RestPath String id, byte[] body, SecurityContext caller) {
        DecisionId decision = RequestReader.decisionId(id);
        StepBody step = reader.read(body, StepBody.class);
        return answer(submitting.run(decision, step.seen(), name(caller), step.checkedReason()));
    }

    @POST
    @Path("/approval")
    @RolesAllowed(APPROVER)
    @Operation(
            operationId = "approveDecision",
            summary =
                    "Approve what another person submitted, which as a rule schedules it; a correction takes effect at once")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ApprovalBody.class)))
    public Uni<Response> approve(@RestPath String id, byte[] body, SecurityContext caller) {
        DecisionId decision = RequestReader.decisionId(id);
        ApprovalBody approval = reader.read(body, ApprovalBody.class);
        return answer(approving.run(decision, approval.toApproval(name(caller))));
    }

    @POST
    @Path("/schedule")
    @RolesAllowed(APPROVER)
    @Operation(operationId = "scheduleDecision", summary = "Let an approved decision take effect on its day")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = StepBody.class)))
    public Uni<Response> schedule(@RestPath String id, byte[] body, SecurityContext caller) {
        DecisionId decision = RequestReader.decisionId(id);
        StepBody step = reader.read(body, StepBody.class);
        return answer(scheduling.run(decision, step.seen(), name(caller), step.checkedReason()));
    }

    @POST
    @Path("/rejection")
    @RolesAllowed(APPROVER)
    @Operation(operationId = "rejectDecision", summary = "Send a submitted decision back, with a reason")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = StepBody.class)))
    public Uni<Response> reject(@RestPath String id, byte[] body, SecurityContext caller) {
        DecisionId decision = RequestReader.decisionId(id);
        StepBody step = reader.read(body, StepBody.class);
        return answer(rejecting.run(decision, step.seen(), name(caller), step.requiredReason()));
    }

    @POST
    @Path("/withdrawal")
    @RolesAllowed({DRAFTER, APPROVER})
    @Operation(
            operationId = "withdrawDecision",
            summary = "Call a decision off: one's own, or as an approver one that is approved or scheduled")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = StepBody.class)))
    public Uni<Response> withdraw(@RestPath String id, byte[] body, SecurityContext caller) {
        DecisionId decision = RequestReader.decisionId(id);
        StepBody step = reader.read(body, StepBody.class);
        return answer(withdrawing.run(
                decision,
                new WithdrawalTransaction.Withdrawal(
                        name(caller), step.seen(), caller.isUserInRole(APPROVER), step.checkedReason())));
    }

    private Uni<Response> answer(Uni<Ruling> ruling) {
        return ruling.chain(outcome -> answers.of(outcome, Response.Status.OK));
    }

    private static String name(SecurityContext caller) {
        return caller.getUserPrincipal().getName();
    }
}
