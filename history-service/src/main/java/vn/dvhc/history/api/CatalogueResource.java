package vn.dvhc.history.api;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.replicate.State;
import vn.dvhc.history.timeline.Snapshot;

/** Answers about the catalogue as a whole. They walk over all units, so they run on a worker thread. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class CatalogueResource {

    private static final String PROBLEM = "application/problem+json";

    private final Questions questions;

    CatalogueResource(Questions questions) {
        this.questions = questions;
    }

    @GET
    @Path("digest")
    @Operation(
            operationId = "getDigest",
            summary = "What this replica holds, or what is in force on a date",
            description =
                    "Without a date: over every state and edge ever known. With a date: SHA-256 over one line a unit in"
                            + " force, in the order of the bytes of the unit ids: unit id, code, type, name and unit id of the parent"
                            + " (empty for a province), a tab between and a line feed after, in UTF-8. Replicas with the same sequence"
                            + " have the same digest.")
    @APIResponse(
            responseCode = "200",
            description = "Sequence, date of the last enactment and digest",
            content = @Content(schema = @Schema(implementation = Json.DigestJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "Malformed parameter",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "Nothing was recorded by the moment",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Response digest(
            @Parameter(description = "ISO date of the units to digest", schema = @Schema(format = "date"))
                    @QueryParam("at")
                    @Nullable
                    String at,
            @Parameter(description = Questions.KNOWN_AT, schema = @Schema(format = "date-time"))
                    @QueryParam("knownAt")
                    @Nullable
                    String knownAt,
            @Context HttpHeaders headers) {
        LocalDate date = Parameters.optionalDate("at", at);
        Asked asked = questions.ask(headers, knownAt);
        Snapshot snapshot = asked.snapshot();
        LocalDate lastDay = snapshot.timeline().lastDay().orElse(null);
        if (date != null) {
            Parameters.notBefore("at", date, snapshot.firstDay());
            State state = State.of(snapshot, date);
            Json.DigestJson body = new Json.DigestJson(
                    state.sequence(),
                    lastDay,
                    state.digest(),
                    date,
                    state.units().size());
            return asked.answers().ok(body, date, false);
        }
        Json.DigestJson body = new Json.DigestJson(snapshot.sequence(), lastDay, snapshot.digest(), null, null);
        return asked.knownAt() == null
                ? Response.ok(body).header("Cache-Control", "no-cache").build()
                : asked.answers().ok(body, null, false);
    }

    @GET
    @Path("counts")
    @Operation(operationId = "getCounts", summary = "How many units of each level are in force on a date")
    @APIResponse(
            responseCode = "200",
            description = "The counts",
            content = @Content(schema = @Schema(implementation = Json.CountsJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "Malformed parameter",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "Nothing was recorded by the moment",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Response counts(
            @Parameter(description = "ISO date; today if absent", schema = @Schema(format = "date"))
                    @QueryParam("at")
                    @Nullable
                    String at,
            @Parameter(description = Questions.KNOWN_AT, schema = @Schema(format = "date-time"))
                    @QueryParam("knownAt")
                    @Nullable
                    String knownAt,
            @Context HttpHeaders headers) {
        LocalDate date = Parameters.optionalDate("at", at);
        Asked asked = questions.ask(headers, knownAt);
        LocalDate read = date == null ? asked.today() : date;
        Json.CountsJson body = Json.CountsJson.of(read, asked.queries().counts(read));
        return asked.answers().ok(body, date, false);
    }
}
