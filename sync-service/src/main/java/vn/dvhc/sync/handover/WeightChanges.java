package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;

/** Notes which divided units have to be counted anew, in the transaction of what changed. */
final class WeightChanges {

    private WeightChanges() {}

    static void add(Connection connection, List<String> units) throws SQLException {
        if (!units.isEmpty()) {
            Statements.update(
                    connection,
                    "INSERT INTO sync.weight_change (unit_id) SELECT unit FROM unnest(?::text[]) AS u(unit)",
                    units);
        }
    }

    /** Those that the records came from. */
    static void addOf(Connection connection, Dataset dataset, List<String> keys) throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO sync.weight_change (unit_id) SELECT DISTINCT from_unit FROM sync.handed_over"
                        + " WHERE dataset = ? AND record_key = ANY (?::text[]) AND from_unit IS NOT NULL",
                dataset.name(),
                keys);
    }
}
