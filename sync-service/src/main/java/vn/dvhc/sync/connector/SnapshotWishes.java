package vn.dvhc.sync.connector;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import vn.dvhc.sync.database.Barrier;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;

/**
 * Tables whose rows have to be sent again, kept in the national database until the source's connector reports that it has read
 * the last of them. A signal may be lost and a connector may end in the middle without ever going on: one that is silent is asked
 * again, later each time.
 */
@Singleton
public class SnapshotWishes {

    private static final Logger LOG = Logger.getLogger(SnapshotWishes.class);

    private static final List<String> COPY = List.of("source", "dataset", "target", "shape");

    /** 20 s after the first signal or the last report, twice as long after each further signal, at most 11 minutes. */
    private static final String IS_DUE = "(asked_at IS NULL OR greatest(asked_at, heard_at) < clock_timestamp()"
            + " - make_interval(secs => 10 * 2 ^ least(attempts, 6)))";

    private final Databases databases;
    private final Snapshots snapshots;

    @Inject
    SnapshotWishes(Databases databases, Snapshots snapshots) {
        this.databases = databases;
        this.snapshots = snapshots;
    }

    /** Wishes for all rows of tables of a source. */
    public void add(Plan plan, Source source, List<String> tables) throws SQLException {
        databases.runAsReplica(plan.nation(), connection -> wish(connection, source.name(), tables));
    }

    /** Takes a plan in: what it lacks compared with the one before is wished for, in the transaction that remembers it. */
    void note(Plan plan) throws SQLException {
        Set<Snapshots.Copy> copies = Snapshots.copies(plan);
        databases.runAsReplica(plan.nation(), connection -> {
            Statements.update(connection, "LOCK TABLE sync.known_copy IN SHARE ROW EXCLUSIVE MODE");
            Set<Snapshots.Copy> known = new HashSet<>(Statements.query(
                    connection,
                    "SELECT source, dataset, target, shape FROM sync.known_copy",
                    row -> new Snapshots.Copy(row.getString(1), row.getString(2), row.getString(3), row.getString(4))));
            for (Map.Entry<String, Set<String>> source :
                    Snapshots.wanted(known, plan).entrySet()) {
                wish(connection, source.getKey(), List.copyOf(source.getValue()));
            }
            Statements.update(connection, "DELETE FROM sync.known_copy");
            Rows rows = new Rows(COPY.size());
            copies.forEach(copy -> rows.add(copy.source(), copy.dataset(), copy.target(), copy.shape()));
            if (!rows.isEmpty()) {
                Statements.update(
                        connection,
                        "INSERT INTO sync.known_copy (source, dataset, target, shape) SELECT * FROM "
                                + Rows.unnest("v", COPY),
                        rows);
            }
            forgetOthers(connection, plan);
        });
    }

    private static void wish(Connection connection, String source, List<String> tables) throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO sync.snapshot_wish (source, table_name) SELECT ?, unnest(?::text[])"
                        + " ON CONFLICT (source, table_name) DO UPDATE"
                        + " SET signal = NULL, asked_at = NULL, heard_at = NULL, attempts = 0, barrier = NULL,"
                        + " barrier_next = NULL",
                source,
                tables);
        LOG.infof("Snapshot wished for: source=%s tables=%s", source, tables);
    }

    private static void forgetOthers(Connection connection, Plan plan) throws SQLException {
        Rows owned = new Rows(2);
        for (Source source : plan.sources()) {
            for (Dataset dataset : plan.ownedBy(source)) {
                owned.add(source.name(), dataset.table());
            }
        }
        Statements.update(
                connection,
                "DELETE FROM sync.snapshot_wish w WHERE NOT EXISTS (SELECT FROM "
                        + Rows.unnest("v", List.of("source", "table_name"))
                        + " WHERE v.source = w.source AND v.table_name = w.table_name)",
                owned);
    }

    /** The sources that have to be asked now. */
    Set<String> due(Plan plan) throws SQLException {
        return new HashSet<>(databases.asReplica(
                plan.nation(),
                connection -> Statements.query(
                        connection,
                        "SELECT DISTINCT source FROM sync.snapshot_wish WHERE " + IS_DUE,
                        row -> row.getString(1))));
    }

    /**
     * Asks a source whose connector runs for all that is due; of several replicas one does. What was wished for anew is asked for behind a
     * barrier, the same however often it has to be asked again: at this look, or at a later one if a transaction is open meanwhile.
     */
    void ask(Plan plan, Source source) throws SQLException, InterruptedException, ExecutionException {
        Barrier barrier = databases.asOwner(source, connection -> Barrier.raise(question -> one(connection, question)));
        databases.runAsReplica(
                plan.nation(),
                connection -> Statements.update(
                        connection,
                        "UPDATE sync.snapshot_wish SET barrier = ?, barrier_next = ? WHERE source = ? AND barrier IS NULL",
                        barrier.position(),
                        barrier.next(),
                        source.name()));
        long oldest =
                databases.asOwner(source, connection -> Barrier.oldestOpen(question -> one(connection, question)));
        String signal = UUID.randomUUID().toString();
        List<String> tables = databases.asReplica(
                plan.nation(),
                connection -> Statements.query(
                        connection,
                        "WITH asked AS (UPDATE sync.snapshot_wish SET signal = ?, asked_at = clock_timestamp(),"
                                + " attempts = attempts + 1 WHERE source = ? AND barrier_next <= ? AND " + IS_DUE
                                + " RETURNING source, table_name, barrier)"
                                + " INSERT INTO sync.snapshot_barrier (source, table_name, position) SELECT * FROM asked"
                                + " ON CONFLICT (source, table_name) DO UPDATE SET position = excluded.position"
                                + " RETURNING table_name",
                        row -> row.getString(1),
                        signal,
                        source.name(),
                        oldest));
        if (!tables.isEmpty()) {
            snapshots.ask(signal, source, tables);
        }
    }

    private static long one(Connection connection, String question) throws SQLException {
        return Statements.query(connection, question, row -> row.getLong(1)).get(0);
    }

    /** A connector is at it. */
    void heard(Plan plan, String signal) throws SQLException {
        databases.runAsReplica(
                plan.nation(),
                connection -> Statements.update(
                        connection,
                        "UPDATE sync.snapshot_wish SET heard_at = clock_timestamp() WHERE signal = ?",
                        signal));
    }

    /**
     * A connector has sent all rows of a table.
     *
     * @param table as the connector names it, which may be with the database before the schema
     */
    void fulfilled(Plan plan, String signal, String table) throws SQLException {
        List<String> sources = databases.asReplica(
                plan.nation(),
                connection -> Statements.query(
                        connection,
                        "DELETE FROM sync.snapshot_wish WHERE signal = ? AND '.' || ? LIKE '%.' || table_name"
                                + " RETURNING source",
                        row -> row.getString(1),
                        signal,
                        table));
        sources.forEach(source -> LOG.infof("Snapshot complete: source=%s table=%s id=%s", source, table, signal));
    }
}
