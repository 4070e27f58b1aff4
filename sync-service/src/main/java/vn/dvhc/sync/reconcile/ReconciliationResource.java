package vn.dvhc.sync.reconcile;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import vn.dvhc.right.Call;
import vn.dvhc.sync.mandate.Mandate;
import vn.dvhc.sync.mandate.Mandates;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** Asking whether the levels are equal, and having them made so. Whoever acts for a unit reads what concerns it, and runs nothing. */
@Path("/v1/reconciliations")
@Blocking
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Mandate.OPERATOR, Mandate.OFFICER})
public class ReconciliationResource {

    /** Shorter than the door waits for a silent service. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);

    private final ReconciliationStore store;
    private final Reconciler reconciler;
    private final Plans plans;
    private final UnitKnowledge knowledge;
    private final Mandates mandates;
    private final SecurityIdentity identity;

    @Inject
    ReconciliationResource(
            ReconciliationStore store,
            Reconciler reconciler,
            Plans plans,
            UnitKnowledge knowledge,
            Mandates mandates,
            SecurityIdentity identity) {
        this.store = store;
        this.reconciler = reconciler;
        this.plans = plans;
        this.knowledge = knowledge;
        this.mandates = mandates;
        this.identity = identity;
    }

    /**
     * What to compare; what is missing is not narrowed.
     *
     * @param units codes of the present, or ids
     * @param repair whether what differs is re-emitted; false if missing
     * @param waits whether the answer waits for the end, at most 25 seconds
     */
    @Schema(name = "ReconciliationRequest")
    public record Request(
            @Nullable List<String> datasets,
            @Nullable List<String> sources,
            @Nullable List<String> copies,
            @Nullable List<String> units,
            @Nullable Boolean repair,
            @JsonProperty("wait") @Nullable Boolean waits) {}

    /**
     * A run.
     *
     * @param state {@code queued}, {@code running}, {@code done}, {@code cancelled} or {@code failed}
     * @param rowsExpected by estimate, both ends; grows as tables are opened
     */
    @Schema(name = "Reconciliation")
    public record Body(
            long id,
            String state,
            boolean scheduled,
            String askedBy,
            List<String> datasets,
            List<String> sources,
            List<String> copies,
            List<String> units,
            boolean repair,
            long rowsRead,
            long rowsExpected,
            String askedAt,
            @Nullable String startedAt,
            @Nullable String finishedAt) {

        static Body of(ReconciliationStore.Kept kept) {
            Scope scope = kept.scope();
            return new Body(
                    kept.id(),
                    kept.state(),
                    kept.scheduled(),
                    kept.askedBy(),
                    scope.datasets(),
                    scope.sources(),
                    scope.copies(),
                    scope.units(),
                    scope.repair(),
                    kept.rowsRead(),
                    kept.rowsExpected(),
                    kept.askedAt(),
                    kept.startedAt(),
                    kept.finishedAt());
        }
    }

    /**
     * One owner's dataset with one copy.
     *
     * @param state as {@link PairResult.State} names them, in small letters
     * @param unreadable records of the owner that the stream refuses, since nobody can read their unit
     * @param open differences that are not repaired
     * @param notCompared columns that leave their tier not at all, or under a pseudonym
     * @param ownerPosition end of the owner's log at the moment that was read
     */
    @Schema(name = "ReconciledPair")
    public record Pair(
            String dataset,
            String source,
            String copy,
            String state,
            long ownerRows,
            long copyRows,
            long unreadable,
            int units,
            long missing,
            long extra,
            long different,
            long late,
            long repaired,
            long open,
            List<String> notCompared,
            @Nullable Long ownerPosition,
            @Nullable String ownerReadAt,
            @Nullable String copyReadAt,
            double seconds) {

        static Pair of(PairResult result) {
            return new Pair(
                    result.dataset(),
                    result.source(),
                    result.copy(),
                    result.state().word(),
                    result.ownerRows(),
                    result.copyRows(),
                    result.unreadable(),
                    result.units(),
                    result.missing(),
                    result.extra(),
                    result.different(),
                    result.late(),
                    result.repaired(),
                    result.open(),
                    result.notCompared(),
                    result.ownerPosition(),
                    result.ownerReadAt(),
                    result.copyReadAt(),
                    result.seconds());
        }
    }

    /** A run with what was compared so far. */
    @Schema(name = "ReconciliationDetail")
    public record Detail(Body reconciliation, List<Pair> pairs) {}

    /** @param next the cursor of the next page; null after the last */
    @Schema(name = "Reconciliations")
    public record Page(List<Body> reconciliations, @Nullable Long next) {}

    /**
     * A present unit of a pair.
     *
     * @param unit its id; its bare code where a dataset is not re-coded; {@code unreadable} for records that bear none
     */
    @Schema(name = "ReconciledUnit")
    public record UnitBody(
            String unit,
            @Nullable String code,
            @Nullable String name,
            String dataset,
            String source,
            String copy,
            long ownerRows,
            long copyRows,
            long missing,
            long extra,
            long different,
            long late,
            long repaired) {}

    /** @param next the cursor of the next page; null after the last */
    @Schema(name = "ReconciledUnits")
    public record Units(List<UnitBody> units, @Nullable String next) {}

    /**
     * A record that differs.
     *
     * @param key its parts, if it has several, are separated by U+001F
     * @param kind {@code missing}, {@code extra}, {@code different} or {@code late}
     * @param ownerHash checksum of what is compared, as text; null if its owner lacks it
     * @param columns names of those that differ; no values
     * @param repair as {@link Difference.Repair} names them
     */
    @Schema(name = "RecordDifference")
    public record DifferenceBody(
            String dataset,
            String source,
            String copy,
            String key,
            String kind,
            String unit,
            @Nullable String ownerHash,
            @Nullable String copyHash,
            List<String> columns,
            String repair) {

        static DifferenceBody of(ReconciliationStore.DifferenceLine line) {
            return new DifferenceBody(
                    line.dataset(),
                    line.source(),
                    line.copy(),
                    line.key(),
                    line.kind(),
                    line.unit(),
                    line.ownerHash() == null ? null : line.ownerHash().toString(),
                    line.copyHash() == null ? null : line.copyHash().toString(),
                    line.columns(),
                    line.repair());
        }
    }

    /** @param next the cursor of the next page; null after the last */
    @Schema(name = "RecordDifferences")
    public record Differences(
            List<DifferenceBody> differences, @Nullable Long next) {}

    @POST
    @APIResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = Body.class)))
    public Response ask(
            @RequestBody(content = @Content(schema = @Schema(implementation = Request.class))) @Nullable
                    JsonNode request,
            @Context SecurityContext caller)
            throws SQLException, InterruptedException {
        mandates.requireEverywhere(identity, Call.RUN_RECONCILIATIONS);
        boolean waits = ReconciliationRequest.flag(request, "wait");
        Scope scope = new ReconciliationRequest(plan(), knowledge.state().timeline()).scope(request);
        long id = store.ask(scope, false, caller.getUserPrincipal().getName());
        reconciler.wake();
        ReconciliationStore.Kept kept = waits ? waitFor(id) : known(id);
        return Response.accepted(Body.of(kept))
                .location(URI.create("/v1/reconciliations/" + id))
                .build();
    }

    private ReconciliationStore.Kept waitFor(long id) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        ReconciliationStore.Kept kept = known(id);
        while (!kept.isOver() && System.nanoTime() < deadline) {
            Thread.sleep(50);
            kept = known(id);
        }
        return kept;
    }

    @GET
    public Page all(
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("cursor") @Nullable Long cursor)
            throws SQLException {
        mandates.units(identity, Call.READ_RECONCILIATIONS);
        plan();
        List<ReconciliationStore.Kept> found = store.latest(cursor == null ? Long.MAX_VALUE : cursor, limit);
        return new Page(
                found.stream().map(Body::of).toList(),
                found.size() < limit ? null : Long.valueOf(found.get(limit - 1).id()));
    }

    @GET
    @Path("/{id}")
    public Detail one(@RestPath long id) throws SQLException {
        Set<String> seen = mandates.sources(identity, Call.READ_RECONCILIATIONS);
        return new Detail(
                Body.of(known(id)),
                store.pairs(id).stream()
                        .filter(pair -> seen == null || seen.contains(pair.source()))
                        .map(Pair::of)
                        .toList());
    }

    /** @param differing whether only units with differences are wanted */
    @GET
    @Path("/{id}/units")
    public Units units(
            @RestPath long id,
            @QueryParam("dataset") @Nullable String dataset,
            @QueryParam("source") @Nullable String source,
            @QueryParam("copy") @Nullable String copy,
            @QueryParam("unit") @Nullable String unit,
            @QueryParam("differing") @DefaultValue("false") boolean differing,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("cursor") @DefaultValue("") String cursor)
            throws SQLException {
        List<String> held = mandates.units(identity, Call.READ_RECONCILIATIONS);
        known(id);
        List<ReconciliationStore.UnitLine> found = store.units(
                id, new ReconciliationStore.Filter(null, dataset, source, copy, unit, held), differing, cursor, limit);
        Timeline timeline = knowledge.state().timeline();
        return new Units(
                found.stream().map(line -> body(timeline, line)).toList(),
                found.size() < limit ? null : place(found.get(limit - 1)));
    }

    private static String place(ReconciliationStore.UnitLine line) {
        return String.join("/", line.unit(), line.dataset(), line.source(), line.copy());
    }

    private static UnitBody body(Timeline timeline, ReconciliationStore.UnitLine line) {
        Optional<Unit> unit = line.unit().contains("@")
                ? timeline.find(UnitId.parse(line.unit())).map(history -> history.last())
                : Optional.empty();
        return new UnitBody(
                line.unit(),
                unit.map(known -> known.code().value()).orElse(null),
                unit.map(Unit::fullName).orElse(null),
                line.dataset(),
                line.source(),
                line.copy(),
                line.ownerRows(),
                line.copyRows(),
                line.missing(),
                line.extra(),
                line.different(),
                line.late(),
                line.repaired());
    }

    @GET
    @Path("/{id}/differences")
    public Differences differences(
            @RestPath long id,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("dataset") @Nullable String dataset,
            @QueryParam("source") @Nullable String source,
            @QueryParam("copy") @Nullable String copy,
            @QueryParam("unit") @Nullable String unit,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("cursor") @DefaultValue("0") long cursor)
            throws SQLException {
        List<String> held = mandates.units(identity, Call.READ_RECONCILIATIONS);
        known(id);
        List<ReconciliationStore.DifferenceLine> found = store.differences(
                id, new ReconciliationStore.Filter(kind, dataset, source, copy, unit, held), cursor, limit);
        return new Differences(
                found.stream().map(DifferenceBody::of).toList(),
                found.size() < limit ? null : Long.valueOf(found.get(limit - 1).id()));
    }

    /** Stops a run; what it has compared stays. */
    @DELETE
    @Path("/{id}")
    @APIResponse(responseCode = "202")
    public Response cancel(@RestPath long id) throws SQLException {
        mandates.requireEverywhere(identity, Call.RUN_RECONCILIATIONS);
        known(id);
        if (!store.cancel(id)) {
            throw new ClientErrorException("Lần đối soát " + id + " đã kết thúc.", Response.Status.CONFLICT);
        }
        return Response.accepted().build();
    }

    private Plan plan() {
        return plans.current()
                .orElseThrow(() -> new NotFoundException("Chưa có nguồn dữ liệu nào được khai báo để đối soát."));
    }

    private ReconciliationStore.Kept known(long id) throws SQLException {
        plan();
        return store.find(id).orElseThrow(() -> new NotFoundException("Không có lần đối soát nào mang số " + id + "."));
    }
}
