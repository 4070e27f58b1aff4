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
            summary = "What this replica holds",
            description = "Replicas with the same sequence have the same digest.")
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
            @Parameter(description = Questions.KNOWN_AT, schema = @Schema(format = "date-time"))
                    @QueryParam("knownAt")
                    @Nullable
                    String knownAt,
            @Context HttpHeaders headers) {
        Asked asked = questions.ask(headers, knownAt);
        Snapshot snapshot = asked.snapshot();
        Json.DigestJson body = new Json.DigestJson(
                snapshot.sequence(), snapshot.timeline().lastDay().orElse(null), snapshot.digest());
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
