package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.KeyRange;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Verdict;

/**
 * Re-codes records where they live. Those of units that went whole into another are re-coded and entered by one statement a batch (see
 * {@link WholeUnits}); those of split units, or of units with records that wait, are read and decided one by one.
 */
final class RecodingBatches implements Batches {

    /**
     * The records of a range are met with the units by hash, whatever the statistics say. A plan made once for all batches would not know how
     * many units there are; a range's size is guessed from a hundred keys, and where the guess is low each record would be compared with each
     * unit; merging would sort units by their language's order first.
     */
    private static final String PLAN_RANGES =
            "SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_mergejoin', 'off', true),"
                    + " set_config('enable_nestloop', 'off', true)";

    /** Records that are written by their keys are looked up one by one. */
    private static final String PLAN_AS_USUAL =
            "SET LOCAL plan_cache_mode TO DEFAULT; SET LOCAL enable_mergejoin TO DEFAULT; SET LOCAL enable_nestloop TO DEFAULT";

    private final LocalDate day;
    private final Dataset dataset;
    private final Source home;
    private final Decider decider;
    private final int size;
    private final DatasetSql sql;
    private final WholeUnits wholeUnits;

    RecodingBatches(LocalDate day, Dataset dataset, Source home, Decider decider, WholeUnits wholeUnits, int size) {
        this.day = day;
        this.dataset = dataset;
        this.home = home;
        this.decider = decider;
        this.size = size;
        this.sql = new DatasetSql(dataset);
        this.wholeUnits = wholeUnits;
    }

    @Override
    public Batch next(Connection connection, KeyRange rest) throws SQLException {
        Statements.query(connection, PLAN_RANGES, row -> row.getString(1));
        KeyRange range = range(connection, rest);
        Tally tally = new Tally();
        WholeUnits.Recoded recoded = wholeUnits.recode(connection, range);
        tally.entered(recoded.records());
        WeightChanges.add(connection, recoded.divided());
        // What was re-coded bears the day itself now.
        List<StoredRecord> records =
                wholeUnits.manyStay() ? lockWhatMoves(connection, range, tally) : lock(connection, range);
        Statements.update(connection, PLAN_AS_USUAL);
        int lines = recoded.lines() + recodeSingly(connection, records, tally);
        return new Batch(range.upTo(), tally, lines, range.equals(rest));
    }

    private KeyRange range(Connection connection, KeyRange rest) throws SQLException {
        return Statements.query(
                        connection, sql.keyWithin(rest), row -> row.getString(1), rest.values(dataset), size - 1)
                .stream()
                .findFirst()
                .map(key -> new KeyRange(rest.after(), key))
                .orElse(rest);
    }

    /** Of units that go on, records are only counted. */
    private List<StoredRecord> lockWhatMoves(Connection connection, KeyRange range, Tally tally) throws SQLException {
        Rows units = new Rows(2);
        for (UnitGroup group : UnitGroup.count(connection, sql, dataset, range, day)) {
            Optional<Verdict> kept = decider.decideAll(group.code(), group.vintage())
                    .filter(verdict -> verdict.outcome() == Verdict.Outcome.KEPT);
            if (kept.isPresent()) {
                tally.kept(kept.get(), group.records());
            } else {
                units.add(group.code(), group.vintage());
            }
        }
        return units.isEmpty()
                ? List.of()
                : Statements.query(
                        connection,
                        sql.lockUnits(range),
                        row -> StoredRecord.read(dataset, row, 1),
                        units,
                        range.values(dataset),
                        sql.ledger(day));
    }

    private List<StoredRecord> lock(Connection connection, KeyRange range) throws SQLException {
        return Statements.query(
                connection,
                sql.lockBefore(range),
                row -> StoredRecord.read(dataset, row, 1),
                range.values(dataset),
                day.toString(),
                sql.ledger(day));
    }

    private int recodeSingly(Connection connection, List<StoredRecord> records, Tally tally) throws SQLException {
        List<Ledger.Entry> entries = new ArrayList<>();
        Set<String> held = Ledger.held(
                connection, dataset, records.stream().map(StoredRecord::key).toList());
        for (StoredRecord stored : records) {
            Verdict verdict = Ledger.unlessHeld(held, stored.key(), decider.decide(stored.unit()));
            if (verdict.outcome() == Verdict.Outcome.KEPT) {
                tally.kept(verdict, 1);
            } else {
                tally.line(verdict);
                entries.add(new Ledger.Entry(stored.key(), stored.unit(), verdict, null, null, stored.hash()));
            }
        }
        Map<String, Long> stored = HandOver.recode(connection, dataset, entries);
        long lost = entries.stream()
                .filter(entry -> entry.verdict().outcome() == Verdict.Outcome.MOVED && !stored.containsKey(entry.key()))
                .count();
        if (lost > 0) {
            throw new Breach(lost + " hồ sơ đã đọc nhưng không ghi được đơn vị mới.");
        }
        return Ledger.write(connection, day, dataset, home, home, false, entries, stored);
    }
}
