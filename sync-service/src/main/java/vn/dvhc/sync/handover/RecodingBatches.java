package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.KeyRange;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Verdict;

/**
 * Re-codes records where they live. Those of units that went whole into another are re-coded and entered into the ledger by one statement
 * a batch; those of split units, or of units with records that wait, are read and decided one by one.
 */
final class RecodingBatches implements Batches {

    /** From this version on a statement can answer what a row was like before it. */
    private static final int TELLS_FORMER = 18;

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
    private @Nullable Set<String> waiting;

    RecodingBatches(LocalDate day, Dataset dataset, Source home, Decider decider, int size) {
        this.day = day;
        this.dataset = dataset;
        this.home = home;
        this.decider = decider;
        this.size = size;
        this.sql = new DatasetSql(dataset);
    }

    /** Records that bear the same unit. */
    private record Group(@Nullable String code, @Nullable String vintage, long records) {}

    @Override
    public Batch next(Connection connection, KeyRange rest) throws SQLException {
        Statements.query(connection, PLAN_RANGES, row -> row.getString(1));
        KeyRange range = range(connection, rest);
        Tally tally = new Tally();
        Rows together = new Rows(4 + Ledger.CARRIED.size());
        Rows single = new Rows(2);
        Set<String> divided = new HashSet<>();
        for (Group group : groups(connection, range)) {
            Optional<Verdict> common = decider.decideAll(group.code(), group.vintage());
            if (common.map(Verdict::outcome)
                    .filter(Verdict.Outcome.KEPT::equals)
                    .isPresent()) {
                tally.kept(common.get(), group.records());
            } else if (common.isPresent() && goesTogether(connection, common.get())) {
                Verdict verdict = common.get();
                together.add(Ledger.carried(
                        verdict, group.code(), group.vintage(), verdict.code(), String.valueOf(verdict.vintage())));
                if (verdict.evidence() != null) {
                    divided.add(Tally.unit(verdict.from()));
                }
            } else {
                single.add(group.code(), group.vintage());
            }
        }
        int lines = 0;
        if (!together.isEmpty()) {
            lines += recodeTogether(connection, range, together, divided, tally);
        }
        List<StoredRecord> records = single.isEmpty() ? List.of() : lock(connection, range, single);
        Statements.update(connection, PLAN_AS_USUAL);
        lines += recodeSingly(connection, records, tally);
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

    private List<Group> groups(Connection connection, KeyRange range) throws SQLException {
        return Statements.query(
                connection,
                sql.countByUnit(range),
                row -> new Group(row.getString(1), row.getString(2), row.getLong(3)),
                range.values(dataset),
                day.toString(),
                sql.ledger(day));
    }

    private boolean goesTogether(Connection connection, Verdict verdict) throws SQLException {
        return verdict.outcome() == Verdict.Outcome.MOVED
                && connection.getMetaData().getDatabaseMajorVersion() >= TELLS_FORMER
                && !waiting(connection).contains(Tally.unit(verdict.from()));
    }

    /** Units that records waited under before this hand-over; one that comes to wait meanwhile is of a split unit. */
    private Set<String> waiting(Connection connection) throws SQLException {
        if (waiting == null) {
            waiting = Set.copyOf(Statements.query(
                    connection,
                    "SELECT DISTINCT unit_id FROM sync.queued_record WHERE dataset = ?",
                    row -> row.getString(1),
                    dataset.name()));
        }
        return Objects.requireNonNull(waiting);
    }

    private int recodeTogether(Connection connection, KeyRange range, Rows together, Set<String> divided, Tally tally)
            throws SQLException {
        Map<String, Ledger.Recoded> written = Ledger.recode(
                connection,
                day,
                dataset,
                home,
                sql.recodeUnits(range, Ledger.CARRIED),
                together,
                range.values(dataset),
                sql.ledger(day));
        written.forEach((unit, recoded) -> tally.lines(unit, recoded.records()));
        divided.retainAll(written.keySet());
        WeightChanges.add(connection, List.copyOf(divided));
        return (int) written.values().stream().mapToLong(Ledger.Recoded::lines).sum();
    }

    private List<StoredRecord> lock(Connection connection, KeyRange range, Rows units) throws SQLException {
        return Statements.query(
                connection,
                sql.lockUnits(range),
                row -> StoredRecord.read(dataset, row, 1),
                units,
                range.values(dataset),
                sql.ledger(day));
    }

    private int recodeSingly(Connection connection, List<StoredRecord> records, Tally tally) throws SQLException {
        List<Ledger.Entry> entries = new ArrayList<>();
        for (StoredRecord stored : records) {
            Verdict verdict = decider.decide(stored.unit());
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
