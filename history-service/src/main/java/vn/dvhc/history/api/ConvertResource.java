package vn.dvhc.history.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.HistoryConfig;
import vn.dvhc.history.convert.Converter;
import vn.dvhc.history.convert.VintageGuess;
import vn.dvhc.history.lineage.LiveWeights;
import vn.dvhc.history.search.LiveGazetteer;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.unit.UnitCode;

/** Converts codes and addresses to another date, in one call or streamed; guesses the date of bare codes. */
@Path("/v1")
@Blocking
public class ConvertResource {

    private static final String PROBLEM = "application/problem+json";
    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";
    private static final String TO = "ISO date to convert to; today if absent";
    private static final int RANGES = 10;
    private static final int MOST_TOLD = 20;
    private static final int LONGEST_TOLD = 20;
    private static final int SECONDS_TO_WAIT = 5;
    private static final JsonMapper CALLS = CallReader.mapper().build();

    private final LiveGazetteer gazetteer;
    private final LiveWeights weights;
    private final BusinessClock clock;
    private final HistoryConfig.Convert limits;
    private final ObjectMapper json;
    private final Places streams;

    ConvertResource(
            LiveGazetteer gazetteer,
            LiveWeights weights,
            BusinessClock clock,
            HistoryConfig config,
            ObjectMapper json) {
        this.weights = weights;
        this.gazetteer = gazetteer;
        this.clock = clock;
        this.limits = config.convert();
        this.json = json;
        this.streams = new Places(limits.maxStreams());
    }

    @POST
    @Path("convert")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "convert",
            summary = "What codes and addresses are on another date",
            description =
                    "Each item has a code (with or without its date at) or an address, and is answered in order. A code"
                            + " without date that meant several units is ambiguous: a date is never assumed. An address is read"
                            + " against the era it fits. An item that can't be read is unknown and spoils no other. At most"
                            + " 10,000 items; for more send the items as application/x-ndjson, one a line, or a file as"
                            + " text/csv, with ?to=.")
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = TO + "; of a stream, the JSON form names it in its body")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ConvertJson.RequestJson.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = ConvertJson.ItemJson.class)),
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "200",
            description = "A conversion for each item; a line each for lines; the file with columns added for a file",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ConvertJson.AnswerJson.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = ConvertJson.ConversionJson.class)),
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(
            responseCode = "400",
            description = "The body is no list of items, or too long a list; a file has neither codes nor addresses",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Too many streams at once",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Response convert(InputStream body) throws IOException {
        JsonNode request = envelope(body, "items", ConvertTexts.BAD_ENVELOPE);
        JsonNode items = request.get("items");
        if (items.size() > limits.maxItems()) {
            throw new BadParameterException("items", ConvertTexts.tooManyItems(limits.maxItems()));
        }
        LocalDate to = to(request.get("to"));
        Converter converter = converter(to);
        List<ConvertJson.ConversionJson> answers = new ArrayList<>(items.size());
        for (JsonNode node : items) {
            ConvertItem item = ConvertItem.of(node);
            answers.add(ConvertJson.ConversionJson.of(item.told(), item.convert(converter)));
        }
        return fresh(Response.ok(new ConvertJson.AnswerJson(to, answers)));
    }

    @POST
    @Path("convert")
    @Consumes(NDJSON)
    @Produces(NDJSON)
    @Operation(hidden = true)
    public Response convertLines(
            InputStream body,
            @Parameter(description = TO) @QueryParam("to") @Nullable String to,
            @Context RoutingContext context) {
        LocalDate date = streamedTo(to);
        if (!streams.take(context)) {
            return tooManyStreams();
        }
        return stream(NDJSON, context, out -> new ConvertLines(converter(date), json).convert(body, out));
    }

    @POST
    @Path("convert")
    @Consumes(CSV)
    @Produces(CSV)
    @Operation(hidden = true)
    public Response convertFile(
            InputStream body,
            @Parameter(description = TO) @QueryParam("to") @Nullable String to,
            @Context RoutingContext context)
            throws IOException {
        LocalDate date = streamedTo(to);
        if (!streams.take(context)) {
            return tooManyStreams();
        }
        ConvertFile file = ConvertFile.open(body);
        return stream(CSV, context, out -> file.convert(converter(date), out));
    }

    @POST
    @Path("vintage")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "guessVintage",
            summary = "As of which dates a list of bare codes can be read",
            description =
                    "Ranges of dates between changes of the listed codes, best first: how many of the codes were borne then,"
                            + " and which were not. decided tells whether the first explains the list better than all others.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ConvertJson.VintageRequestJson.class)))
    @APIResponse(
            responseCode = "200",
            description = "The ranges",
            content = @Content(schema = @Schema(implementation = ConvertJson.GuessJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "The body is no list of codes, or too long a list",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Response vintage(InputStream body) throws IOException {
        JsonNode listed = envelope(body, "codes", ConvertTexts.BAD_CODES).get("codes");
        if (listed.size() > limits.maxCodes()) {
            throw new BadParameterException("codes", ConvertTexts.tooManyCodes(limits.maxCodes()));
        }
        List<UnitCode> codes = new ArrayList<>(listed.size());
        List<String> malformed = new ArrayList<>();
        for (JsonNode node : listed) {
            if (node.isTextual() && UnitCode.isWellFormed(node.textValue())) {
                codes.add(UnitCode.of(node.textValue()));
            } else if (malformed.size() < MOST_TOLD) {
                String text = node.isValueNode() ? node.asText() : node.toString();
                malformed.add(text.length() <= LONGEST_TOLD ? text : text.substring(0, LONGEST_TOLD));
            }
        }
        VintageGuess guess = VintageGuess.of(newest().gazetteer().timeline(), codes, RANGES);
        return fresh(Response.ok(ConvertJson.GuessJson.of(guess, malformed, listed.size() - codes.size(), RANGES)));
    }

    private LocalDate streamedTo(@Nullable String to) {
        LocalDate date = Parameters.optionalDate("to", to);
        return date == null ? clock.today() : date;
    }

    private static Response tooManyStreams() {
        return Problem.of(
                        "too-many-streams",
                        "Dịch vụ đang bận",
                        503,
                        "Đang có quá nhiều luồng chuyển đổi cùng lúc. Vui lòng thử lại sau vài giây.")
                .response()
                .header(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT)
                .build();
    }

    /** The thread that answers also reads: a caller that reads slowly is read from slowly. */
    private static Response stream(String type, RoutingContext context, StreamingOutput conversion) {
        StreamingOutput whole = out -> {
            try {
                conversion.write(out);
            } catch (IOException | RuntimeException failure) {
                breakOff(context);
                throw failure;
            }
        };
        return fresh(Response.ok(whole, MediaType.valueOf(type).withCharset("UTF-8")));
    }

    /** Waits until the connection is closed: a problem, or the end that would be written next, would be taken for the answer's own. */
    private static void breakOff(RoutingContext context) {
        context.request()
                .connection()
                .close()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Response fresh(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    private Converter converter(LocalDate to) {
        return new Converter(newest().gazetteer(), to, weights.current());
    }

    private LiveGazetteer.Ready newest() {
        return gazetteer.current().join();
    }

    private LocalDate to(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return clock.today();
        }
        if (!node.isTextual()) {
            throw new BadParameterException("to", Texts.badDate("to"));
        }
        return Parameters.date("to", node.textValue());
    }

    private JsonNode envelope(InputStream body, String list, String complaint) throws IOException {
        try {
            JsonNode request = CALLS.readTree(body);
            if (request != null && request.path(list).isArray()) {
                return request;
            }
        } catch (JsonProcessingException malformed) {
            throw new BadParameterException("body", complaint, malformed);
        }
        throw new BadParameterException("body", complaint);
    }
}
