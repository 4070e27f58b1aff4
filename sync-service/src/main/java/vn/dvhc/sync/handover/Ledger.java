package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.RecordUnit;
import vn.dvhc.sync.recode.Verdict;

/** Writes the ledger of records and the queue, in the transaction of the records themselves. */
final class Ledger {

    private static final List<String> COLUMNS = List.of(
            "record_key", "from_unit", "to_unit", "outcome", "snapshot", "source_position", "out_hash", "in_hash");

    private static final String WRITE =
            "INSERT INTO sync.handed_over AS h (dataset, record_key, enactment, from_unit, to_unit,"
                    + " from_home, to_home, outcome, late, snapshot, source_epoch, source_position, out_hash, in_hash, late_changes)"
                    + " SELECT p.dataset, v.record_key, p.enactment, v.from_unit, v.to_unit, p.from_home, p.to_home, v.outcome,"
                    + " p.late, v.snapshot, p.epoch, v.source_position::bigint, v.out_hash::bigint, v.in_hash::bigint,"
                    + " CASE WHEN p.late THEN 1 ELSE 0 END FROM " + Rows.unnest("v", COLUMNS)
                    + ", (SELECT ?::text AS dataset, ?::date AS enactment, ?::text AS from_home, ?::text AS to_home,"
                    + " ?::boolean AS late, ?::integer AS epoch) p"
                    + " ON CONFLICT (dataset, record_key, enactment) DO UPDATE SET outcome = excluded.outcome,"
                    + " from_unit = coalesce(h.from_unit, excluded.from_unit), to_unit = excluded.to_unit, out_hash = excluded.out_hash, in_hash = excluded.in_hash,"
                    + " source_epoch = excluded.source_epoch,"
                    + " source_position = coalesce(excluded.source_position, h.source_position),"
                    // What the hand-over reads counts as read, though the stream may have re-coded it a moment before.
                    + " late = h.late AND excluded.late,"
                    + " late_changes = h.late_changes + excluded.late_changes";

    private static final String QUEUE =
            "INSERT INTO sync.queued_record (dataset, record_key, unit_id, candidates, locality,"
                    + " enactment) SELECT p.dataset, v.record_key, v.unit_id, string_to_array(v.candidates, ','), v.locality,"
                    + " p.enactment FROM "
                    + Rows.unnest("v", List.of("record_key", "unit_id", "candidates", "locality"))
                    + ", (SELECT ?::text AS dataset, ?::date AS enactment) p ON CONFLICT (dataset, record_key) DO UPDATE"
                    + " SET unit_id = excluded.unit_id, candidates = excluded.candidates, locality = excluded.locality";

    private static final String UNQUEUE =
            "DELETE FROM sync.queued_record WHERE dataset = ? AND record_key = ANY (?::text[])";

    private Ledger() {}

    /**
     * A record and what became of it.
     *
     * @param snapshot the snapshot it was read in at its former home; null if it stayed in place or came late
     * @param position the log position of the late change; null for what the hand-over itself read
     * @param outHash checksum of its content where it left; null if unknown
     */
    record Entry(
            String key,
            RecordUnit unit,
            Verdict verdict,
            @Nullable String snapshot,
            @Nullable Long position,
            @Nullable Long outHash) {

        /** A record that could not be stored, since its key is taken, is rejected instead. */
        Entry unlessArrived(Map<String, Long> arrived) {
            return arrived.containsKey(key) || verdict.outcome() == Verdict.Outcome.REJECTED
                    ? this
                    : new Entry(
                            key,
                            unit,
                            verdict.refused("Khoá của hồ sơ đã có ở nơi nhận."),
                            snapshot,
                            position,
                            outHash);
        }
    }

    /**
     * @param arrived checksums of the records as stored, by key; a record that is not there was not written
     * @param late whether the records came by a change after the hand-over of their home
     * @return how many lines were written
     */
    static int write(
            Connection connection,
            LocalDate enactment,
            Dataset dataset,
            Source from,
            Source to,
            boolean late,
            List<Entry> entries,
            Map<String, Long> arrived)
            throws SQLException {
        if (entries.isEmpty()) {
            return 0;
        }
        Rows lines = new Rows(COLUMNS.size());
        Rows queue = new Rows(4);
        List<String> decided = entries.stream()
                .filter(entry -> entry.verdict().outcome() != Verdict.Outcome.QUEUED)
                .map(Entry::key)
                .toList();
        for (Entry entry : entries) {
            Verdict verdict = entry.verdict();
            lines.add(
                    entry.key(),
                    text(verdict.from()),
                    text(verdict.to()),
                    verdict.outcome().label(),
                    entry.snapshot(),
                    text(entry.position()),
                    text(entry.outHash()),
                    text(arrived.get(entry.key())));
            if (verdict.outcome() == Verdict.Outcome.QUEUED) {
                queue.add(
                        entry.key(),
                        text(verdict.from()),
                        String.join(
                                ",",
                                verdict.candidates().stream()
                                        .map(Object::toString)
                                        .toList()),
                        entry.unit().locality());
            }
        }
        int written = Statements.update(
                connection,
                WRITE,
                lines,
                dataset.name(),
                enactment.toString(),
                from.name(),
                to.name(),
                late,
                from.epoch());
        if (!queue.isEmpty()) {
            Statements.update(connection, QUEUE, queue, dataset.name(), enactment.toString());
        }
        if (!decided.isEmpty()) {
            unqueue(connection, dataset, decided);
        }
        return written;
    }

    static void unqueue(Connection connection, Dataset dataset, List<String> keys) throws SQLException {
        Statements.update(connection, UNQUEUE, dataset.name(), keys);
    }

    /** A record whose unit could not be read, and now can and goes on. */
    static void keepRefused(Connection connection, LocalDate enactment, Dataset dataset, List<String> keys)
            throws SQLException {
        Statements.update(
                connection,
                "UPDATE sync.handed_over SET outcome = 'kept' WHERE outcome = 'rejected' AND enactment = ?::date"
                        + " AND dataset = ? AND record_key = ANY (?::text[])",
                enactment.toString(),
                dataset.name(),
                keys);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
