package vn.dvhc.sync.weight;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Statements;

/** What one database knows of divided units: which have changed, and the counts of its ledger. */
final class WeightStore {

    private WeightStore() {}

    /** A note that a unit has to be counted. */
    record Change(long id, String unit) {}

    /** Records of a unit in one dataset that came to one unit; to none if they wait. */
    record Count(String unit, String dataset, @Nullable String to, long records) {}

    /** The oldest first. */
    static List<Change> changes(Connection connection, int limit) throws SQLException {
        return Statements.query(
                connection,
                "SELECT id, unit_id FROM sync.weight_change ORDER BY id LIMIT ?",
                row -> new Change(row.getLong(1), row.getString(2)),
                limit);
    }

    /** Each record once, by its latest hand-over. */
    static List<Count> counts(Connection connection, List<String> units) throws SQLException {
        return Statements.query(
                connection,
                "SELECT from_unit, dataset, to_unit, count(*) FROM (SELECT DISTINCT ON (dataset, record_key) from_unit,"
                        + " dataset, to_unit FROM sync.handed_over WHERE from_unit = ANY (?::text[])"
                        + " AND (outcome = 'queued' OR way IS NOT NULL) ORDER BY dataset, record_key, enactment DESC) l"
                        + " GROUP BY 1, 2, 3",
                row -> new Count(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
                units);
    }

    static void forget(Connection connection, List<Change> changes) throws SQLException {
        Statements.update(
                connection,
                "DELETE FROM sync.weight_change WHERE id = ANY (?::text[]::bigint[])",
                changes.stream().map(change -> String.valueOf(change.id())).toList());
    }

    /** Whether this process alone counts until the transaction ends: an older count must not come after a newer. */
    static boolean isAlone(Connection connection) throws SQLException {
        return Statements.query(
                        connection,
                        "SELECT pg_try_advisory_xact_lock(hashtextextended('dvhc.sync.weights', 0))",
                        row -> row.getBoolean(1))
                .get(0);
    }

    /** Those of the units that changes are about. */
    static List<Change> about(Map<String, Tally> units, List<Change> changes) {
        return changes.stream()
                .filter(change -> units.containsKey(change.unit()))
                .toList();
    }
}
