package vn.dvhc.history.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.HistoryConfig;
import vn.dvhc.history.replicate.State;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.history.timeline.TimelineFeed;
import vn.dvhc.time.BusinessClock;

/** A copy of the units for another system, and all that changes them afterwards. */
@Path("/v1")
@Produces(MediaType.WILDCARD)
@Blocking
public class ReplicationResource {

    private static final String PROBLEM = "application/problem+json";
    private static final List<Format> SNAPSHOTS = List.of(Format.JSON, Format.CSV, Format.NDJSON, Format.TURTLE);
    private static final List<Format> CHANGES = List.of(Format.JSON, Format.NDJSON);

    private final TimelineFeed feed;
    private final BusinessClock clock;
    private final HistoryConfig config;
    private final RenderedAnswers rendered;
    private final ObjectMapper json;

    ReplicationResource(
            TimelineFeed feed, BusinessClock clock, HistoryConfig config, RenderedAnswers rendered, ObjectMapper json) {
        this.feed = feed;
        this.clock = clock;
        this.config = config;
        this.rendered = rendered;
        this.json = json;
    }

    @GET
    @Path("snapshot")
    @Operation(
            operationId = "getSnapshot",
            summary = "All units in force on a date, with the place in the log to go on from",
            description =
                    "sequence (also the header Dvhc-Sequence) is the last message before those of later days: the changes"
                            + " after it lead from this state to any later one. knownThrough (Dvhc-Known-Through) is the last message"
                            + " known: corrections up to it are in the state if they are of the date or before. digest (Dvhc-Digest) is"
                            + " that of GET /v1/digest?at=.")
    @APIResponse(
            responseCode = "200",
            description = "The units, in the order of the bytes of their ids",
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = ReplicationJson.SnapshotJson.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(implementation = ReplicationJson.StateJson.class)),
                @Content(mediaType = "text/turtle", schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "400",
            description = "Malformed parameter, or a date before the first known state",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Response snapshot(
            @Parameter(description = "ISO date; today if absent", schema = @Schema(format = "date"))
                    @QueryParam("at")
                    @Nullable
                    String at,
            @Parameter(description = "json, csv, ndjson or turtle (SKOS); goes before Accept")
                    @QueryParam("format")
                    @Nullable
                    String format,
            @Context HttpHeaders headers) {
        Snapshot snapshot = feed.current();
        LocalDate today = clock.today();
        Format form = Format.chosen(format, headers.getAcceptableMediaTypes(), SNAPSHOTS);
        LocalDate given = Parameters.optionalDate("at", at);
        LocalDate read = given == null ? today : given;
        Parameters.notBefore("at", read, snapshot.firstDay());
        State state = State.of(snapshot, read);
        Response answer = new LongAnswers(rendered, snapshot, today, headers)
                .ok("/v1/snapshot?at=" + read, form, SNAPSHOTS, given, () -> new StateWriter(state).write(form));
        return Response.fromResponse(answer)
                .header("Dvhc-Sequence", state.sequence())
                .header("Dvhc-Known-Through", state.knownThrough())
                .header("Dvhc-Digest", state.digest())
                .build();
    }

    @GET
    @Path("changes")
    @Operation(
            operationId = "getChanges",
            summary = "The messages of the log after one of them, in order, for ever",
            description =
                    "group day: a day as it took effect; correction: it mends a day before, adding or striking messages;"
                            + " notice: of a decision that is to take effect, or no longer is. struck marks what a correction has struck"
                            + " since. How to hold a copy: docs/guides/look-ups.md.")
    @APIResponse(
            responseCode = "200",
            description = "A part of the log; next and the Link header lead to the following part",
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = ReplicationJson.ChangesJson.class)),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(implementation = ReplicationJson.ChangeJson.class))
            })
    @APIResponse(
            responseCode = "400",
            description = "Malformed parameter, or a message that is still to come",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Response changes(
            @Parameter(
                            description = "Number of the last message known; 0 to begin with the first",
                            schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
                    @QueryParam("after")
                    @Nullable
                    String after,
            @Parameter(description = "Messages in the answer", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(description = "json or ndjson; goes before Accept") @QueryParam("format") @Nullable
                    String format,
            @Context HttpHeaders headers) {
        Snapshot snapshot = feed.current();
        Format form = Format.chosen(format, headers.getAcceptableMediaTypes(), CHANGES);
        long known = Parameters.sequence("after", Parameters.required("after", after), snapshot.sequence());
        int most = Parameters.limit(
                limit, config.changes().defaultLimit(), config.changes().maxLimit());
        List<ReplicationJson.ChangeJson> items = snapshot.messagesAfter(known, most).stream()
                .map(logged -> ReplicationJson.ChangeJson.of(
                        logged, snapshot.chronicle().isStruck(logged.message().sequence())))
                .toList();
        long reached = items.isEmpty() ? known : items.get(items.size() - 1).sequence();
        String next = reached < snapshot.sequence() ? "/v1/changes?after=" + reached + "&limit=" + most : null;
        Response.ResponseBuilder answer = Answers.now(headers, snapshot, clock.today())
                .unlessKnown(
                        null,
                        false,
                        form.label(),
                        () -> Response.ok(
                                        form == Format.NDJSON
                                                ? lines(items)
                                                : new ReplicationJson.ChangesJson(
                                                        known, snapshot.sequence(), items, next))
                                .type(form.mediaType()));
        answer.header(HttpHeaders.VARY, "Accept").header("Dvhc-Sequence", reached);
        if (next != null) {
            answer.header(HttpHeaders.LINK, "<" + next + "&format=" + form.label() + ">; rel=\"next\"");
        }
        return answer.build();
    }

    private ByteChunks lines(List<ReplicationJson.ChangeJson> items) {
        ObjectWriter writer = json.writer();
        return ByteChunks.of(out -> {
            for (ReplicationJson.ChangeJson item : items) {
                line(writer, item, out);
            }
        });
    }

    private static void line(ObjectWriter writer, Object item, OutputStream out) throws IOException {
        out.write(writer.writeValueAsBytes(item));
        out.write('\n');
    }
}
