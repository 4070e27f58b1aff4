package vn.dvhc.history.api;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.HistoryConfig;
import vn.dvhc.history.query.Ancestry;
import vn.dvhc.history.query.CodeLife;
import vn.dvhc.history.query.LookUp;
import vn.dvhc.unit.UnitCode;

/** Where a unit came from and what became of it. */
@Path("/v1/units")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class LineageResource {

    private static final String PROBLEM = "application/problem+json";
    private static final String CODE = "2, 3 or 5 digits, with leading zeros";
    private static final String AT = "ISO date as of which the code is read; today if absent";
    private static final List<Format> DRAWINGS = List.of(Format.JSON, Format.DOT, Format.MERMAID);

    private final Questions questions;
    private final HistoryConfig config;

    LineageResource(Questions questions, HistoryConfig config) {
        this.questions = questions;
        this.config = config;
    }

    @GET
    @Path("{code}/timeline")
    @Operation(operationId = "getCodeTimeline", summary = "Every unit that ever bore a code, with acts")
    @APIResponse(
            responseCode = "200",
            description = "The units in order of time",
            content = @Content(schema = @Schema(implementation = Json.CodeTimelineJson.class)))
    @APIResponse(
            responseCode = "404",
            description = "Nobody ever bore the code, or nothing was recorded by the moment",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> timeline(
            @Parameter(description = CODE) @PathParam("code") String code,
            @Parameter(description = Questions.KNOWN_AT, schema = @Schema(format = "date-time"))
                    @QueryParam("knownAt")
                    @Nullable
                    String knownAt,
            @Context HttpHeaders headers) {
        UnitCode unitCode = Parameters.code(code);
        return questions.askOnLoop(headers, knownAt).map(asked -> {
            Optional<CodeLife> life = asked.queries().life(unitCode);
            return life.isPresent()
                    ? asked.answers().ok(Json.CodeTimelineJson.of(life.get()), asked.today(), false)
                    : notKnown(asked.queries().notKnown(unitCode, asked.today()));
        });
    }

    @GET
    @Path("{code}/successors")
    @Operation(
            operationId = "getSuccessors",
            summary = "Who came after a unit, through as many reforms as needed",
            description =
                    "A unit that goes on is its own successor, marked unchanged; what it gave away meanwhile is told beside"
                            + " it. extent tells how much of the unit lies in each, weakest names the link that is least sure."
                            + " Where nothing is known beyond a unit it is marked open, and openBecause tells why.")
    @APIResponse(
            responseCode = "200",
            description = "The successors",
            content = @Content(schema = @Schema(implementation = Json.SuccessorsJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "Malformed parameter, or on before at",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description =
                    "Nobody bore the code on the date (tells when it is known), or nothing was recorded by the moment",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> successors(
            @Parameter(description = CODE) @PathParam("code") String code,
            @Parameter(description = AT, schema = @Schema(format = "date")) @QueryParam("at") @Nullable String at,
            @Parameter(description = "Date of the successors; today if absent", schema = @Schema(format = "date"))
                    @QueryParam("on")
                    @Nullable
                    String on,
            @Parameter(description = Questions.KNOWN_AT, schema = @Schema(format = "date-time"))
                    @QueryParam("knownAt")
                    @Nullable
                    String knownAt,
            @Context HttpHeaders headers) {
        UnitCode unitCode = Parameters.code(code);
        LocalDate date = Parameters.optionalDate("at", at);
        LocalDate told = Parameters.optionalDate("on", on);
        return questions
                .askOnLoop(headers, knownAt)
                .map(asked -> asked.queries()
                        .successors(unitCode, date, told)
                        .fold(
                                answer -> asked.answers()
                                        .ok(Json.SuccessorsJson.of(answer), dateOf(date, told), answer.isClosed()),
                                wrong -> badOrder(Texts.successorsBefore(wrong.at(), wrong.on())),
                                LineageResource::notKnown));
    }

    @GET
    @Path("{code}/predecessors")
    @Operation(
            operationId = "getPredecessors",
            summary = "From whom a unit came, through as many reforms as needed",
            description = "Without on: as of the day before the unit was born, or the first known day.")
    @APIResponse(
            responseCode = "200",
            description = "The predecessors",
            content = @Content(schema = @Schema(implementation = Json.PredecessorsJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "Malformed parameter, or on after at",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description =
                    "Nobody bore the code on the date (tells when it is known), or nothing was recorded by the moment",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> predecessors(
            @Parameter(description = CODE) @PathParam("code") String code,
            @Parameter(description = AT, schema = @Schema(format = "date")) @QueryParam("at") @Nullable String at,
            @Parameter(description = "Date of the predecessors", schema = @Schema(format = "date"))
                    @QueryParam("on")
                    @Nullable
                    String on,
            @Parameter(description = Questions.KNOWN_AT, schema = @Schema(format = "date-time"))
                    @QueryParam("knownAt")
                    @Nullable
                    String knownAt,
            @Context HttpHeaders headers) {
        UnitCode unitCode = Parameters.code(code);
        LocalDate date = Parameters.optionalDate("at", at);
        LocalDate told = Parameters.optionalDate("on", on);
        return questions
                .askOnLoop(headers, knownAt)
                .map(asked -> asked.queries()
                        .predecessors(unitCode, date, told)
                        .fold(
                                answer -> asked.answers().ok(Json.PredecessorsJson.of(answer), date, answer.isClosed()),
                                wrong -> badOrder(Texts.predecessorsAfter(wrong.at(), wrong.on())),
                                LineageResource::notKnown));
    }

    @GET
    @Path("{code}/lineage")
    @Produces(MediaType.WILDCARD)
    @Operation(
            operationId = "getLineage",
            summary = "All that led to a unit and all that came of it, as a graph for drawing",
            description =
                    "Nodes are units with their lives, edges what passed between them. As JSON, Graphviz DOT or Mermaid."
                            + " Of a graph with too many units those nearest to the unit are told, and truncated is true.")
    @APIResponse(
            responseCode = "200",
            description = "The graph",
            content = {
                @Content(mediaType = "application/json", schema = @Schema(implementation = LineageJson.class)),
                @Content(mediaType = "text/vnd.graphviz", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "text/vnd.mermaid", schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "400",
            description = "Malformed parameter",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description =
                    "Nobody bore the code on the date (tells when it is known), or nothing was recorded by the moment",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> lineage(
            @Parameter(description = CODE) @PathParam("code") String code,
            @Parameter(description = AT, schema = @Schema(format = "date")) @QueryParam("at") @Nullable String at,
            @Parameter(description = "json, dot or mermaid; goes before Accept") @QueryParam("format") @Nullable
                    String format,
            @Parameter(description = Questions.KNOWN_AT, schema = @Schema(format = "date-time"))
                    @QueryParam("knownAt")
                    @Nullable
                    String knownAt,
            @Context HttpHeaders headers) {
        Format form = Format.chosen(format, headers.getAcceptableMediaTypes(), DRAWINGS);
        UnitCode unitCode = Parameters.code(code);
        LocalDate date = Parameters.optionalDate("at", at);
        return questions
                .askOnLoop(headers, knownAt)
                .map(asked -> asked.queries()
                        .lineage(unitCode, date, config.lineage().maxUnits())
                        .fold(
                                drawn -> asked.answers()
                                        .unlessKnown(
                                                null,
                                                false,
                                                form.label(),
                                                () -> Response.ok(drawing(drawn, form))
                                                        .type(form.mediaType()))
                                        .header(HttpHeaders.VARY, "Accept")
                                        .build(),
                                LineageResource::notKnown));
    }

    private static Object drawing(Ancestry.Drawn drawn, Format form) {
        LineageJson json = LineageJson.of(drawn);
        return switch (form) {
            case DOT -> Drawing.dot(json);
            case MERMAID -> Drawing.mermaid(json);
            case JSON, CSV, NDJSON, TURTLE -> json;
        };
    }

    /** Answers about relatives depend on two dates: as good as the later one is past. */
    private static @Nullable LocalDate dateOf(@Nullable LocalDate at, @Nullable LocalDate on) {
        if (at == null || on == null) {
            return null;
        }
        return at.isAfter(on) ? at : on;
    }

    private static Response badOrder(String detail) {
        return Problem.badParameter("on", detail).response().build();
    }

    private static Response notKnown(LookUp.NotKnown notKnown) {
        return Problem.notKnown(notKnown).response().build();
    }
}
