package vn.dvhc.sync.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;

/** Runs and their results, in the national database. Blocks: call it from a worker. */
@Singleton
class ReconciliationStore {

    private static final String RUN =
            "SELECT id, state, scheduled, asked_by, scope, rows_read, rows_expected, asked_at, started_at, finished_at"
                    + " FROM sync.reconciliation";

    private static final String PAIR =
            "p.dataset, p.source, p.copy, p.state, p.partial, p.owner_rows, p.copy_rows, p.unreadable, p.units, p.missing,"
                    + " p.extra, p.different, p.late, p.repaired, p.lacking, p.not_compared, p.owner_position,"
                    + " p.owner_read_at, p.copy_read_at, p.seconds, p.run";

    private static final String LATEST =
            "SELECT DISTINCT ON (p.dataset, p.source, p.copy) " + PAIR + " FROM sync.reconciliation_pair p"
                    + " WHERE NOT p.partial AND p.state IN ('equal', 'different')"
                    + " ORDER BY p.dataset, p.source, p.copy, p.run DESC";

    /** Of each pair's latest comparison: rows and differences by unit, the unit's differences of all its pairs added up. */
    private static final String LATEST_UNITS =
            "SELECT u.unit, u.dataset, u.source, max(u.owner_rows), sum(u.missing + u.extra + u.different - u.repaired)"
                    + " FROM (SELECT DISTINCT ON (dataset, source, copy) run, dataset, source, copy"
                    + " FROM sync.reconciliation_pair WHERE NOT partial AND state IN ('equal', 'different')"
                    + " ORDER BY dataset, source, copy, run DESC) p JOIN sync.reconciliation_unit u"
                    + " USING (run, dataset, source, copy) WHERE u.unit = ANY (?::text[]) GROUP BY 1, 2, 3";

    private static final List<String> UNIT_COLUMNS = List.of(
            "run",
            "dataset",
            "source",
            "copy",
            "unit",
            "owner_rows",
            "copy_rows",
            "missing",
            "extra",
            "different",
            "late",
            "repaired");

    private static final List<String> DIFFERENCE_COLUMNS = List.of(
            "run",
            "dataset",
            "source",
            "copy",
            "record_key",
            "kind",
            "unit",
            "owner_hash",
            "copy_hash",
            "columns",
            "repair");

    private final Databases databases;
    private final Plans plans;
    private final ObjectMapper json;

    @Inject
    ReconciliationStore(Databases databases, Plans plans, ObjectMapper json) {
        this.databases = databases;
        this.plans = plans;
        this.json = json;
    }

    /** A run as it is kept. */
    record Kept(
            long id,
            String state,
            boolean scheduled,
            String askedBy,
            Scope scope,
            long rowsRead,
            long rowsExpected,
            String askedAt,
            @Nullable String startedAt,
            @Nullable String finishedAt) {

        boolean isOver() {
            return !state.equals("queued") && !state.equals("running");
        }
    }

    /** One line of the units of a run. */
    record UnitLine(
            String dataset,
            String source,
            String copy,
            String unit,
            long ownerRows,
            long copyRows,
            long missing,
            long extra,
            long different,
            long late,
            long repaired) {}

    /** One difference of a run. */
    record DifferenceLine(
            long id,
            String dataset,
            String source,
            String copy,
            String key,
            String kind,
            String unit,
            @Nullable Long ownerHash,
            @Nullable Long copyHash,
            List<String> columns,
            String repair) {}

    /**
     * What to list; null is everything.
     *
     * @param units ids of those that may be seen at all
     */
    record Filter(
            @Nullable String kind,
            @Nullable String dataset,
            @Nullable String source,
            @Nullable String copy,
            @Nullable String unit,
            @Nullable List<String> units) {}

    /** A unit's records and open differences, as last compared. */
    record UnitState(String unit, String dataset, String source, long rows, long open) {}

    long ask(Scope scope, boolean scheduled, String askedBy) throws SQLException {
        return national(connection -> Statements.query(
                        connection,
                        "INSERT INTO sync.reconciliation (state, scheduled, asked_by, scope)"
                                + " VALUES ('queued', ?, ?, ?) RETURNING id",
                        row -> row.getLong(1),
                        scheduled,
                        askedBy,
                        written(scope)))
                .get(0);
    }

    Optional<Kept> find(long id) throws SQLException {
        return national(connection -> Statements.query(connection, RUN + " WHERE id = ?", this::kept, id)).stream()
                .findFirst();
    }

    /** The latest first. */
    List<Kept> latest(long before, int limit) throws SQLException {
        return national(connection -> Statements.query(
                connection, RUN + " WHERE id < ? ORDER BY id DESC LIMIT ?", this::kept, before, limit));
    }

    /** The one that has waited longest. */
    Optional<Kept> nextQueued() throws SQLException {
        return national(connection ->
                        Statements.query(connection, RUN + " WHERE state = 'queued' ORDER BY id LIMIT 1", this::kept))
                .stream()
                .findFirst();
    }

    /** When the latest scheduled one was asked for. */
    Optional<Instant> lastScheduled() throws SQLException {
        return national(connection -> Statements.query(
                        connection,
                        "SELECT extract(epoch FROM asked_at)::bigint FROM sync.reconciliation WHERE scheduled"
                                + " ORDER BY id DESC LIMIT 1",
                        row -> Instant.ofEpochSecond(row.getLong(1))))
                .stream()
                .findFirst();
    }

    /** Whoever holds the lock knows that no other run goes on. */
    void begin(long id) throws SQLException {
        write(
                "UPDATE sync.reconciliation SET state = 'failed', finished_at = clock_timestamp() WHERE state = 'running'"
                        + " AND id <> ?",
                id);
        write("UPDATE sync.reconciliation SET state = 'running', started_at = clock_timestamp() WHERE id = ?", id);
    }

    /** @return whether somebody wants it to stop */
    boolean progress(Run run) throws SQLException {
        return national(connection -> Statements.query(
                        connection,
                        "UPDATE sync.reconciliation SET rows_read = ?, rows_expected = ? WHERE id = ?"
                                + " RETURNING cancel_asked",
                        row -> row.getBoolean(1),
                        run.rowsRead(),
                        run.rowsExpected(),
                        run.id()))
                .stream()
                .anyMatch(Boolean::booleanValue);
    }

    void end(Run run, String state, int keep) throws SQLException {
        progress(run);
        write(
                "UPDATE sync.reconciliation SET state = ?, finished_at = clock_timestamp() WHERE id = ?",
                state,
                run.id());
        write(
                "DELETE FROM sync.reconciliation WHERE finished_at IS NOT NULL AND id NOT IN (SELECT id FROM"
                        + " sync.reconciliation WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT ?)",
                keep);
    }

    /** @return whether there was one that could be stopped */
    boolean cancel(long id) throws SQLException {
        return national(connection -> Statements.update(
                        connection,
                        "UPDATE sync.reconciliation SET cancel_asked = true,"
                                + " finished_at = CASE WHEN state = 'queued' THEN clock_timestamp() END,"
                                + " state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END"
                                + " WHERE id = ? AND state IN ('queued', 'running')",
                        id))
                > 0;
    }

    void finish(Run run, PairResult result, Map<String, UnitResult> units) throws SQLException {
        Rows lines = new Rows(UNIT_COLUMNS.size());
        units.forEach((unit, line) -> lines.add(
                Long.toString(run.id()),
                result.dataset(),
                result.source(),
                result.copy(),
                unit,
                Long.toString(line.ownerRows()),
                Long.toString(line.copyRows()),
                Long.toString(line.found().missing()),
                Long.toString(line.found().extra()),
                Long.toString(line.found().different()),
                Long.toString(line.found().late()),
                Long.toString(line.found().repaired())));
        national(connection -> {
            write(connection, run, result);
            return Statements.update(
                    connection,
                    "INSERT INTO sync.reconciliation_unit (" + String.join(", ", UNIT_COLUMNS)
                            + ") SELECT run::bigint, dataset, source, copy, unit, owner_rows::bigint, copy_rows::bigint,"
                            + " missing::bigint, extra::bigint, different::bigint, late::bigint, repaired::bigint FROM "
                            + Rows.unnest("v", UNIT_COLUMNS) + " ON CONFLICT DO NOTHING",
                    lines);
        });
    }

    private static void write(Connection connection, Run run, PairResult result) throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO sync.reconciliation_pair (run, dataset, source, copy, state, partial, owner_rows, copy_rows,"
                        + " unreadable, units, missing, extra, different, late, repaired, lacking, not_compared,"
                        + " owner_position, owner_read_at, copy_read_at, seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?, ?, ?, ?, ?::bigint, ?::timestamptz, ?::timestamptz, ?) ON CONFLICT DO NOTHING",
                run.id(),
                result.dataset(),
                result.source(),
                result.copy(),
                result.state().word(),
                result.partial(),
                result.ownerRows(),
                result.copyRows(),
                result.unreadable(),
                result.units(),
                result.missing(),
                result.extra(),
                result.different(),
                result.late(),
                result.repaired(),
                result.lacking(),
                result.notCompared(),
                result.ownerPosition(),
                result.ownerReadAt(),
                result.copyReadAt(),
                result.seconds());
    }

    void list(Run run, Dataset dataset, Source source, Source copy, List<Difference> differences) throws SQLException {
        Rows lines = new Rows(DIFFERENCE_COLUMNS.size());
        differences.forEach(difference -> lines.add(
                Long.toString(run.id()),
                dataset.name(),
                source.name(),
                copy.name(),
                difference.key(),
                difference.kind().word(),
                difference.unit(),
                difference.ownerHash() == null ? null : difference.ownerHash().toString(),
                difference.copyHash() == null ? null : difference.copyHash().toString(),
                String.join(",", difference.columns()),
                difference.repair().word()));
        write(
                "INSERT INTO sync.reconciliation_difference (" + String.join(", ", DIFFERENCE_COLUMNS)
                        + ") SELECT run::bigint, dataset, source, copy, record_key, kind, unit, owner_hash::bigint,"
                        + " copy_hash::bigint, string_to_array(columns, ','), repair FROM "
                        + Rows.unnest("v", DIFFERENCE_COLUMNS),
                lines);
    }

    List<PairResult> pairs(long id) throws SQLException {
        return national(connection -> Statements.query(
                connection,
                "SELECT " + PAIR + " FROM sync.reconciliation_pair p WHERE p.run = ? ORDER BY 1, 2, 3",
                ReconciliationStore::pair,
                id));
    }

    /** Of each pair the latest whole comparison that reached its end. */
    List<PairResult> latestPairs() throws SQLException {
        return plans.current().isEmpty()
                ? List.of()
                : national(connection -> Statements.query(connection, LATEST, ReconciliationStore::pair));
    }

    /** Units as last compared. */
    List<UnitState> latestUnits(List<String> units) throws SQLException {
        return national(connection -> Statements.query(
                connection,
                LATEST_UNITS,
                row -> new UnitState(
                        row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5)),
                units));
    }

    /** The run that finished last; it tells whether there is anything new. */
    OptionalLong lastFinished() throws SQLException {
        return national(connection -> Statements.query(
                        connection,
                        "SELECT max(id) FROM sync.reconciliation WHERE finished_at IS NOT NULL HAVING max(id) IS NOT NULL",
                        row -> row.getLong(1)))
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** The units of a run in their order, after one of them. */
    List<UnitLine> units(long id, Filter filter, boolean differing, String after, int limit) throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>(List.of(id));
        String where = where(filter, parameters);
        parameters.add(after);
        parameters.add(limit);
        return national(connection -> Statements.query(
                connection,
                "SELECT dataset, source, copy, unit, owner_rows, copy_rows, missing, extra, different, late, repaired"
                        + " FROM sync.reconciliation_unit WHERE run = ?" + where
                        + (differing ? " AND missing + extra + different > 0" : "")
                        + " AND concat_ws('/', unit, dataset, source, copy) COLLATE \"C\" > ?"
                        + " ORDER BY concat_ws('/', unit, dataset, source, copy) COLLATE \"C\" LIMIT ?",
                row -> new UnitLine(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10),
                        row.getLong(11)),
                parameters.toArray()));
    }

    /** The differences of a run in the order they were found, after one of them. */
    List<DifferenceLine> differences(long id, Filter filter, long after, int limit) throws SQLException {
        List<@Nullable Object> parameters = new ArrayList<>(List.of(id));
        String where = where(filter, parameters);
        if (filter.kind() != null) {
            where += " AND kind = ?";
            parameters.add(filter.kind());
        }
        String condition = where;
        parameters.add(after);
        parameters.add(limit);
        return national(connection -> Statements.query(
                connection,
                "SELECT id, dataset, source, copy, record_key, kind, unit, owner_hash, copy_hash, columns, repair"
                        + " FROM sync.reconciliation_difference WHERE run = ?" + condition
                        + " AND id > ? ORDER BY id LIMIT ?",
                row -> new DifferenceLine(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getObject(8, Long.class),
                        row.getObject(9, Long.class),
                        List.of((String[]) row.getArray(10).getArray()),
                        row.getString(11)),
                parameters.toArray()));
    }

    private static String where(Filter filter, List<@Nullable Object> parameters) {
        StringBuilder where = new StringBuilder();
        and(where, parameters, "dataset", filter.dataset());
        and(where, parameters, "source", filter.source());
        and(where, parameters, "copy", filter.copy());
        and(where, parameters, "unit", filter.unit());
        if (filter.units() != null) {
            where.append(" AND unit = ANY (?::text[])");
            parameters.add(filter.units());
        }
        return where.toString();
    }

    private static void and(
            StringBuilder where, List<@Nullable Object> parameters, String column, @Nullable String value) {
        if (value != null) {
            where.append(" AND ").append(column).append(" = ?");
            parameters.add(value);
        }
    }

    private Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getLong(1),
                row.getString(2),
                row.getBoolean(3),
                row.getString(4),
                read(row.getString(5)),
                row.getLong(6),
                row.getLong(7),
                String.valueOf(instant(row, 8)),
                instant(row, 9),
                instant(row, 10));
    }

    /** ISO, in UTC. */
    private static @Nullable String instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant().toString();
    }

    private static PairResult pair(ResultSet row) throws SQLException {
        return new PairResult(
                row.getLong(21),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                PairResult.State.of(row.getString(4)),
                row.getBoolean(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getInt(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14),
                row.getLong(15),
                List.of((String[]) row.getArray(16).getArray()),
                row.getObject(17, Long.class),
                instant(row, 18),
                instant(row, 19),
                row.getDouble(20));
    }

    private String written(Scope scope) {
        try {
            return json.writeValueAsString(scope);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Scope read(String scope) {
        try {
            return json.readValue(scope, Scope.class);
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException(notOurs);
        }
    }

    private void write(String sql, Object... parameters) throws SQLException {
        national(connection -> Statements.update(connection, sql, parameters));
    }

    private <T> T national(Databases.Work<T> work) throws SQLException {
        return databases.asOwner(plans.current().orElseThrow().nation(), work);
    }
}
