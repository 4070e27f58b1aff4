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
import java.util.Optional;
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
    private final Settlement.Part part;

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
        this.part = new Settlement.Part(day, dataset.name(), from.name());
    }

    /**
     * How far the run has come.
     *
     * @param breach why it must not go on; null if it may
     */
    private record Run(
            String lastKey, boolean finished, @Nullable String breach) {}

    /** Undoes a batch whose figures don't add up. */
    private static final class Breach extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Breach(String cause) {
            super(cause);
        }
    }

    /**
     * Runs to the end; may be called again after a failure.
     *
     * @return why it stopped before its end and must not go on, in Vietnamese; empty if it is done
     */
    Optional<String> run() throws SQLException {
        long started = System.nanoTime();
        boolean finished = false;
        while (!finished) {
            Run run;
            try {
                run = databases.asOwner(to, this::batch);
            } catch (Breach found) {
                String cause = String.valueOf(found.getMessage());
                databases.runAsOwner(to, connection -> {
                    run(connection);
                    Settlement.stop(connection, part, cause);
                });
                return Optional.of(cause);
            }
            if (run.breach() != null) {
                return Optional.of(run.breach());
            }
            finished = run.finished();
        }
        LOG.infof(
                "Handed over: enactment=%s dataset=%s from=%s to=%s millis=%d",
                day, dataset.name(), from.name(), to.name(), (System.nanoTime() - started) / 1_000_000);
        return Optional.empty();
    }

    private Run batch(Connection connection) throws SQLException {
        Run run = run(connection);
        if (run.finished() || run.breach() != null) {
            return run;
        }
        return from.equals(to) ? recodeBatch(connection, run) : moveBatch(connection, run);
    }

    private Run run(Connection connection) throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO sync.handover_run (enactment, dataset, from_home, to_home, by_unit)"
                        + " VALUES (?::date, ?, ?, ?, true)"
                        + " ON CONFLICT DO NOTHING",
                day.toString(),
                dataset.name(),
                from.name(),
                to.name());
        return Statements.query(
                        connection,
                        "SELECT last_key, finished, breach FROM sync.handover_run WHERE enactment = ?::date AND dataset = ?"
                                + " AND from_home = ? FOR UPDATE",
                        row -> new Run(row.getString(1), row.getBoolean(2), row.getString(3)),
                        day.toString(),
                        dataset.name(),
                        from.name())
                .get(0);
    }

    /** A batch read in one snapshot of the former home; what it commits later arrives by capture. */
    private Run moveBatch(Connection connection, Run run) throws SQLException {
        long started = System.nanoTime();
        Tally tally = new Tally();
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
                            tally.line(verdict);
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
        int lines = Ledger.write(connection, day, dataset, from, to, false, entries, arrived);
        return advance(connection, entries.isEmpty() ? run.lastKey() : last(entries), tally, lines, started);
    }

    /** A batch locked where it lives. */
    private Run recodeBatch(Connection connection, Run run) throws SQLException {
        long started = System.nanoTime();
        Tally tally = new Tally();
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
            if (verdict.outcome() == Verdict.Outcome.KEPT) {
                tally.kept(verdict);
            } else {
                tally.line(verdict);
                entries.add(new Ledger.Entry(stored.key(), stored.unit(), verdict, null, null, stored.hash()));
            }
        }
        Map<String, Long> stored = recode(connection, dataset, entries);
        long lost = entries.stream()
                .filter(entry -> entry.verdict().outcome() == Verdict.Outcome.MOVED && !stored.containsKey(entry.key()))
                .count();
        if (lost > 0) {
            throw new Breach(lost + " hồ sơ đã đọc nhưng không ghi được đơn vị mới.");
        }
        int lines = Ledger.write(connection, day, dataset, from, to, false, entries, stored);
        return advance(
                connection,
                records.isEmpty()
                        ? run.lastKey()
                        : records.get(records.size() - 1).key(),
                tally,
                lines,
                started);
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

    /** Enters the batch into the books and holds them against each other: each batch, and all units once after the last. */
    private Run advance(Connection connection, String lastKey, Tally tally, int lines, long started)
            throws SQLException {
        if (tally.read() != lines + tally.kept()) {
            throw new Breach("Một lô đọc " + tally.read() + " hồ sơ, giữ nguyên " + tally.kept() + " nhưng chỉ ghi "
                    + lines + " dòng vào sổ bàn giao.");
        }
        boolean finished = tally.read() < batch;
        Settlement.count(connection, part, tally);
        Statements.update(
                connection,
                "UPDATE sync.handover_run SET last_key = ?, read_count = read_count + ?, kept_count = kept_count + ?,"
                        + " finished = ?, busy_millis = busy_millis + ? WHERE enactment = ?::date AND dataset = ?"
                        + " AND from_home = ?",
                lastKey,
                tally.read(),
                tally.kept(),
                finished,
                (System.nanoTime() - started) / 1_000_000,
                day.toString(),
                dataset.name(),
                from.name());
        if (finished) {
            Settlement.breach(connection, part).ifPresent(cause -> {
                throw new Breach(cause);
            });
        }
        return new Run(lastKey, finished, null);
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
