package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.KeyRange;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.journal.Carrying;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Verdict;

/** Into the successor's database: a batch is read in one snapshot of the former home; what that commits later arrives by capture. */
final class MovingBatches implements Batches {

    private final Databases databases;
    private final LocalDate day;
    private final Dataset dataset;
    private final Source from;
    private final Source to;
    private final Decider decider;
    private final int size;
    private final DatasetSql sql;

    /** A record, and the snapshot it was read in. */
    private record Read(String snapshot, StoredRecord record) {}

    MovingBatches(
            Databases databases, LocalDate day, Dataset dataset, Source from, Source to, Decider decider, int size) {
        this.databases = databases;
        this.day = day;
        this.dataset = dataset;
        this.from = from;
        this.to = to;
        this.decider = decider;
        this.size = size;
        this.sql = new DatasetSql(dataset);
    }

    @Override
    public Batch next(Connection connection, KeyRange rest) throws SQLException {
        List<Read> records = new ArrayList<>(size);
        // Its undoing is only known where it waits.
        Set<String> held = databases.asOwner(from, source -> {
            records.addAll(Statements.query(
                    source,
                    sql.readBatch(rest),
                    row -> new Read(row.getString(1), StoredRecord.read(dataset, row, 2)),
                    rest.values(dataset),
                    size));
            return Ledger.held(
                    source,
                    dataset,
                    records.stream().map(read -> read.record().key()).toList());
        });
        Tally tally = new Tally();
        List<Ledger.Entry> entries = new ArrayList<>(records.size());
        Rows rows = new Rows(dataset.columns().size());
        for (Read read : records) {
            StoredRecord stored = read.record();
            Verdict verdict = Ledger.unlessHeld(held, stored.key(), decider.decide(stored.unit()));
            tally.line(verdict);
            entries.add(new Ledger.Entry(stored.key(), stored.unit(), verdict, read.snapshot(), null, stored.hash()));
            if (verdict.outcome() != Verdict.Outcome.REJECTED) {
                rows.add(StoredRecord.withVerdict(dataset, stored.values(), verdict));
            }
        }
        Map<String, Long> arrived = new HashMap<>();
        if (!rows.isEmpty()) {
            Carrying.mark(connection, dataset);
            arrived.putAll(HandOver.hashes(Statements.query(connection, sql.insertOwner(), HandOver::hash, rows)));
        }
        Set<String> taken = taken(connection, entries, arrived);
        List<Ledger.Entry> colliding =
                entries.stream().filter(entry -> taken.contains(entry.key())).toList();
        List<Ledger.Entry> coming =
                entries.stream().filter(entry -> !taken.contains(entry.key())).toList();
        int lines = Ledger.write(connection, day, dataset, from, to, false, coming, arrived)
                + Ledger.writeCollisions(connection, day, dataset, from, to, colliding);
        Ledger.hold(
                connection,
                dataset,
                coming.stream().map(Ledger.Entry::key).filter(held::contains).toList());
        String reached = entries.isEmpty()
                ? rest.after()
                : entries.get(entries.size() - 1).key();
        return new Batch(reached, tally, lines, entries.size() < size);
    }

    /** The keys, of records that did not arrive, under which the home that receives has others. */
    private Set<String> taken(Connection connection, List<Ledger.Entry> entries, Map<String, Long> arrived)
            throws SQLException {
        List<String> missing = entries.stream()
                .map(Ledger.Entry::key)
                .filter(key -> !arrived.containsKey(key))
                .toList();
        return missing.isEmpty()
                ? Set.of()
                : Set.copyOf(Statements.query(
                        connection,
                        sql.lockKeys(),
                        row -> StoredRecord.read(dataset, row, 1).key(),
                        sql.keys(missing)));
    }
}
