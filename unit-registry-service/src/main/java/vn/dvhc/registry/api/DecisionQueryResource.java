package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
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
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.State;
import vn.dvhc.registry.store.DecisionPages;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.unit.Register;

/** Finds decisions. */
@Path("/v1/decisions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "decisions")
class DecisionQueryResource {

    private static final int LONGEST_ACT = 200;

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final DecisionPages pages;
    private final DecisionAnswers answers;
    private final Register register;
    private final Paging paging;

    DecisionQueryResource(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            DecisionPages pages,
            DecisionAnswers answers,
            Register register,
            Paging paging) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.pages = pages;
        this.answers = answers;
        this.register = register;
        this.paging = paging;
    }

    @GET
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(operationId = "listDecisions", summary = "Decisions in the order in which they take effect")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DecisionView.Page.class)))
    @APIResponse(
            responseCode = "400",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<DecisionView.Page> list(
            @Parameter(description = "A state, like scheduled") @RestQuery @Nullable String state,
            @Parameter(description = "The date of effect", example = "2025-07-01") @RestQuery @Nullable String date,
            @Parameter(description = "The number of an act it rests on", example = "1656/NQ-UBTVQH15")
                    @RestQuery
                    @Nullable
                    String act,
            @Parameter(
                            description = "A code that its changes name, or the id of a unit that bore it",
                            example = "00004@2025-07-01")
                    @RestQuery
                    @Nullable
                    String unit,
            @Parameter(description = "The next of the page before") @RestQuery @Nullable String after,
            @Parameter(example = "50") @RestQuery @Nullable String limit) {
        int size = paging.limit(limit);
        DecisionPages.Query query = new DecisionPages.Query(
                state == null ? null : state(state),
                date == null ? null : RequestReader.date("date", date),
                act == null ? null : RequestReader.text("act", act, LONGEST_ACT),
                unit == null ? null : UnitFilters.of(register.current().timeline(), unit),
                after == null ? null : RequestReader.decisionId(after),
                size + 1);
        return sessions.withStatelessSession(session -> pages.list(session, query))
                .map(found -> page(found, size));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(operationId = "getDecision", summary = "One decision with its changes, acts and steps")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DecisionView.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> get(@RestPath String id) {
        DecisionId decision = RequestReader.decisionId(id);
        return sessions.withStatelessSession(session -> decisions
                .find(session, decision)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(DecisionAnswers.unknown().toResponse())
                        : answers.view(session, found.get(), null)
                                .map(view -> Response.ok(view).build())));
    }

    private static DecisionView.Page page(List<DecisionPages.Listed> found, int size) {
        boolean more = found.size() > size;
        List<DecisionView> shown =
                found.stream().limit(size).map(DecisionView::of).toList();
        return new DecisionView.Page(shown, more ? shown.get(size - 1).id() : null);
    }

    private static State state(String label) {
        return State.ofLabel(label)
                .orElseThrow(() -> new MalformedRequestException("«state» phải là một trong: "
                        + Arrays.stream(State.values()).map(State::label).collect(Collectors.joining(", "))
                        + "."));
    }
}
