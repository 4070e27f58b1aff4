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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
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
 * database. Goes batch by batch in order of key, in place in several stretches at a time; the position reached is stored with each batch in the
 * database that receives, so after a crash it goes on where it was, and no record is handed over twice.
 */
final class HandOver {

    private static final Logger LOG = Logger.getLogger(HandOver.class);

    private final Databases databases;
    private final LocalDate day;
    private final Dataset dataset;
    private final Source from;
    private final Source to;
    private final Step prepare;
    private final Supplier<Batches> batches;
    private final Pace pace;
    private final Settlement.Part part;

    /**
     * How fast a part goes.
     *
     * @param batch records a transaction
     * @param stretches at the same time, where records stay in place
     * @param workers who do them
     */
    record Pace(int batch, int stretches, Executor workers) {}

    /** Before the batches of any stretch, whenever the part begins or goes on. */
    @FunctionalInterface
    private interface Step {
        void run(Connection connection) throws SQLException;
    }

    HandOver(Databases databases, LocalDate day, Dataset dataset, Source from, Source to, Decider decider, Pace pace) {
        this.databases = databases;
        this.day = day;
        this.dataset = dataset;
        this.from = from;
        this.to = to;
        this.pace = pace;
        this.part = new Settlement.Part(day, dataset.name(), from.name());
        if (from.equals(to)) {
            WholeUnits wholeUnits = new WholeUnits(day, dataset, to, decider);
            this.prepare = wholeUnits::layOut;
            this.batches = () -> new RecodingBatches(day, dataset, to, decider, wholeUnits, pace.batch());
        } else {
            this.prepare = connection -> {};
            this.batches = () -> new MovingBatches(databases, day, dataset, from, to, decider, pace.batch());
        }
    }

    /**
     * How the part stands.
     *
     * @param lastKey where a run that began before there were stretches has come to; empty for others
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
        List<Stretch> stretches = databases.asOwner(to, this::stretches);
        List<CompletableFuture<Void>> others = stretches.stream()
                .skip(1)
                .map(stretch -> CompletableFuture.runAsync(() -> runOrThrow(stretch), pace.workers()))
                .toList();
        try {
            if (!stretches.isEmpty()) {
                run(stretches.get(0));
            }
        } finally {
            // Nobody may begin this part again while a worker is at it.
            CompletableFuture.allOf(others.toArray(CompletableFuture[]::new))
                    .exceptionally(failed -> null)
                    .join();
        }
        for (CompletableFuture<Void> other : others) {
            join(other);
        }
        Run run = databases.asOwner(to, this::state);
        if (run.breach() == null) {
            if (!from.equals(to)) {
                leaveQueue();
            }
            LOG.infof(
                    "Handed over: enactment=%s dataset=%s from=%s to=%s millis=%d",
                    day, dataset.name(), from.name(), to.name(), (System.nanoTime() - started) / 1_000_000);
        }
        return Optional.ofNullable(run.breach());
    }

    /** What waited at the former home is decided, or waits, at the new one. In a transaction of its own: it may be done again. */
    private void leaveQueue() throws SQLException {
        List<String> staying = databases.asOwner(to, connection -> Ledger.collisions(connection, day, dataset, from));
        databases.runAsOwner(from, connection -> Ledger.leaveQueue(connection, dataset, staying));
    }

    private void runOrThrow(Stretch stretch) {
        try {
            run(stretch);
        } catch (SQLException failed) {
            throw new CompletionException(failed);
        }
    }

    private static void join(CompletableFuture<Void> other) throws SQLException {
        try {
            other.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** Until the stretch is done, or the part must not go on. */
    private void run(Stretch stretch) throws SQLException {
        Batches own = batches.get();
        try {
            while (databases.asOwner(to, connection -> batch(connection, stretch, own))) {
                // The next one.
            }
        } catch (Breach found) {
            String cause = found.words();
            databases.runAsOwner(to, connection -> Settlement.stop(connection, part, cause));
        }
    }

    /** The stretches that are left; those of a part that begins are laid out. */
    private List<Stretch> stretches(Connection connection) throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO sync.handover_run (enactment, dataset, from_home, to_home, by_unit)"
                        + " VALUES (?::date, ?, ?, ?, true) ON CONFLICT DO NOTHING",
                part.values(),
                to.name());
        Run run = state(connection);
        if (run.finished() || run.breach() != null) {
            return List.of();
        }
        if (!Stretch.areLaidOut(connection, part)) {
            Stretch.divide(
                    connection, part, dataset, run.lastKey(), from.equals(to) ? pace.stretches() : 1, pace.batch());
        }
        List<Stretch> open = Stretch.open(connection, part);
        prepare.run(connection);
        return open;
    }

    private Run state(Connection connection) throws SQLException {
        return Statements.query(
                        connection,
                        "SELECT last_key, finished, breach FROM sync.handover_run WHERE " + Settlement.ONE,
                        row -> new Run(row.getString(1), row.getBoolean(2), row.getString(3)),
                        part.values())
                .get(0);
    }

    /** Whether there is a next one. */
    private boolean batch(Connection connection, Stretch stretch, Batches own) throws SQLException {
        List<Stretch> open = stretch.lock(connection, part);
        if (open.isEmpty() || state(connection).breach() != null) {
            return false;
        }
        long started = System.nanoTime();
        Batches.Batch batch = own.next(connection, open.get(0).rest());
        enter(connection, stretch, batch, started);
        return !batch.last();
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

    /**
     * Enters the batch into the books and holds them against each other: each batch, and all units once after the last of all stretches. The
     * row of the part is locked last, and by the end of the transaction soon.
     */
    private void enter(Connection connection, Stretch stretch, Batches.Batch batch, long started) throws SQLException {
        Tally tally = batch.tally();
        if (tally.read() != batch.lines() + tally.kept()) {
            throw new Breach("Một lô đọc " + tally.read() + " hồ sơ, giữ nguyên " + tally.kept() + " nhưng chỉ ghi "
                    + batch.lines() + " dòng vào sổ bàn giao.");
        }
        Settlement.count(connection, part, tally);
        stretch.advance(connection, part, batch.lastKey(), batch.last());
        Statements.update(
                connection,
                "UPDATE sync.handover_run SET read_count = read_count + ?, kept_count = kept_count + ?,"
                        + " busy_millis = busy_millis + ? WHERE " + Settlement.ONE,
                tally.read(),
                tally.kept(),
                (System.nanoTime() - started) / 1_000_000,
                part.values());
        if (batch.last() && Stretch.open(connection, part).isEmpty()) {
            Settlement.fold(connection, part);
            Settlement.breach(connection, part).ifPresent(cause -> {
                throw new Breach(cause);
            });
            WholeUnits.clear(connection, part);
            Statements.update(
                    connection, "UPDATE sync.handover_run SET finished = true WHERE " + Settlement.ONE, part.values());
        }
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
