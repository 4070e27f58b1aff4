package vn.dvhc.sync.letter;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.audit.Caller;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.units.Gate;

/** Messages that could not be applied: seen, mended, tried, applied again, ended. */
@Path("/v1/dead-letters")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class LetterResource {

    private static final Logger LOG = Logger.getLogger(LetterResource.class);

    private static final int LONGEST_REASON = 1_000;

    private final LetterDesk desk;
    private final Redriver redriver;
    private final Gate gate;
    private final Plans plans;

    @Inject
    LetterResource(LetterDesk desk, Redriver redriver, Gate gate, Plans plans) {
        this.desk = desk;
        this.redriver = redriver;
        this.gate = gate;
        this.plans = plans;
    }

    /**
     * Which letters.
     *
     * @param ids at most 500; or else exactly one of the three that follow
     * @param group id of a group
     * @param filter any of {@code cause}, {@code dataset}, {@code source}, {@code key}
     * @param all true
     * @param limit 1 to 500, which it is if missing
     * @param cursor {@code next} of the answer before
     * @param force also those that were refused too often
     */
    @Schema(name = "LetterSelection")
    public record Chosen(
            @Nullable List<Long> ids,
            @Nullable String group,
            @Nullable ChosenFilter filter,
            @Nullable Boolean all,
            @Nullable Integer limit,
            @Nullable String cursor,
            @Nullable Boolean force) {}

    /** What letters have to be like. */
    @Schema(name = "LetterFilter")
    public record ChosenFilter(
            @Nullable String cause,
            @Nullable String dataset,
            @Nullable String source,
            @Nullable String key) {}

    /** @param from null for a value that is missing */
    @Schema(name = "Replacement")
    public record Replaced(@Nullable String from, String to) {}

    /**
     * A wrong code or date, or both, to be replaced in the chosen letters.
     *
     * @param unit codes
     * @param vintage ISO dates
     * @param dryRun whether only to tell what would be amended
     */
    @Schema(name = "LetterCorrection")
    public record Correction(
            @Nullable List<Long> ids,
            @Nullable String group,
            @Nullable ChosenFilter filter,
            @Nullable Boolean all,
            @Nullable Integer limit,
            @Nullable String cursor,
            @Nullable Replaced unit,
            @Nullable Replaced vintage,
            @Nullable Boolean dryRun) {}

    /** @param reason required, at most 1,000 characters */
    @Schema(name = "Reason")
    public record Reason(String reason) {}

    /** The latest first; {@code cursor} is the id of the last letter of the page before; {@code state=all} for ended ones too. */
    @GET
    public List<Letter> deadLetters(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("state") @DefaultValue("open") String state,
            @QueryParam("cause") @Nullable String cause,
            @QueryParam("dataset") @Nullable String dataset,
            @QueryParam("source") @Nullable String source,
            @QueryParam("key") @Nullable String key,
            @QueryParam("cursor") @Nullable Long cursor)
            throws SQLException {
        boolean all = state.equals("all");
        if (!all
                && Arrays.stream(Letter.State.values())
                        .noneMatch(known -> known.label().equals(state))) {
            throw new BadRequestException("state là open, applied, superseded, discarded hoặc all.");
        }
        return desk.list(
                new Selection.Filter(all ? null : state, cause, dataset, source, key),
                cursor == null ? Long.MAX_VALUE : cursor,
                limit);
    }

    /** Open letters of like problems together, the largest group first. */
    @GET
    @Path("/groups")
    public List<LetterStore.Group> groups(@QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit)
            throws SQLException {
        return desk.groups(limit);
    }

    @GET
    @Path("/{id}")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "404", description = "No such letter")
    public LetterDesk.Case deadLetter(@RestPath long id) throws SQLException {
        return desk.find(id).orElseThrow(() -> unknown(id));
    }

    /** Puts another version of the message, of the same record and place in the log, beside the original. */
    @PUT
    @Path("/{id}/payload")
    @APIResponse(responseCode = "200", description = "Amended")
    @APIResponse(responseCode = "404", description = "No such letter")
    @APIResponse(responseCode = "409", description = "The case has ended")
    @APIResponse(responseCode = "422", description = "Another record, another place in the log, or still unreadable")
    public LetterDesk.Case amend(
            @RestPath long id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Object.class))) @Nullable
                    JsonNode payload,
            @Context SecurityContext caller)
            throws SQLException {
        return answered(id, desk.amend(id, payload, Caller.of(caller)));
    }

    /** Takes the amendment back. */
    @DELETE
    @Path("/{id}/payload")
    @APIResponse(responseCode = "200", description = "As it came")
    @APIResponse(responseCode = "404", description = "No such letter")
    @APIResponse(responseCode = "409", description = "The case has ended")
    public LetterDesk.Case restore(@RestPath long id, @Context SecurityContext caller) throws SQLException {
        return answered(id, desk.restore(id, Caller.of(caller)));
    }

    /** Ends a case without applying its message. */
    @POST
    @Path("/{id}/discard")
    @APIResponse(responseCode = "200", description = "Discarded")
    @APIResponse(responseCode = "404", description = "No such letter")
    @APIResponse(responseCode = "409", description = "The case has ended")
    public LetterDesk.Case discard(
            @RestPath long id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Reason.class))) @Nullable
                    JsonNode body,
            @Context SecurityContext caller)
            throws SQLException {
        String reason = body == null ? "" : body.path("reason").asText().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new BadRequestException("Cần reason: lý do kết thúc, không quá " + LONGEST_REASON + " ký tự.");
        }
        return answered(id, desk.discard(id, reason, Caller.of(caller)));
    }

    /** Replaces a wrong code or date in all chosen letters. */
    @POST
    @Path("/corrections")
    public LetterDesk.Report correct(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Correction.class)))
                    @Nullable
                    JsonNode body,
            @Context SecurityContext caller)
            throws SQLException {
        if (body == null) {
            throw new BadRequestException("Cần một đối tượng JSON.");
        }
        Selection selection = Selection.read(body);
        UnitCorrection correction = UnitCorrection.read(body);
        requireOpenGate();
        return desk.correct(
                selection, correction, Caller.of(caller), body.path("dryRun").asBoolean());
    }

    /** What a redrive would do now; changes nothing. */
    @POST
    @Path("/dry-run")
    public Redriver.Report dryRun(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Chosen.class))) @Nullable
                    JsonNode body,
            @Context SecurityContext caller) {
        return run(body, caller, true);
    }

    /** Tries the chosen letters again, in order. */
    @POST
    @Path("/redrive")
    public Redriver.Report redrive(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Chosen.class))) @Nullable
                    JsonNode body,
            @Context SecurityContext caller) {
        return run(body, caller, false);
    }

    private Redriver.Report run(@Nullable JsonNode body, SecurityContext caller, boolean rehearsal) {
        Selection selection = Selection.read(body);
        requireOpenGate();
        try {
            return redriver.run(selection, Caller.of(caller), rehearsal);
        } catch (SQLException away) {
            LOG.warn("Redrive interrupted", away);
            throw new ServiceUnavailableException(
                    "Một cơ sở dữ liệu tạm thời không trả lời. Thư chưa xong vẫn còn mở: hãy thử lại sau.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException("Dịch vụ đang dừng.");
        }
    }

    private void requireOpenGate() {
        if (plans.current().isEmpty() || !gate.hasOpened()) {
            throw new ServiceUnavailableException("Dịch vụ chưa sẵn sàng áp dụng bản tin: hãy thử lại sau.");
        }
    }

    private LetterDesk.Case answered(long id, LetterDesk.Answer answer) throws SQLException {
        return switch (answer.outcome()) {
            case DONE -> deadLetter(id);
            case UNKNOWN -> throw unknown(id);
            case CLOSED -> throw new ClientErrorException(answer.why(), Response.Status.CONFLICT);
            case INVALID -> throw new ClientErrorException(answer.why(), 422);
        };
    }

    private static NotFoundException unknown(long id) {
        return new NotFoundException("Không có thư " + id + ".");
    }
}
