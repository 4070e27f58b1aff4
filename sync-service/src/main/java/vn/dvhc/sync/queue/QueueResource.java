package vn.dvhc.sync.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import vn.dvhc.right.Call;
import vn.dvhc.sync.audit.Caller;
import vn.dvhc.sync.mandate.Mandate;
import vn.dvhc.sync.mandate.Mandates;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.unit.UnitId;

/**
 * Records of split units that wait for a clerk: seen, put into a unit, taken back. Clerks and provinces see what their predecessors
 * held, and put it into their own units only.
 */
@Path("/v1/queue")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Mandate.OPERATOR, Mandate.OFFICER})
public class QueueResource {

    private static final Logger LOG = Logger.getLogger(QueueResource.class);

    /** Stands between the parts of a key of several columns in an address. */
    private static final String BETWEEN_PARTS = "|";

    private final Queue queue;
    private final QueueDesk desk;
    private final Plans plans;
    private final Gate gate;
    private final Mandates mandates;
    private final SecurityIdentity identity;

    @Inject
    QueueResource(Queue queue, QueueDesk desk, Plans plans, Gate gate, Mandates mandates, SecurityIdentity identity) {
        this.queue = queue;
        this.desk = desk;
        this.plans = plans;
        this.gate = gate;
        this.mandates = mandates;
        this.identity = identity;
    }

    /** A record by its key. */
    @Schema(name = "QueueKey")
    public record Key(String dataset, String key) {}

    /** @param locality as {@code GET /v1/queue/groups} tells it; null for records that bear none */
    @Schema(name = "QueueGroupKey")
    public record GroupKey(
            String unit,
            @Nullable String locality,
            @Nullable String dataset) {}

    /** At least one of these. */
    @Schema(name = "QueueFilter")
    public record Chosen(
            @Nullable String dataset,
            @Nullable String unit,
            @Nullable String candidate,
            @Nullable String home,
            @Nullable String locality,
            @Nullable String enactment) {}

    /**
     * Exactly one of {@code records} (at most 1,000), {@code group} and {@code filter}.
     *
     * @param to id of the unit
     * @param reason required, at most 1,000 characters
     * @param dryRun whether only to tell what would become of them
     * @param limit 1 to 20,000, which it is if missing
     */
    @Schema(name = "QueueAssignment")
    public record Assignment(
            @Nullable List<Key> records,
            @Nullable GroupKey group,
            @Nullable Chosen filter,
            String to,
            String reason,
            @Nullable Boolean dryRun,
            @Nullable Integer limit) {}

    /** Exactly one of {@code records} and {@code assignment}, the id that the answer to an assignment bore. */
    @Schema(name = "QueueUndoing")
    public record Undoing(
            @Nullable List<Key> records,
            @Nullable String assignment,
            String reason,
            @Nullable Boolean dryRun,
            @Nullable Integer limit) {}

    /**
     * Database by database, the longest waiting of each first; {@code cursor} is that of the last record of the page before.
     * {@code locality} is found within theirs.
     */
    @GET
    public List<QueuedRecord> queue(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("dataset") @Nullable String dataset,
            @QueryParam("unit") @Nullable String unit,
            @QueryParam("candidate") @Nullable String candidate,
            @QueryParam("home") @Nullable String home,
            @QueryParam("locality") @Nullable String locality,
            @QueryParam("enactment") @Nullable String enactment,
            @QueryParam("cursor") @Nullable String cursor) {
        return queue.list(
                QueueRequest.of(dataset, unit, candidate, home, locality, enactment)
                        .within(mandates.units(identity, Call.READ_QUEUE)),
                QueueCursor.parse(cursor),
                limit);
    }

    /** By unit and locality, the largest first: most clerks decide a whole hamlet at once. */
    @GET
    @Path("/groups")
    public List<Queue.Group> groups(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("dataset") @Nullable String dataset,
            @QueryParam("unit") @Nullable String unit,
            @QueryParam("candidate") @Nullable String candidate,
            @QueryParam("home") @Nullable String home,
            @QueryParam("locality") @Nullable String locality,
            @QueryParam("enactment") @Nullable String enactment) {
        return queue.groups(
                QueueRequest.of(dataset, unit, candidate, home, locality, enactment)
                        .within(mandates.units(identity, Call.READ_QUEUE)),
                limit);
    }

    /**
     * A record that waits, or was handed over: what speaks for each unit, how it was decided, who decided. A key may hold slashes;
     * the parts of a key of several columns are parted by {@code |}.
     */
    @GET
    @Path("/{dataset}/{key: .+}")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "403", description = "It is and was of no unit of the caller")
    @APIResponse(responseCode = "404", description = "No ledger of a database that answers knows such a record")
    public Queue.Case record(@RestPath String dataset, @RestPath String key) {
        Queue.Case found = queue.find(dataset, key(dataset, key))
                .orElseThrow(() -> new NotFoundException(
                        "Không có hồ sơ " + key + " của " + dataset + " trong sổ bàn giao nào đang trả lời."));
        mandates.requireOneOf(identity, Call.READ_QUEUE, found.units());
        return found;
    }

    /** Puts records into one of their candidates; they are re-coded where they live and the copies follow. */
    @POST
    @Path("/assign")
    @APIResponse(
            responseCode = "200",
            description = "Done, at least for some",
            content = @Content(schema = @Schema(implementation = QueueDesk.Report.class)))
    @APIResponse(responseCode = "403", description = "The unit is not the caller's own, nor below it")
    @APIResponse(responseCode = "422", description = "Refused for all, with the reason for the first")
    public QueueDesk.Report assign(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Assignment.class)))
                    @Nullable
                    JsonNode body,
            @Context SecurityContext caller) {
        QueueRequest request = QueueRequest.toAssign(body);
        UnitId to = QueueRequest.to(body);
        mandates.requireOwn(identity, Call.DECIDE_QUEUE, to);
        List<String> units = mandates.units(identity, Call.DECIDE_QUEUE);
        return answered(422, () -> desk.assign(request, to, Caller.of(caller), units));
    }

    /** Takes back what persons decided, of records that were not changed since. */
    @POST
    @Path("/undo")
    @APIResponse(
            responseCode = "200",
            description = "Done, at least for some",
            content = @Content(schema = @Schema(implementation = QueueDesk.Report.class)))
    @APIResponse(responseCode = "409", description = "Refused for all, with the reason for the first")
    public QueueDesk.Report undo(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Undoing.class)))
                    @Nullable
                    JsonNode body,
            @Context SecurityContext caller) {
        QueueRequest request = QueueRequest.toUndo(body);
        List<String> units = mandates.units(identity, Call.DECIDE_QUEUE);
        return answered(Response.Status.CONFLICT.getStatusCode(), () -> desk.undo(request, Caller.of(caller), units));
    }

    /** Work that needs the databases. */
    @FunctionalInterface
    private interface Work {
        QueueDesk.Report run() throws SQLException, InterruptedException;
    }

    private QueueDesk.Report answered(int refusal, Work work) {
        if (plans.current().isEmpty() || !gate.hasOpened()) {
            throw new ServiceUnavailableException("Dịch vụ chưa sẵn sàng: hãy thử lại sau.");
        }
        QueueDesk.Report report;
        try {
            report = work.run();
        } catch (SQLException away) {
            LOG.warn("Queue request interrupted", away);
            throw new ServiceUnavailableException("Cơ sở dữ liệu tạm thời không trả lời: hãy thử lại sau.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ServiceUnavailableException("Dịch vụ đang dừng.");
        }
        if (!report.dryRun() && report.done() == 0 && report.refused() > 0) {
            throw new ClientErrorException(report.refusals().get(0).why(), refusal);
        }
        return report;
    }

    private String key(String dataset, String key) {
        int parts = plans.current()
                .flatMap(plan -> plan.dataset(dataset))
                .map(known -> known.key().size())
                .orElse(1);
        if (parts == 1) {
            return key;
        }
        String[] given = key.split("\\" + BETWEEN_PARTS, -1);
        if (given.length != parts) {
            throw new BadRequestException("Khoá của " + dataset + " gồm " + parts + " phần, ngăn nhau bằng |.");
        }
        return String.join(Dataset.KEY_SEPARATOR, given);
    }
}
