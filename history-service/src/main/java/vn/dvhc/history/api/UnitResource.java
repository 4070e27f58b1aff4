package vn.dvhc.history.api;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.HistoryConfig;
import vn.dvhc.history.query.LookUp;
import vn.dvhc.history.query.Relative;
import vn.dvhc.history.query.UnitPage;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** Look-ups of units by code and date. Short answers are built on the event loop; lists go to a worker thread. */
@Path("/v1/units")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
public class UnitResource {

    private static final String PROBLEM = "application/problem+json";
    private static final String CODE = "2, 3 or 5 digits, with leading zeros";
    private static final String AT = "ISO date as of which the code is read; today if absent";

    private final Questions questions;
    private final HistoryConfig config;
    private final UnitSearch search;

    UnitResource(Questions questions, HistoryConfig config, UnitSearch search) {
        this.questions = questions;
        this.config = config;
        this.search = search;
    }

    @GET
    @Path("{code}")
    @Operation(
            operationId = "getUnit",
            summary = "The unit that bears or bore a code",
            description =
                    "Without a date the code is read as of today and the answer bears asOf, and ambiguousBefore if it"
                            + " meant another unit before. If nobody bears it today: 308 to the only successor, 300 with the"
                            + " choices, 410 if nothing is known to have succeeded it.")
    @APIResponse(
            responseCode = "200",
            description = "The unit",
            content = @Content(schema = @Schema(implementation = Json.UnitJson.class)))
    @APIResponse(
            responseCode = "300",
            description = "Nobody bears the code today; the unit lives on in several",
            content = @Content(schema = @Schema(implementation = Json.SuccessorsJson.class)))
    @APIResponse(
            responseCode = "308",
            description = "Nobody bears the code today; the unit lives on in one",
            content = @Content(schema = @Schema(implementation = Json.SuccessorsJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "Malformed parameter, or knownAt to come",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description =
                    "Nobody bore the code on the date (tells when it is known), or nothing was recorded by the moment",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "410",
            description = "The unit ended without known successor; tells the act",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> unit(
            @Parameter(description = CODE) @PathParam("code") String code,
            @Parameter(description = AT, schema = @Schema(format = "date")) @QueryParam("at") @Nullable String at,
            @Parameter(description = Questions.KNOWN_AT, schema = @Schema(format = "date-time"))
                    @QueryParam("knownAt")
                    @Nullable
                    String knownAt,
            @Context HttpHeaders headers) {
        UnitCode unitCode = Parameters.code(code);
        LocalDate date = Parameters.optionalDate("at", at);
        return questions
                .askOnLoop(headers, knownAt)
                .map(asked -> asked.queries()
                        .unit(unitCode, date)
                        .fold(
                                found -> found(found, date, asked),
                                moved -> moved(moved, asked),
                                ended -> Problem.ended(ended).response().build(),
                                UnitResource::notKnown));
    }

    @GET
    @Operation(
            operationId = "listUnits",
            summary = "Units in force on a date, by code; with q the units of any era that are called so, best first",
            description =
                    "In parts of limit items; next and the Link header lead to the following part of the same date."
                            + " q is a name in any spelling: with or without diacritics, abbreviated, misspelt, alone or with units"
                            + " above it (\"P.4, Q.4, HCM\"). With at, q finds only what was in force on that date. Each hit tells in"
                            + " hit why it was found and what the unit is today.")
    @APIResponse(
            responseCode = "200",
            description = "A part of the list",
            content = @Content(schema = @Schema(implementation = Json.UnitPageJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "Malformed parameter",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "Nobody bore the parent's code on the date, or nothing was recorded by the moment",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> units(
            @Parameter(description = "A name to search for", schema = @Schema(maxLength = 200))
                    @QueryParam("q")
                    @Nullable
                    String q,
            @Parameter(description = AT, schema = @Schema(format = "date")) @QueryParam("at") @Nullable String at,
            @Parameter(description = "province, district or commune") @QueryParam("level") @Nullable String level,
            @Parameter(description = "Code as of the date, or unit id, of the unit above")
                    @QueryParam("parent")
                    @Nullable
                    String parent,
            @Parameter(
                            description = "Items in the answer",
                            schema =
                                    @Schema(
                                            type =
                                                    org.eclipse.microprofile.openapi.annotations.enums.SchemaType
                                                            .INTEGER))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(description = "next of the part before") @QueryParam("cursor") @Nullable String cursor,
            @Parameter(description = Questions.KNOWN_AT, schema = @Schema(format = "date-time"))
                    @QueryParam("knownAt")
                    @Nullable
                    String knownAt,
            @Context HttpHeaders headers) {
        if (q != null && knownAt != null) {
            throw new BadParameterException("knownAt", Texts.NO_SEARCH_OF_THE_PAST);
        }
        return q == null
                ? Uni.createFrom()
                        .item(() -> list(at, level, parent, limit, cursor, knownAt, headers))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                : search.answer(new UnitSearch.Asked(q, at, level, parent, limit, cursor), headers);
    }

    private Response list(
            @Nullable String at,
            @Nullable String level,
            @Nullable String parent,
            @Nullable String limit,
            @Nullable String cursor,
            @Nullable String knownAt,
            HttpHeaders headers) {
        Asked asked = questions.ask(headers, knownAt);
        LocalDate given = Parameters.optionalDate("at", at);
        Cursor from = cursor == null ? null : Cursor.parse(cursor);
        if (from != null && given != null && !from.at().equals(given)) {
            throw new BadParameterException("cursor", Texts.CURSOR_OF_OTHER_DATE);
        }
        LocalDate date = given == null && from != null ? from.at() : given;
        LocalDate read = date == null ? asked.today() : date;
        Level only = Parameters.optionalLevel(level);
        int most = Parameters.limit(
                limit, config.page().defaultLimit(), config.page().maxLimit());
        UnitId above = null;
        if (parent != null) {
            UnitRef named = Parameters.parent(parent, read);
            above = asked.queries().bearer(named).orElse(null);
            if (above == null) {
                return notKnown(asked.queries().notKnown(named.code(), read));
            }
        }
        UnitPage page = asked.queries().units(read, only, above, from == null ? null : from.after(), most);
        Response answer = asked.answers().ok(Json.UnitPageJson.of(page), date, false);
        return page.next() == null
                ? answer
                : Response.fromResponse(answer)
                        .header("Link", "<" + next(page, level, parent, most, asked.knownAt()) + ">; rel=\"next\"")
                        .build();
    }

    /** A code without date has its answer at an address with date, where it stays true. */
    private static Response found(LookUp.Found found, @Nullable LocalDate date, Asked asked) {
        Response.ResponseBuilder answer = Response.ok(Json.UnitJson.of(found.unit(), found.reading()));
        if (date == null) {
            URI dated = address(found.unit().state().code(), asked);
            answer.header("Link", "<" + dated + ">; rel=\"canonical\"");
        }
        return asked.answers().tagged(answer, date, found.unit().isClosed());
    }

    private static Response moved(LookUp.Moved moved, Asked asked) {
        Object body = Json.SuccessorsJson.of(moved.unit(), moved.reading(), asked.today(), moved.successors());
        Response.ResponseBuilder answer =
                Response.status(moved.single() ? 308 : 300).entity(body);
        for (Relative successor : moved.successors()) {
            if (!successor.open()) {
                answer.header("Link", "<" + address(code(successor), asked) + ">; rel=\"successor-version\"");
            }
        }
        if (moved.single()) {
            answer.header(
                    "Location", address(code(moved.successors().get(0)), asked).toString());
        }
        return asked.answers().tagged(answer, null, false);
    }

    /**
     * With its date: what a bare code means may change, what it meant on a date does not. Relative, since callers see the
     * address of the gateway, not ours; hence no {@code location()}, which would make it absolute.
     */
    private static URI address(UnitCode code, Asked asked) {
        UriBuilder uri = UriBuilder.fromPath("/v1/units/{code}").queryParam("at", asked.today());
        if (asked.knownAt() != null) {
            uri.queryParam("knownAt", asked.knownAt());
        }
        return uri.build(code.value());
    }

    private static UnitCode code(Relative successor) {
        return successor.unit().state().code();
    }

    private static URI next(
            UnitPage page, @Nullable String level, @Nullable String parent, int limit, @Nullable Instant knownAt) {
        UriBuilder uri = UriBuilder.fromPath("/v1/units").queryParam("at", page.at());
        if (level != null) {
            uri.queryParam("level", level);
        }
        if (parent != null) {
            uri.queryParam("parent", parent);
        }
        if (knownAt != null) {
            uri.queryParam("knownAt", knownAt);
        }
        return uri.queryParam("limit", limit)
                .queryParam("cursor", new Cursor(page.at(), Objects.requireNonNull(page.next())))
                .build();
    }

    private static Response notKnown(LookUp.NotKnown notKnown) {
        return Problem.notKnown(notKnown).response().build();
    }
}
