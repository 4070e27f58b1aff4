package vn.dvhc.sync.conflict;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import vn.dvhc.right.Call;
import vn.dvhc.sync.audit.Caller;
import vn.dvhc.sync.mandate.Mandate;
import vn.dvhc.sync.mandate.Mandates;

/** Two versions of a record: seen side by side, and decided. Provinces see those that lie in their databases. */
@Path("/v1/conflicts")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Mandate.OPERATOR, Mandate.OFFICER})
public class ConflictResource {

    private static final int LONGEST_REASON = 1_000;

    private final ConflictInbox inbox;
    private final ConflictDesk desk;
    private final Mandates mandates;
    private final SecurityIdentity identity;

    @Inject
    ConflictResource(ConflictInbox inbox, ConflictDesk desk, Mandates mandates, SecurityIdentity identity) {
        this.inbox = inbox;
        this.desk = desk;
        this.mandates = mandates;
        this.identity = identity;
    }

    /**
     * A decision.
     *
     * @param decision {@code keep} the owner's version, or {@code accept} the other one
     * @param reason required, at most 1,000 characters
     * @param version of the owner's version that was seen; a newer one is then not overwritten unseen
     */
    @Schema(name = "ConflictDecision")
    public record Decided(
            String decision, String reason, @Nullable String version) {}

    /**
     * The owner's record has changed: what it is now, beside the other version.
     *
     * @param conflict as the inbox shows it from now on
     */
    @Schema(name = "ConflictChanged")
    public record Changed(String type, String title, int status, String detail, Conflict.Detail conflict) {}

    /** Latest first; {@code state=all} for decided ones too. */
    @GET
    public ConflictInbox.Page conflicts(
            @QueryParam("state") @DefaultValue("open") String state,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("dataset") @Nullable String dataset,
            @QueryParam("source") @Nullable String source,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("cursor") @Nullable String cursor) {
        boolean all = state.equals("all");
        if (!all && !Conflict.State.knows(state)) {
            throw new BadRequestException("state là open, kept, accepted, undone hoặc all.");
        }
        return inbox.list(new ConflictInbox.Question(
                all ? null : state,
                kind,
                dataset,
                source,
                cursor == null ? null : ConflictInbox.Cursor.parse(cursor),
                mandates.sources(identity, Call.READ_CONFLICTS),
                limit));
    }

    @GET
    @Path("/{id}")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "404", description = "No such conflict")
    public Conflict.Detail conflict(@RestPath String id) throws SQLException {
        return find(id, Call.READ_CONFLICTS);
    }

    /** A conflict of somebody else's databases is as unknown as none; who decides over the owner's record must hold the owner too. */
    private Conflict.Detail find(String id, Call call) throws SQLException {
        Conflict.Place place = place(id);
        Set<String> held = mandates.sources(identity, call);
        return inbox.find(place)
                .filter(found -> held == null
                        || held.contains(place.database())
                                && (call == Call.READ_CONFLICTS
                                        || found.conflict().owner() == null
                                        || held.contains(found.conflict().owner())))
                .orElseThrow(() -> unknown(id));
    }

    /** Ends a conflict; what is accepted is written to the owner's record and flows from there. */
    @POST
    @Path("/{id}/decision")
    @APIResponse(
            responseCode = "200",
            description = "Decided",
            content = @Content(schema = @Schema(implementation = Conflict.Detail.class)))
    @APIResponse(responseCode = "404", description = "No such conflict")
    @APIResponse(
            responseCode = "409",
            description = "Decided already, or the owner's record has changed since: then with what it is now",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Changed.class)))
    @APIResponse(responseCode = "422", description = "The other version can't be written, with the reason")
    public Response decide(
            @RestPath String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Decided.class)))
                    @Nullable
                    JsonNode body,
            @Context SecurityContext caller)
            throws SQLException {
        find(id, Call.DECIDE_CONFLICT);
        ConflictDesk.Answer answer = desk.decide(place(id), decision(body, caller));
        String why = String.valueOf(answer.why());
        return switch (answer.outcome()) {
            case DONE -> Response.ok(conflict(id)).build();
            case UNKNOWN -> throw unknown(id);
            case CLOSED -> throw new ClientErrorException(why, Response.Status.CONFLICT);
            case REFUSED -> throw new ClientErrorException(why, 422);
            case CHANGED ->
                Response.status(Response.Status.CONFLICT)
                        .type("application/problem+json")
                        .entity(new Changed("/problems/owner-changed", "Trái với hiện trạng", 409, why, conflict(id)))
                        .build();
        };
    }

    private static ConflictDesk.Decision decision(@Nullable JsonNode body, SecurityContext caller) {
        JsonNode decision = body == null ? null : body.get("decision");
        String reason = body == null ? "" : body.path("reason").asText().strip();
        if (body == null
                || decision == null
                || !(decision.asText().equals("keep") || decision.asText().equals("accept"))) {
            throw new BadRequestException(
                    "decision phải là keep (giữ bản của nơi làm chủ) hoặc accept (nhận bản kia).");
        }
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new BadRequestException("Cần reason: lý do quyết định, không quá " + LONGEST_REASON + " ký tự.");
        }
        return new ConflictDesk.Decision(
                decision.asText().equals("accept"),
                reason,
                body.hasNonNull("version") ? body.path("version").asText() : null,
                Caller.of(caller));
    }

    private static Conflict.Place place(String id) {
        return Conflict.Place.parse(id).orElseThrow(() -> unknown(id));
    }

    private static NotFoundException unknown(String id) {
        return new NotFoundException("Không có xung đột " + id + ".");
    }
}
