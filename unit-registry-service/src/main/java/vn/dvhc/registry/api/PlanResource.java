package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.impact.Answer;
import vn.dvhc.registry.impact.DryRun;
import vn.dvhc.registry.impact.PlanSource;
import vn.dvhc.registry.impact.PlannedUnit;
import vn.dvhc.registry.impact.Splits;
import vn.dvhc.registry.plan.HandOverPlan;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.transaction.AssignmentTransaction;
import vn.dvhc.registry.transaction.CaseFile;
import vn.dvhc.registry.transaction.CaseFiles;
import vn.dvhc.registry.transaction.PlanTransaction;
import vn.dvhc.timeline.Enactment;

/** The plan of the hand-over that a decision brings about: made before its approval, kept with it. */
@Path("/v1/decisions/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "decisions")
class PlanResource {

    private final CaseFiles files;
    private final AssignmentTransaction assignments;
    private final PlanSource source;
    private final PlanTransaction plans;
    private final DecisionAnswers answers;
    private final Paging paging;

    PlanResource(
            CaseFiles files,
            AssignmentTransaction assignments,
            PlanSource source,
            PlanTransaction plans,
            DecisionAnswers answers,
            Paging paging) {
        this.files = files;
        this.assignments = assignments;
        this.source = source;
        this.plans = plans;
        this.answers = answers;
        this.paging = paging;
    }

    @POST
    @Path("/plans")
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "makePlan",
            summary =
                    "Count what the connected databases will have to hand over, and keep it to be approved with the decision")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = PlanView.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "409",
            description = "It is approved already, or was changed while the records were counted",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "It is a correction, in force, or contradicts the register",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "sync-service does not answer; nothing was kept",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> make(@RestPath String id, @Context HttpHeaders headers, SecurityContext caller) {
        DecisionId decision = RequestReader.decisionId(id);
        String authorization = Objects.requireNonNullElse(headers.getHeaderString(HttpHeaders.AUTHORIZATION), "");
        String by = caller.getUserPrincipal().getName();
        return files.find(decision).chain(found -> {
            CaseFile file = found.orElse(null);
            if (file == null) {
                return problem(DecisionAnswers.unknown());
            }
            return file.objectionToRehearsal()
                    .map(objection -> problem(Problem.objected(List.of(objection))))
                    .orElseGet(() -> make(decision, file, authorization, by));
        });
    }

    private Uni<Response> make(DecisionId decision, CaseFile file, String authorization, String by) {
        return OffLoop.compute(() -> Draft.of(file)).chain(draft -> {
            Enactment.Enacted day = draft.day().orElse(null);
            if (day == null) {
                return problem(Problem.contradiction(draft.findings()));
            }
            return assignments
                    .of(List.copyOf(Splits.units(file.decision(), day.timeline())))
                    .chain(assigned -> OffLoop.compute(() -> PlannedUnit.of(draft.run(), day, assigned)))
                    .chain(units ->
                            Uni.createFrom().completionStage(() -> source.plan(day.date(), units, authorization)))
                    .chain(answer -> keep(decision, file, answer, by));
        });
    }

    private Uni<Response> keep(DecisionId decision, CaseFile file, Answer<HandOverPlan> answer, String by) {
        if (answer.items().isEmpty()) {
            return problem(Problem.of(
                    Problem.Kind.UNAVAILABLE,
                    "Chưa lập được phương án bàn giao. " + Objects.requireNonNullElse(answer.lacking(), "")));
        }
        HandOverPlan plan = answer.items().get(0);
        return plans.keep(decision, file.version(), plan, by)
                .chain(ruling -> ruling.fold(
                        kept -> show(decision, plan.digest(), 0, paging.limit(null), Response.Status.CREATED),
                        objected -> answers.of(objected, Response.Status.OK),
                        outdated -> answers.of(outdated, Response.Status.OK),
                        outOfTurn -> answers.of(outOfTurn, Response.Status.OK),
                        () -> problem(DecisionAnswers.unknown())));
    }

    @GET
    @Path("/plan")
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(
            operationId = "getPlan",
            summary = "The plan that was approved with the decision; before its approval the latest that was made")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PlanView.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such decision, or no plan of it",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> get(
            @RestPath String id,
            @RestQuery @Nullable String digest,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String limit) {
        return show(RequestReader.decisionId(id), digest, shown(after), paging.limit(limit), Response.Status.OK);
    }

    private Uni<Response> show(
            DecisionId decision, @Nullable String digest, int after, int size, Response.Status status) {
        return plans.find(decision, digest).chain(search -> {
            if (search.isEmpty()) {
                return problem(DecisionAnswers.unknown());
            }
            PlanTransaction.Found found = search.get().found().orElse(null);
            if (found == null) {
                return problem(Problem.of(Problem.Kind.NOT_FOUND, absence(search.get())));
            }
            return OffLoop.compute(() -> Response.status(status)
                    .location(URI.create("/v1/decisions/" + decision + "/plan"))
                    .entity(PlanView.of(decision.value(), found, after, size))
                    .build());
        });
    }

    private static String absence(PlanTransaction.Search search) {
        String digest = search.digest();
        if (digest != null) {
            return "Không lưu phương án bàn giao nào mang mã băm " + digest + " của quyết định này.";
        }
        return search.approved()
                ? "Quyết định này được duyệt mà không kèm phương án bàn giao."
                : "Chưa ai lập phương án bàn giao cho quyết định này; hãy gửi POST …/plans.";
    }

    private static int shown(@Nullable String after) {
        try {
            int shown = after == null ? 0 : Integer.parseInt(after);
            if (shown >= 0) {
                return shown;
            }
        } catch (NumberFormatException malformed) {
            // Told below, in the caller's words.
        }
        throw new MalformedRequestException("«after» phải là «next» của trang trước.");
    }

    private static Uni<Response> problem(Problem problem) {
        return Uni.createFrom().item(problem.toResponse());
    }

    /**
     * A decision run on a copy.
     *
     * @param day empty if the register refuses it
     */
    private record Draft(List<Finding> findings, DryRun run, Optional<Enactment.Enacted> day) {

        static Draft of(CaseFile file) {
            DryRun run = file.dryRun();
            return new Draft(file.findings(), run, run.enacted());
        }
    }
}
