package vn.dvhc.sync.forecast;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What a hand-over will have to do: for operators, and for those who draft and approve decisions. */
@Path("/v1")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"operator", "decision-drafter", "decision-approver"})
public class PlanResource {

    private final Forecasts forecasts;

    @Inject
    PlanResource(Forecasts forecasts) {
        this.forecasts = forecasts;
    }

    /**
     * A unit that a decision concerns.
     *
     * @param code 2, 3 or 5 digits
     * @param vintage ISO date as of which it is read
     * @param successors how many units receive from it
     * @param goesOn whether it is in force after the day
     * @param localities those that are assigned already
     */
    @Schema(name = "PlannedUnit")
    public record PlannedUnit(
            String code,
            String vintage,
            int successors,
            @Nullable Boolean goesOn,
            @Nullable List<String> localities) {}

    /** @param units 1 to 5,000 */
    @Schema(name = "PlanQuestion")
    public record Question(List<PlannedUnit> units) {}

    /** Of a day that is known here, for its ending units in order of id; {@code cursor} is {@code next} of the answer before. */
    @GET
    @Path("/handovers/{date}/plan")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "404", description = "No unit known here ends that day")
    public HandOverPlan plan(
            @RestPath String date,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("cursor") @DefaultValue("") String cursor)
            throws SQLException {
        LocalDate day = day(date);
        return forecasts
                .ofDay(day, cursor, limit)
                .orElseThrow(() -> new NotFoundException("Không có đơn vị nào kết thúc ngày " + day
                        + "; với quyết định chưa có hiệu lực, hãy gửi các đơn vị bằng POST."));
    }

    /** Of a decision that is not in force yet. */
    @POST
    @Path("/handovers/{date}/plan")
    @Consumes(MediaType.APPLICATION_JSON)
    public HandOverPlan forecast(
            @RestPath String date,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Question.class)))
                    @Nullable
                    JsonNode body)
            throws SQLException {
        return forecasts.ofDecision(day(date), PlanRequest.read(body));
    }

    private static LocalDate day(String date) {
        try {
            return LocalDate.parse(date);
        } catch (DateTimeException malformed) {
            throw new BadRequestException("Ngày phải có dạng YYYY-MM-DD.", malformed);
        }
    }
}
