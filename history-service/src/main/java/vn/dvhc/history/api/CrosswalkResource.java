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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.lineage.Crosswalk;
import vn.dvhc.history.lineage.LiveWeights;
import vn.dvhc.history.lineage.Weights;
import vn.dvhc.history.query.UnitQueries;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.history.timeline.TimelineFeed;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** The crosswalk of the whole catalogue, or of a province, between two dates. */
@Path("/v1/crosswalk")
@Produces(MediaType.WILDCARD)
@Blocking
public class CrosswalkResource {

    private static final String PROBLEM = "application/problem+json";
    private static final List<Format> FORMATS = List.of(Format.JSON, Format.CSV, Format.NDJSON);

    private final TimelineFeed feed;
    private final LiveWeights weights;
    private final BusinessClock clock;
    private final RenderedAnswers rendered;

    CrosswalkResource(TimelineFeed feed, LiveWeights weights, BusinessClock clock, RenderedAnswers rendered) {
        this.feed = feed;
        this.weights = weights;
        this.clock = clock;
        this.rendered = rendered;
    }

    @GET
    @Operation(
            operationId = "getCrosswalk",
            summary = "Where each unit of one date lies on another",
            description =
                    "One item a unit of the first date, by code; to lists every unit in which it lies, with how much of"
                            + " it (extent), the acts, and the weakest confidence of the edges followed. portion and clause are told"
                            + " where a single edge leads there. status: unchanged, full (the whole of it in one unit), partial, unknown"
                            + " (one unit, but not known how much of it), ended (by a known act, without successor), open (nothing known"
                            + " beyond). complete: the shares make up the whole unit. weight with weightSource and weightDate appears where somebody has"
                            + " counted; the weights of one unit sum to 1. The second date may lie before the first: then full means"
                            + " that the whole of the later unit came from the earlier one.")
    @APIResponse(
            responseCode = "200",
            description = "The crosswalk",
            content = {
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = CrosswalkJson.class),
                        examples = @ExampleObject(name = "A commune of Hà Nội that was split", value = """
                                                {"from":"2025-06-30","to":"2025-07-01","level":"commune","province":"01",\
                                                "sequence":29659,"total":526,"items":[{"unitId":"00016@2004-08-31","code":"00016",\
                                                "level":"commune","type":"phường","name":"Ngọc Hà","fullName":"Phường Ngọc Hà",\
                                                "province":"01@2004-08-31","status":"partial","complete":true,"to":[{"unitId":\
                                                "00004@2025-07-01","code":"00004","level":"commune","type":"phường","name":"Ba Đình",\
                                                "fullName":"Phường Ba Đình","province":"01@2004-08-31","open":false,"extent":\
                                                "partial","portion":"một phần","confidence":"act","steps":1,"legalBasis":\
                                                ["1656/NQ-UBTVQH15"],"clause":"3"}]}]}""")),
                @Content(
                        mediaType = "text/csv",
                        schema = @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING)),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(implementation = CrosswalkJson.ItemJson.class))
            })
    @APIResponse(
            responseCode = "400",
            description = "Malformed parameter, or a date before the first known state",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "Nobody bore the province's code on the first date",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Response crosswalk(
            @Parameter(description = "ISO date of the units", required = true, schema = @Schema(format = "date"))
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "ISO date to lead them to", required = true, schema = @Schema(format = "date"))
                    @QueryParam("to")
                    @Nullable
                    String to,
            @Parameter(description = "province, district or commune; all if absent") @QueryParam("level") @Nullable
                    String level,
            @Parameter(description = "Only units of the province of this code on the first date")
                    @QueryParam("province")
                    @Nullable
                    String province,
            @Parameter(description = "json, csv or ndjson; goes before Accept") @QueryParam("format") @Nullable
                    String format,
            @Context HttpHeaders headers) {
        Snapshot snapshot = feed.current();
        LocalDate today = clock.today();
        Format form = Format.chosen(format, headers.getAcceptableMediaTypes(), FORMATS);
        LocalDate first = known(snapshot, "from", from);
        LocalDate second = known(snapshot, "to", to);
        Level only = Parameters.optionalLevel(level);
        UnitCode above = province == null ? null : Parameters.province(province);
        UnitQueries queries = new UnitQueries(snapshot, today);
        UnitId within =
                above == null ? null : queries.bearer(new UnitRef(above, first)).orElse(null);
        if (above != null && within == null) {
            return Problem.notKnown(queries.notKnown(above, first)).response().build();
        }
        String address = "/v1/crosswalk?from=" + first + "&to=" + second
                + (only == null ? "" : "&level=" + only.label())
                + (above == null ? "" : "&province=" + above);
        Weights counted = weights.current();
        return new LongAnswers(rendered, snapshot, today, headers, counted.version())
                .ok(address, form, FORMATS, first.isAfter(second) ? first : second, () -> {
                    Crosswalk crosswalk = new Crosswalk(snapshot.timeline(), first, second, counted);
                    return new CrosswalkWriter(crosswalk, crosswalk.all(only, within), only, above, snapshot.sequence())
                            .write(form);
                });
    }

    private static LocalDate known(Snapshot snapshot, String name, @Nullable String text) {
        LocalDate date = Parameters.date(name, Parameters.required(name, text));
        Parameters.notBefore(name, date, snapshot.firstDay());
        return date;
    }
}
