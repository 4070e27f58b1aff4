package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.LogStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.unit.GroupRecord;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.registry.unit.RegisterState;

/** The days that took effect, and the digest by which others know that they hold the same register. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "enactments")
class EnactmentResource {

    private final Mutiny.SessionFactory sessions;
    private final LogStore log;
    private final DecisionStore decisions;
    private final Register register;
    private final Paging paging;

    EnactmentResource(
            Mutiny.SessionFactory sessions, LogStore log, DecisionStore decisions, Register register, Paging paging) {
        this.sessions = sessions;
        this.log = log;
        this.decisions = decisions;
        this.register = register;
        this.paging = paging;
    }

    @GET
    @Path("/enactments")
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(
            operationId = "listEnactments",
            summary = "The days that took effect and what has mended them since, the latest first")
    public Uni<EnactmentView.Page> list(@RestQuery @Nullable String limit) {
        int size = paging.limit(limit);
        return sessions.withStatelessSession(session -> log.latestEnactments(session, size))
                .map(found -> new EnactmentView.Page(
                        found.stream().map(EnactmentView::of).toList()));
    }

    @GET
    @Path("/enactments/{date}")
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(operationId = "getEnactment", summary = "One day with its decisions and corrections")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = EnactmentView.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> get(@RestPath String date) {
        LocalDate day = RequestReader.date("date", date);
        return sessions.withStatelessSession(session -> log.findDay(session, day)
                .chain(found -> found.map(enacted -> view(session, enacted))
                        .orElseGet(() -> Uni.createFrom().item(EnactmentResource::unknown))));
    }

    private Uni<Response> view(Mutiny.StatelessSession session, GroupRecord day) {
        return decisions
                .idsInForce(session, day.date())
                .chain(ids -> log.corrections(session, day.date())
                        .map(corrections -> Response.ok(EnactmentView.of(day, ids, corrections))
                                .build()));
    }

    @GET
    @Path("/digest")
    @PermitAll
    @Operation(operationId = "getDigest", summary = "The digest of the register as it stands")
    public Uni<EnactmentView.Digest> digest() {
        RegisterState state = register.current();
        return OffLoop.compute(state::digest)
                .map(digest -> new EnactmentView.Digest(
                        state.lastSequence(),
                        state.lastDay().map(LocalDate::toString).orElse(null),
                        digest));
    }

    private static Response unknown() {
        return Problem.of(Problem.Kind.NOT_FOUND, "Không có quyết định nào có hiệu lực vào ngày này.")
                .toResponse();
    }
}
