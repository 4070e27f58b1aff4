package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.journal.Carrying;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Verdict;

/**
 * Late changes: a former home's owner wrote after the hand-over, or before it but the change arrived after. What the
 * hand-over contained already is dropped; a record not edited in its new home since takes the change, re-coded; else the
 * change waits in the conflict inbox. Runs in the new home's database, in one transaction.
 */
final class Rebase {

    private final Connection connection;
    private final LocalDate enactment;
    private final Dataset dataset;
    private final Source from;
    private final Source to;
    private final Decider decider;
    private final boolean again;
    private final FormerLines formerLines;
    private final DatasetSql sql;

    /**
     * @param again whether the changes were refused once and are tried again
     * @param formerLines of the dataset and the former home
     */
    Rebase(
            Connection connection,
            LocalDate enactment,
            Dataset dataset,
            Source from,
            Source to,
            Decider decider,
            boolean again,
            FormerLines formerLines) {
        this.connection = connection;
        this.enactment = enactment;
        this.dataset = dataset;
        this.from = from;
        this.to = to;
        this.decider = decider;
        this.again = again;
        this.formerLines = formerLines;
        this.sql = new DatasetSql(dataset);
    }

    /**
     * @param changes at most one a key, the last of the batch
     * @return what became of each, by key
     */
    Map<String, LateOutcome> apply(List<Change> changes) throws SQLException {
        List<String> keys = changes.stream().map(Change::key).sorted().toList();
        Map<String, FormerLine> lines = formerLines.of(connection, to, keys);
        Map<String, StoredRecord> present = new HashMap<>();
        Statements.query(connection, sql.lockKeys(), row -> StoredRecord.read(dataset, row, 1), sql.keys(keys))
                .forEach(record -> present.put(record.key(), record));
        Map<String, Long> lateHashes = hashesOf(changes);
        Set<String> held = Ledger.held(connection, dataset, keys);

        Rows inserts = new Rows(dataset.columns().size());
        Rows updates = new Rows(dataset.columns().size());
        List<String> deletes = new ArrayList<>();
        List<Ledger.Entry> entries = new ArrayList<>();
        Map<String, LateOutcome> outcomes = new HashMap<>();
        for (Change change : changes) {
            outcomes.put(change.key(), LateOutcome.WRITTEN);
            FormerLine line = lines.get(change.key());
            StoredRecord stored = present.get(change.key());
            Long lateHash = lateHashes.get(change.key());
            if (line != null && contains(line, change, lateHash)) {
                outcomes.put(change.key(), LateOutcome.CONTAINED);
                continue;
            }
            if (change.deleted()) {
                outcomes.put(change.key(), delete(change, line, stored, deletes));
                continue;
            }
            Verdict verdict = Ledger.unlessHeld(held, change.key(), decider.decide(change.unit()));
            Ledger.Entry entry =
                    new Ledger.Entry(change.key(), change.unit(), verdict, null, change.position(), lateHash);
            if (line == null || line.rejected()) {
                if (stored != null) {
                    outcomes.put(change.key(), conflict(change, "Khoá của hồ sơ đến muộn đã có ở nơi nhận."));
                } else {
                    inserts.add(StoredRecord.withVerdict(dataset, change.values(), verdict));
                    entries.add(entry);
                }
            } else if (stored == null) {
                outcomes.put(change.key(), conflict(change, "Hồ sơ đã bị xoá ở nơi nhận sau khi bàn giao."));
            } else if (line.inHash() == null || line.inHash() != stored.hash()) {
                outcomes.put(change.key(), conflict(change, "Hồ sơ đã được sửa ở nơi nhận sau khi bàn giao."));
            } else {
                Verdict kept = decider.decide(stored.unit());
                boolean decidedSince = isDecidedHere(line, verdict, kept);
                updates.add(written(change, stored, verdict, decidedSince || isOfThatUnit(verdict, kept)));
                entries.add(
                        decidedSince
                                ? new Ledger.Entry(
                                        change.key(),
                                        stored.unit(),
                                        kept.decidedFrom(verdict.from()),
                                        null,
                                        change.position(),
                                        lateHash)
                                : entry);
            }
        }
        if (!inserts.isEmpty() || !updates.isEmpty() || !deletes.isEmpty()) {
            Carrying.mark(connection, dataset);
        }
        write(inserts, updates, deletes, entries);
        return outcomes;
    }

    /** Whether a clerk decided what the acts leave open, or the new home's owner has put the record into another unit than the acts. */
    private static boolean isDecidedHere(FormerLine line, Verdict late, Verdict present) {
        return present.outcome() == Verdict.Outcome.KEPT
                && (late.outcome() == Verdict.Outcome.QUEUED
                        || !String.valueOf(present.to()).equals(line.to()));
    }

    /** Whether the record is of the unit that the late change leads to: then it bears that already, as of an earlier date maybe. */
    private static boolean isOfThatUnit(Verdict late, Verdict present) {
        return present.outcome() == Verdict.Outcome.KEPT
                && late.to() != null
                && late.to().equals(present.to());
    }

    /** Writes a late change over whatever the record is now, since a person decided so; answers why it can't be written, if it can't. */
    Optional<String> force(Change change) throws SQLException {
        List<String> key = List.of(change.key());
        boolean present = !Statements.query(connection, sql.lockKeys(), row -> row.getLong(1), sql.keys(key))
                .isEmpty();
        if (change.deleted()) {
            write(new Rows(dataset.columns().size()), new Rows(dataset.columns().size()), key, List.of());
            return Optional.empty();
        }
        Verdict verdict = decider.decide(change.unit());
        if (verdict.outcome() == Verdict.Outcome.REJECTED) {
            return Optional.of(String.valueOf(verdict.reason()));
        }
        Rows record =
                new Rows(dataset.columns().size()).add(StoredRecord.withVerdict(dataset, change.values(), verdict));
        Rows none = new Rows(dataset.columns().size());
        write(
                present ? none : record,
                present ? record : none,
                List.of(),
                List.of(new Ledger.Entry(
                        change.key(),
                        change.unit(),
                        verdict,
                        null,
                        change.position(),
                        hashesOf(List.of(change)).get(change.key()))));
        return Optional.empty();
    }

    private void write(Rows inserts, Rows updates, List<String> deletes, List<Ledger.Entry> entries)
            throws SQLException {
        Map<String, Long> arrived = new HashMap<>();
        if (!inserts.isEmpty()) {
            arrived.putAll(HandOver.hashes(Statements.query(connection, sql.insertOwner(), HandOver::hash, inserts)));
        }
        if (!updates.isEmpty()) {
            arrived.putAll(HandOver.hashes(Statements.query(connection, sql.updateOwner(), HandOver::hash, updates)));
        }
        if (!deletes.isEmpty()) {
            Statements.update(connection, sql.deleteOwner(), sql.keys(deletes));
            Ledger.unqueue(connection, dataset, deletes);
        }
        Ledger.write(connection, enactment, dataset, from, to, true, entries, arrived);
        FormerLines.applied(connection, dataset, from, entries, arrived);
    }

    /**
     * Whether what the record holds already comes from this change or a later one. Of a record that was refused nothing is held: what
     * its ledger says is what was refused.
     */
    private boolean contains(FormerLine line, Change change, @Nullable Long lateHash) {
        if (again && line.rejected()) {
            return false;
        }
        Long transaction = change.transaction();
        if (line.snapshot() != null && transaction != null && line.snapshot().contains(transaction)) {
            return true;
        }
        Long position = line.position();
        if (position != null
                && (change.source().epoch() < line.epoch()
                        || (change.source().epoch() == line.epoch() && change.position() <= position))) {
            return true;
        }
        return lateHash != null && lateHash.equals(line.outHash()) && !line.rejected();
    }

    private LateOutcome delete(
            Change change, @Nullable FormerLine line, @Nullable StoredRecord stored, List<String> deletes)
            throws SQLException {
        if (line == null || stored == null) {
            return LateOutcome.CONTAINED; // It was never handed over, or it is gone already.
        }
        if (line.inHash() != null && line.inHash() == stored.hash()) {
            deletes.add(change.key());
            return LateOutcome.WRITTEN;
        }
        return conflict(change, "Hồ sơ bị xoá ở nơi cũ nhưng đã được sửa ở nơi nhận.");
    }

    private @Nullable String[] written(Change change, StoredRecord stored, Verdict verdict, boolean unitStays) {
        @Nullable String[] values = StoredRecord.withVerdict(dataset, change.values(), verdict);
        if (unitStays) {
            List<String> columns = dataset.columnNames();
            values[columns.indexOf(dataset.unit())] = stored.unit().code();
            values[columns.indexOf(dataset.vintage().column())] = stored.unit().vintage();
        }
        return values;
    }

    private LateOutcome conflict(Change change, String cause) throws SQLException {
        Statements.update(
                connection,
                sql.enterLateChange(),
                change.origin().topic(),
                change.origin().partition(),
                change.origin().offset(),
                dataset.name(),
                change.key(),
                cause,
                to.name(),
                from.name(),
                change.position(),
                change.deleted(),
                new Rows(dataset.columns().size()).add(change.values().toArray(new String[0])));
        return LateOutcome.CONFLICT;
    }

    private Map<String, Long> hashesOf(List<Change> changes) throws SQLException {
        Rows rows = new Rows(dataset.columns().size());
        changes.stream()
                .filter(change -> !change.deleted())
                .forEach(change -> rows.add(change.values().toArray(new String[0])));
        return rows.isEmpty()
                ? Map.of()
                : HandOver.hashes(Statements.query(connection, sql.hashOfValues(), HandOver::hash, rows));
    }
}
