package vn.dvhc.sync.handover;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
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
import vn.dvhc.sync.audit.Caller;

/** Lets a hand-over go on that was stopped since its figures don't add up. */
@Path("/v1")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("operator")
public class ReleaseResource {

    private static final int LONGEST_REASON = 1_000;

    private final Accounts accounts;

    @Inject
    ReleaseResource(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * What is to go on.
     *
     * @param from the home whose records were handed over
     * @param accept whether what the ledger lacks is to be taken as lost; else the hand-over stops again if it lacks it still
     * @param reason required, at most 1,000 characters
     */
    @Schema(name = "ReleaseBody")
    public record Body(
            String dataset, String from, @Nullable Boolean accept, String reason) {}

    /** Answers the parts of the day as they are then. */
    @POST
    @Path("/handovers/{date}/release")
    @APIResponse(responseCode = "200", description = "Released")
    @APIResponse(responseCode = "404", description = "No such part")
    @APIResponse(responseCode = "409", description = "It is not stopped")
    public List<Accounts.Part> release(
            @RestPath String date,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Body.class))) @Nullable
                    JsonNode body,
            @Context SecurityContext caller)
            throws SQLException {
        LocalDate day = day(date);
        if (body == null
                || !body.path("dataset").isTextual()
                || !body.path("from").isTextual()) {
            throw new BadRequestException("Cần dataset và from: tập dữ liệu và cơ sở dữ liệu giao.");
        }
        String reason = body.path("reason").asText().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new BadRequestException("Cần reason: lý do cho đi tiếp, không quá " + LONGEST_REASON + " ký tự.");
        }
        String dataset = body.path("dataset").asText();
        String from = body.path("from").asText();
        return switch (accounts.release(
                day, dataset, from, body.path("accept").asBoolean(), reason, Caller.of(caller))) {
            case DONE -> accounts.parts(day);
            case UNKNOWN ->
                throw new NotFoundException("Ngày " + day + " không bàn giao " + dataset + " từ " + from + ".");
            case NOT_STOPPED ->
                throw new ClientErrorException("Phần bàn giao này không bị dừng.", Response.Status.CONFLICT);
        };
    }

    private static LocalDate day(String date) {
        try {
            return LocalDate.parse(date);
        } catch (DateTimeException malformed) {
            throw new BadRequestException("Ngày phải có dạng YYYY-MM-DD.", malformed);
        }
    }
}
