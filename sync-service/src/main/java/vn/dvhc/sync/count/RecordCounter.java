package vn.dvhc.sync.count;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** Counts records in the databases that own them, one statement a database and dataset. Blocks: call it from a worker. */
@Singleton
public class RecordCounter {

    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final SyncConfig config;

    @Inject
    RecordCounter(Plans plans, Databases databases, UnitKnowledge knowledge, SyncConfig config) {
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.config = config;
    }

    /**
     * Records of one unit, dataset and locality in one database.
     *
     * @param code the unit, as it was asked for
     * @param vintage ISO date
     * @param locality hamlet, street or parcel as the records name it; null where they name none
     */
    @Schema(name = "RecordCount")
    public record Count(
            String source,
            String tier,
            String dataset,
            String code,
            String vintage,
            @Nullable String locality,
            long records) {}

    /** @param truncated whether there was more than an answer may hold */
    public record Counts(List<Count> counts, boolean truncated, List<UnitRef> unknown) {}

    /**
     * Counts the present records of units, whatever code and vintage denote them in a record. Databases whose province has
     * ended are left out: their records live in the successor's.
     */
    public Counts count(List<UnitRef> units) throws SQLException {
        Plan plan = plans.current().orElse(null);
        if (plan == null) {
            return new Counts(List.of(), false, List.of());
        }
        Timeline timeline = knowledge.state().timeline();
        Readings readings = Readings.of(timeline, units);
        int limit = config.recordCounts().limit();
        List<Count> counts = new ArrayList<>();
        for (Source source : homes(plan, Homes.of(plan, timeline))) {
            for (Dataset dataset : plan.ownedBy(source)) {
                counts.addAll(count(source, dataset, readings, limit + 1 - counts.size()));
                if (counts.size() > limit) {
                    return new Counts(counts.subList(0, limit), true, readings.unknown());
                }
            }
        }
        return new Counts(counts, false, readings.unknown());
    }

    private static List<Source> homes(Plan plan, Homes homes) {
        return plan.sources().stream()
                .filter(source -> homes.newHome(source).isEmpty())
                .toList();
    }

    /**
     * How many records of units live in a database that serves another province than the unit's, which has one of its own. Nothing but
     * datasets that are re-coded counts: others stay where they are. Takes its time, without the limits of an answer.
     */
    public long elsewhere(Collection<UnitId> units) throws SQLException {
        Plan plan = plans.current().orElse(null);
        if (plan == null) {
            return 0;
        }
        Timeline timeline = knowledge.state().timeline();
        Homes homes = Homes.of(plan, timeline);
        long records = 0;
        for (Source source : homes(plan, homes)) {
            Readings others = Readings.of(
                    timeline,
                    units.stream()
                            .filter(unit -> homes.isServedElsewhere(source, unit))
                            .map(unit -> new UnitRef(unit.codeAtBirth(), unit.born()))
                            .toList());
            if (others.ranges().isEmpty()) {
                continue;
            }
            for (Dataset dataset : plan.ownedBy(source)) {
                records += dataset.isRecoded() ? all(source, dataset, others) : 0;
            }
        }
        return records;
    }

    private long all(Source source, Dataset dataset, Readings readings) throws SQLException {
        return databases
                .asOwner(
                        source,
                        connection -> Statements.query(
                                connection,
                                "SELECT coalesce(sum(counted.count), 0) FROM ("
                                        + new DatasetSql(dataset).countByLocality(source) + ") counted",
                                row -> row.getLong(1),
                                rows(readings),
                                Integer.MAX_VALUE))
                .get(0);
    }

    private static Rows rows(Readings readings) {
        Rows ranges = new Rows(4);
        readings.ranges()
                .forEach(range -> ranges.add(
                        Integer.toString(range.unit()),
                        range.code(),
                        range.from().toString(),
                        range.to() == null ? null : range.to().toString()));
        return ranges;
    }

    private List<Count> count(Source source, Dataset dataset, Readings readings, int limit) throws SQLException {
        return databases.asOwner(source, (Connection connection) -> {
            Statements.query(
                    connection,
                    "SELECT set_config('statement_timeout', ?, true)",
                    row -> row.getString(1),
                    Long.toString(config.recordCounts().timeout().toMillis()));
            return Statements.query(
                    connection,
                    new DatasetSql(dataset).countByLocality(source),
                    row -> read(source, dataset, readings, row),
                    rows(readings),
                    limit);
        });
    }

    private static Count read(Source source, Dataset dataset, Readings readings, ResultSet row) throws SQLException {
        UnitRef unit = readings.asked().get(row.getInt(1));
        return new Count(
                source.name(),
                source.tier().label(),
                dataset.name(),
                unit.code().value(),
                String.valueOf(unit.vintage()),
                row.getString(2),
                row.getLong(3));
    }
}
