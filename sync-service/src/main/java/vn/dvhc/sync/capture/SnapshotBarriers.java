package vn.dvhc.sync.capture;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;

/**
 * Where each source's log stood when the last snapshot of a table was asked for, kept in the national database. A row of the snapshot is
 * at least as new as that, and no more can be said of it: Debezium names the position that its stream has reached when it sends the
 * row, and may have read the row before a change that it sent earlier.
 */
@Singleton
public class SnapshotBarriers {

    /** A table of a source. */
    private record Table(String source, String name) {}

    private final Databases databases;

    @Inject
    SnapshotBarriers(Databases databases) {
        this.databases = databases;
    }

    /** The changes, with each row of a snapshot as old as the barrier that was raised for it. */
    public List<Change> put(Plan plan, List<Change> changes) throws SQLException {
        if (changes.stream().noneMatch(change -> change.kind() == Change.Kind.ROW)) {
            return changes;
        }
        Map<Table, Long> barriers = databases.asReplica(plan.nation(), connection -> read(connection, changes));
        return barriers.isEmpty()
                ? changes
                : changes.stream()
                        .map(change -> {
                            Long barrier = change.kind() == Change.Kind.ROW
                                    ? barriers.get(table(change.source(), change.dataset()))
                                    : null;
                            return barrier == null ? change : change.noNewerThan(barrier);
                        })
                        .toList();
    }

    private static Map<Table, Long> read(Connection nation, List<Change> changes) throws SQLException {
        Map<Table, Long> barriers = new HashMap<>();
        Statements.query(
                        nation,
                        "SELECT source, table_name, position FROM sync.snapshot_barrier WHERE source = ANY (?::text[])",
                        row -> Map.entry(new Table(row.getString(1), row.getString(2)), row.getLong(3)),
                        changes.stream()
                                .map(change -> change.source().name())
                                .distinct()
                                .toList())
                .forEach(barrier -> barriers.put(barrier.getKey(), barrier.getValue()));
        return barriers;
    }

    private static Table table(Source source, Dataset dataset) {
        return new Table(source.name(), dataset.table());
    }
}
