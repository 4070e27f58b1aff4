package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
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
    private final Batches batches;
    private final Settlement.Part part;

    /**
     * @param decider used by this hand-over alone
     * @param batch records a transaction
     */
    HandOver(Databases databases, LocalDate day, Dataset dataset, Source from, Source to, Decider decider, int batch) {
        this.databases = databases;
        this.day = day;
        this.dataset = dataset;
        this.from = from;
        this.to = to;
        this.batches = from.equals(to)
                ? new RecodingBatches(day, dataset, to, decider, batch)
                : new MovingBatches(databases, day, dataset, from, to, decider, batch);
        this.part = new Settlement.Part(day, dataset.name(), from.name());
    }

    /**
     * How far the run has come.
     *
     * @param breach why it must not go on; null if it may
     */
    private record Run(
            String lastKey, boolean finished, @Nullable String breach) {}

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
                String cause = found.words();
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
        long started = System.nanoTime();
        return advance(connection, batches.next(connection, run.lastKey()), started);
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
    private Run advance(Connection connection, Batches.Batch batch, long started) throws SQLException {
        Tally tally = batch.tally();
        if (tally.read() != batch.lines() + tally.kept()) {
            throw new Breach("Một lô đọc " + tally.read() + " hồ sơ, giữ nguyên " + tally.kept() + " nhưng chỉ ghi "
                    + batch.lines() + " dòng vào sổ bàn giao.");
        }
        Settlement.count(connection, part, tally);
        Statements.update(
                connection,
                "UPDATE sync.handover_run SET last_key = ?, read_count = read_count + ?, kept_count = kept_count + ?,"
                        + " finished = ?, busy_millis = busy_millis + ? WHERE enactment = ?::date AND dataset = ?"
                        + " AND from_home = ?",
                batch.lastKey(),
                tally.read(),
                tally.kept(),
                batch.last(),
                (System.nanoTime() - started) / 1_000_000,
                day.toString(),
                dataset.name(),
                from.name());
        if (batch.last()) {
            Settlement.fold(connection, part);
            Settlement.breach(connection, part).ifPresent(cause -> {
                throw new Breach(cause);
            });
        }
        return new Run(batch.lastKey(), batch.last(), null);
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
