package vn.dvhc.history.api;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import vn.dvhc.history.HistoryConfig;
import vn.dvhc.history.lineage.Crosswalk;
import vn.dvhc.history.rebase.Rebased;
import vn.dvhc.history.rebase.Rebasing;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.history.timeline.TimelineFeed;

/** Figures by unit of one date, told for the units of another. It computes and keeps nothing. */
@Path("/v1/rebase")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RebaseResource {

    private static final String PROBLEM = "application/problem+json";

    private final TimelineFeed feed;
    private final HistoryConfig config;

    RebaseResource(TimelineFeed feed, HistoryConfig config) {
        this.feed = feed;
        this.config = config;
    }

    @POST
    @Operation(
            operationId = "rebase",
            summary = "An indicator by unit of one date on the units of another",
            description =
                    "kind sum: figures that add up and are not negative, like people. A unit that passed whole passes its"
                            + " figure; of a divided one each receiver gets between nothing and all. kind ratio: like a percentage; units"
                            + " merged whole give their weighted mean if every one has a weight, else a value between the least and the"
                            + " greatest; where parts were passed, that holds only if each part was like its whole (assumed). by:"
                            + " province tells the provinces of the second date instead of the units: what was divided within one"
                            + " province is exact there.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = RebaseCallJson.class),
                            examples = @ExampleObject(name = "People of two communes", value = """
                                                    {"from":"2025-06-30","to":"2025-07-01","level":"commune","kind":"sum",\
                                                    "values":[{"code":"00016","value":9500},{"code":"00001","value":21000}]}""")))
    @APIResponse(
            responseCode = "200",
            description = "The figures, and those that have no place",
            content = @Content(schema = @Schema(implementation = RebaseJson.class)))
    @APIResponse(
            responseCode = "400",
            description = "A call that can't be read, or too many figures",
            content = @Content(mediaType = PROBLEM, schema = @Schema(implementation = Problem.class)))
    public Response rebase(String body) {
        RebaseRequest call = RebaseRequest.parse(body, config.rebase().maxValues());
        Snapshot snapshot = feed.current();
        Parameters.notBefore("from", call.from(), snapshot.firstDay());
        Parameters.notBefore("to", call.to(), snapshot.firstDay());
        Crosswalk crosswalk = new Crosswalk(snapshot.timeline(), call.from(), call.to());
        Rebased rebased = new Rebasing(snapshot.timeline(), crosswalk, call.level(), call.kind(), call.byProvince())
                .of(call.figures());
        return Response.ok(RebaseJson.of(call, snapshot.sequence(), rebased))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
