package vn.dvhc.sync.reconcile;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.right.Call;
import vn.dvhc.sync.apply.LagMeter;
import vn.dvhc.sync.mandate.Mandate;
import vn.dvhc.sync.mandate.Mandates;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

/** How fresh and how equal the records of each commune are. */
@Path("/v1/sync/communes")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Mandate.OPERATOR, Mandate.OFFICER})
public class CommuneResource {

    private final Plans plans;
    private final UnitKnowledge knowledge;
    private final LagMeter lag;
    private final BusinessClock clock;
    private final ReconciliationStore store;
    private final Mandates mandates;
    private final SecurityIdentity caller;

    @Inject
    CommuneResource(
            Plans plans,
            UnitKnowledge knowledge,
            LagMeter lag,
            BusinessClock clock,
            ReconciliationStore store,
            Mandates mandates,
            SecurityIdentity caller) {
        this.plans = plans;
        this.knowledge = knowledge;
        this.lag = lag;
        this.clock = clock;
        this.store = store;
        this.mandates = mandates;
        this.caller = caller;
    }

    /**
     * One dataset of a commune.
     *
     * @param lastCommittedAt when an owner committed the latest change that the nation holds; null since this service started
     * @param lastVisibleAt when that change was visible in the nation
     * @param rows its records at their owners, as last compared; null before the first reconciliation
     * @param open records that differ in some copy and were not repaired, as last compared
     */
    @Schema(name = "CommuneDataset")
    public record InDataset(
            String dataset,
            @Nullable String lastCommittedAt,
            @Nullable String lastVisibleAt,
            @Nullable Long rows,
            @Nullable Long open) {}

    /**
     * A commune of the present.
     *
     * @param province its code
     * @param datasets those of which it has records or changes
     */
    @Schema(name = "CommuneStatus")
    public record Commune(
            String unit, String code, String name, @Nullable String province, List<InDataset> datasets) {}

    /** @param next the cursor of the next page; null after the last */
    @Schema(name = "CommuneStatuses")
    public record Communes(List<Commune> communes, @Nullable String next) {}

    /** A dataset of a line. */
    private record Place(String line, String dataset) {}

    /**
     * The communes in order of code; whoever acts for a unit sees theirs only.
     *
     * @param province code of the present; all if missing
     * @param dataset all if missing
     */
    @GET
    public Communes communes(
            @QueryParam("province") @Nullable String province,
            @QueryParam("dataset") @Nullable String dataset,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("cursor") @DefaultValue("") String cursor)
            throws SQLException {
        Plan plan = plans.current().orElse(null);
        UnitKnowledge.State state = knowledge.state();
        if (plan == null) {
            return new Communes(List.of(), null);
        }
        List<String> held = mandates.units(caller, Call.READ_COMMUNES);
        Set<String> seen = held == null ? null : Set.copyOf(held);
        List<Unit> page = state.timeline().units(state.lastDay(), Level.COMMUNE, null).stream()
                .filter(unit -> unit.code().value().compareTo(cursor) > 0)
                .filter(unit -> province == null
                        || province(state.timeline(), state.lastDay(), unit)
                                .filter(province::equals)
                                .isPresent())
                .filter(unit -> seen == null || seen.contains(unit.id().toString()))
                .sorted(Comparator.comparing(unit -> unit.code().value()))
                .limit(limit)
                .toList();
        List<Dataset> datasets = plan.datasets().stream()
                .filter(known -> dataset == null || dataset.equals(known.name()))
                .toList();
        Map<Place, LagMeter.Latest> changes = changes(datasets, state);
        Map<Place, long[]> compared = compared(page);
        return new Communes(
                page.stream()
                        .map(unit -> commune(state, unit, datasets, changes, compared))
                        .toList(),
                page.size() < limit ? null : page.get(limit - 1).code().value());
    }

    private static Optional<String> province(Timeline timeline, LocalDate day, Unit unit) {
        Optional<Unit> above = Optional.of(unit);
        while (above.isPresent() && above.get().parent() != null) {
            above = timeline.find(above.get().parent()).flatMap((UnitHistory history) -> history.at(day));
        }
        return above.map(province -> province.code().value());
    }

    private Map<Place, LagMeter.Latest> changes(List<Dataset> datasets, UnitKnowledge.State state) {
        Map<String, PresentUnits> units = new HashMap<>();
        datasets.forEach(dataset -> units.put(dataset.name(), new PresentUnits(dataset, state, clock.today())));
        Map<Place, LagMeter.Latest> changes = new HashMap<>();
        lag.bearings().forEach((bearing, latest) -> {
            PresentUnits present = units.get(bearing.dataset());
            if (present != null) {
                changes.merge(
                        new Place(present.line(bearing.code(), bearing.vintage(), List.of()), bearing.dataset()),
                        latest,
                        LagMeter.Latest::or);
            }
        });
        return changes;
    }

    /** Rows and open differences. */
    private Map<Place, long[]> compared(List<Unit> page) throws SQLException {
        List<String> lines = new ArrayList<>();
        page.forEach(unit -> {
            lines.add(unit.id().toString());
            lines.add(unit.code().value());
        });
        Map<Place, long[]> compared = new HashMap<>();
        for (ReconciliationStore.UnitState unit : store.latestUnits(lines)) {
            long[] sums = compared.computeIfAbsent(new Place(unit.unit(), unit.dataset()), place -> new long[2]);
            sums[0] += unit.rows();
            sums[1] += unit.open();
        }
        return compared;
    }

    private static Commune commune(
            UnitKnowledge.State state,
            Unit unit,
            List<Dataset> datasets,
            Map<Place, LagMeter.Latest> changes,
            Map<Place, long[]> compared) {
        List<InDataset> known = new ArrayList<>();
        for (Dataset dataset : datasets) {
            Place place = new Place(
                    dataset.isRecoded() ? unit.id().toString() : unit.code().value(), dataset.name());
            LagMeter.Latest latest = changes.get(place);
            long[] sums = compared.get(place);
            if (latest != null || sums != null) {
                known.add(new InDataset(
                        dataset.name(),
                        latest == null ? null : latest.committedAt().toString(),
                        latest == null ? null : latest.visibleAt().toString(),
                        sums == null ? null : Long.valueOf(sums[0]),
                        sums == null ? null : Long.valueOf(sums[1])));
            }
        }
        return new Commune(
                unit.id().toString(),
                unit.code().value(),
                unit.fullName(),
                province(state.timeline(), state.lastDay(), unit).orElse(null),
                known);
    }
}
