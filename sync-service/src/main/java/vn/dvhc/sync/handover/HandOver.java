package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Verdict;

/**
 * Hands over the records of one dataset from one home, on one day: in place if the home stays, else into the successor's
 * database. Goes batch by batch in order of key; the position reached is stored with each batch in the database that
 * receives, so after a crash it goes on where it was, and no record is handed over twice.
 */
final class HandOver {

    private static final Logger LOG = Logger.getLogger(HandOver.class);

    private final Databases databases;
    private final LocalDate day;
    private final Dataset dataset;
    private final Source from;
    private final Source to;
    private final Decider decider;
    private final int batch;
    private final DatasetSql sql;

    /** @param decider used by this hand-over alone */
    HandOver(Databases databases, LocalDate day, Dataset dataset, Source from, Source to, Decider decider, int batch) {
        this.databases = databases;
        this.day = day;
        this.dataset = dataset;
        this.from = from;
        this.to = to;
        this.decider = decider;
        this.batch = batch;
        this.sql = new DatasetSql(dataset);
    }

    /** How far the run has come. */
    private record Run(String lastKey, boolean finished) {}

    /** Runs to the end; may be called again after a failure. */
    void run() throws SQLException {
        long started = System.nanoTime();
        boolean finished = false;
        while (!finished) {
            finished = databases.asOwner(to, connection -> {
                Run run = run(connection);
                if (run.finished()) {
                    return true;
                }
                return from.equals(to) ? recodeBatch(connection, run) : moveBatch(connection, run);
            });
        }
        LOG.infof(
                "Handed over: enactment=%s dataset=%s from=%s to=%s millis=%d",
                day, dataset.name(), from.name(), to.name(), (System.nanoTime() - started) / 1_000_000);
    }

    private Run run(Connection connection) throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO sync.handover_run (enactment, dataset, from_home, to_home) VALUES (?::date, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                day.toString(),
                dataset.name(),
                from.name(),
                to.name());
        return Statements.query(
                        connection,
                        "SELECT last_key, finished FROM sync.handover_run WHERE enactment = ?::date AND dataset = ?"
                                + " AND from_home = ? FOR UPDATE",
                        row -> new Run(row.getString(1), row.getBoolean(2)),
                        day.toString(),
                        dataset.name(),
                        from.name())
                .get(0);
    }

    /** A batch read in one snapshot of the former home; what it commits later arrives by capture. */
    private boolean moveBatch(Connection connection, Run run) throws SQLException {
        List<Ledger.Entry> entries = new ArrayList<>(batch);
        Rows rows = new Rows(dataset.columns().size());
        databases.asOwner(
                from,
                source -> Statements.query(
                        source,
                        sql.readBatch(run.lastKey()),
                        row -> {
                            StoredRecord stored = StoredRecord.read(dataset, row, 2);
                            Verdict verdict = decider.decide(stored.unit());
                            entries.add(new Ledger.Entry(
                                    stored.key(), stored.unit(), verdict, row.getString(1), null, stored.hash()));
                            if (verdict.outcome() != Verdict.Outcome.REJECTED) {
                                rows.add(StoredRecord.withVerdict(dataset, stored.values(), verdict));
                            }
                            return stored.key();
                        },
                        sql.after(run.lastKey()),
                        batch));
        Map<String, Long> arrived = new HashMap<>();
        if (!rows.isEmpty()) {
            arrived.putAll(hashes(Statements.query(connection, sql.insertOwner(), HandOver::hash, rows)));
        }
        entries.replaceAll(entry -> entry.unlessArrived(arrived));
        Ledger.write(connection, day, dataset, from, to, false, entries, arrived);
        return advance(connection, entries.isEmpty() ? run.lastKey() : last(entries), entries.size(), 0);
    }

    /** A batch locked where it lives. */
    private boolean recodeBatch(Connection connection, Run run) throws SQLException {
        List<StoredRecord> records = Statements.query(
                connection,
                sql.lockBatch(run.lastKey()),
                row -> StoredRecord.read(dataset, row, 1),
                sql.after(run.lastKey()),
                day.toString(),
                day.toString(),
                dataset.name(),
                batch);
        List<Ledger.Entry> entries = new ArrayList<>(records.size());
        for (StoredRecord stored : records) {
            Verdict verdict = decider.decide(stored.unit());
            if (verdict.outcome() != Verdict.Outcome.KEPT) {
                entries.add(new Ledger.Entry(stored.key(), stored.unit(), verdict, null, null, stored.hash()));
            }
        }
        Ledger.write(connection, day, dataset, from, to, false, entries, recode(connection, dataset, entries));
        return advance(
                connection,
                records.isEmpty()
                        ? run.lastKey()
                        : records.get(records.size() - 1).key(),
                records.size(),
                records.size() - entries.size());
    }

    /** Writes the units of the records that move; answers the checksums of all entries as they are stored then. */
    static Map<String, Long> recode(Connection connection, Dataset dataset, List<Ledger.Entry> entries)
            throws SQLException {
        Map<String, Long> stored = new HashMap<>();
        int parts = dataset.key().size();
        Rows rows = new Rows(parts + 2);
        for (Ledger.Entry entry : entries) {
            Long untouched = entry.outHash();
            if (entry.verdict().outcome() == Verdict.Outcome.MOVED) {
                @Nullable String[] row = Arrays.copyOf(dataset.keyParts(entry.key()), parts + 2);
                row[parts] = entry.verdict().code();
                row[parts + 1] = String.valueOf(entry.verdict().vintage());
                rows.add(row);
            } else if (entry.verdict().outcome() == Verdict.Outcome.QUEUED && untouched != null) {
                stored.put(entry.key(), untouched);
            }
        }
        if (!rows.isEmpty()) {
            stored.putAll(
                    hashes(Statements.query(connection, new DatasetSql(dataset).recodeOwner(), HandOver::hash, rows)));
        }
        return stored;
    }

    private boolean advance(Connection connection, String lastKey, int read, int kept) throws SQLException {
        boolean finished = read < batch;
        Statements.update(
                connection,
                "UPDATE sync.handover_run SET last_key = ?, read_count = read_count + ?, kept_count = kept_count + ?,"
                        + " finished = ? WHERE enactment = ?::date AND dataset = ? AND from_home = ?",
                lastKey,
                read,
                kept,
                finished,
                day.toString(),
                dataset.name(),
                from.name());
        return finished;
    }

    private static String last(List<Ledger.Entry> entries) {
        return entries.get(entries.size() - 1).key();
    }

    static Map.Entry<String, Long> hash(ResultSet row) throws SQLException {
        return Map.entry(row.getString(1), row.getLong(2));
    }

    static Map<String, Long> hashes(List<Map.Entry<String, Long>> rows) {
        Map<String, Long> hashes = new HashMap<>();
        rows.forEach(row -> hashes.put(row.getKey(), row.getValue()));
        return hashes;
    }
}
