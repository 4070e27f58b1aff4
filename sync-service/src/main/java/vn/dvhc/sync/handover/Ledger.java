package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Evidence;
import vn.dvhc.sync.recode.RecordUnit;
import vn.dvhc.sync.recode.Verdict;

/** Writes the ledger of records and the queue, in the transaction of the records themselves. */
final class Ledger {

    private static final List<String> EVIDENCE = List.of("way", "confidence", "words", "legal_basis", "clause");

    private static final List<String> COLUMNS = Stream.concat(
                    Stream.of(
                            "record_key",
                            "from_code",
                            "from_vintage",
                            "from_unit",
                            "to_unit",
                            "outcome",
                            "snapshot",
                            "source_position",
                            "out_hash",
                            "in_hash"),
                    EVIDENCE.stream())
            .toList();

    private static final List<String> COLLIDING =
            List.of("record_key", "from_code", "from_vintage", "from_unit", "out_hash");

    /** What a unit's records carry into the ledger, of those that are re-coded together. */
    static final List<String> CARRIED =
            Stream.concat(Stream.of("from_unit", "to_unit"), EVIDENCE.stream()).toList();

    private static final String WRITE =
            "INSERT INTO sync.handed_over AS h (dataset, record_key, enactment, from_code, from_vintage, from_unit, to_unit,"
                    + " from_home, to_home, outcome, late, snapshot, source_epoch, source_position, out_hash, in_hash, late_changes, "
                    + String.join(", ", EVIDENCE) + ")"
                    + " SELECT p.dataset, v.record_key, p.enactment, v.from_code, v.from_vintage, v.from_unit, v.to_unit, p.from_home, p.to_home, v.outcome,"
                    + " p.late, v.snapshot, p.epoch, v.source_position::bigint, v.out_hash::bigint, v.in_hash::bigint,"
                    + " CASE WHEN p.late THEN 1 ELSE 0 END, " + each("v.%1$s") + " FROM " + Rows.unnest("v", COLUMNS)
                    + ", (SELECT ?::text AS dataset, ?::date AS enactment, ?::text AS from_home, ?::text AS to_home,"
                    + " ?::boolean AS late, ?::integer AS epoch) p"
                    // A late change of an earlier home does not say anew what became of the record on this day.
                    + " ON CONFLICT (dataset, record_key, enactment) DO UPDATE SET outcome = CASE"
                    + " WHEN h.from_home <> excluded.from_home AND h.outcome = 'kept'"
                    + " AND excluded.to_unit = coalesce(h.to_unit, h.from_unit) THEN h.outcome ELSE excluded.outcome END,"
                    + " from_code = coalesce(h.from_code, excluded.from_code),"
                    + " from_vintage = coalesce(h.from_vintage, excluded.from_vintage),"
                    + " from_unit = coalesce(h.from_unit, excluded.from_unit), to_unit = excluded.to_unit, "
                    // What a record was like when it came from a former home is what that home's late changes are held
                    // against.
                    + "out_hash = CASE WHEN h.from_home = excluded.from_home THEN excluded.out_hash ELSE h.out_hash END,"
                    + " in_hash = CASE WHEN h.from_home = excluded.from_home THEN excluded.in_hash ELSE h.in_hash END,"
                    + " source_epoch = CASE WHEN h.from_home = excluded.from_home THEN excluded.source_epoch ELSE h.source_epoch END,"
                    + " source_position = CASE WHEN h.from_home = excluded.from_home"
                    + " THEN coalesce(excluded.source_position, h.source_position) ELSE h.source_position END, "
                    + each("%1$s = CASE WHEN excluded.way IS NULL AND excluded.to_unit = h.to_unit THEN h.%1$s"
                            + " ELSE excluded.%1$s END")
                    + ","
                    // What the hand-over reads counts as read, though the stream may have re-coded it a moment before.
                    + " late = h.late AND excluded.late,"
                    + " late_changes = h.late_changes + excluded.late_changes";

    private static final String QUEUE =
            "INSERT INTO sync.queued_record AS q (dataset, record_key, unit_id, candidates, locality,"
                    + " enactment, held) SELECT p.dataset, v.record_key, v.unit_id, string_to_array(v.candidates, ','),"
                    + " v.locality, p.enactment, p.held FROM "
                    + Rows.unnest("v", List.of("record_key", "unit_id", "candidates", "locality"))
                    + ", (SELECT ?::text AS dataset, ?::date AS enactment, ?::boolean AS held) p"
                    + " ON CONFLICT (dataset, record_key) DO UPDATE SET unit_id = excluded.unit_id,"
                    + " candidates = excluded.candidates, locality = excluded.locality, held = q.held OR excluded.held";

    private static final String DECIDE =
            "UPDATE sync.handed_over h SET outcome = v.outcome, to_unit = v.to_unit, " + each("%1$s = v.%1$s")
                    + " FROM " + Rows.unnest("v", columnsOfDecisions())
                    + ", (SELECT ?::text AS dataset, ?::text AS present) p"
                    + " WHERE h.dataset = p.dataset AND h.record_key = v.record_key AND h.outcome = p.present"
                    + " AND (p.present = 'queued' OR (h.to_unit = v.former AND h.way = 'person'))";

    /** What a line said before is kept: a record was of that unit for a while. */
    private static final String REVISE = "WITH lines AS (SELECT v.*, p.* FROM " + Rows.unnest("v", columnsOfRevisions())
            + ", (SELECT ?::text AS dataset, ?::date AS enactment) p),"
            + " said AS (INSERT INTO sync.handover_revision (dataset, record_key, enactment, former_unit, unit, outcome)"
            + " SELECT h.dataset, h.record_key, h.enactment, coalesce(h.to_unit, h.from_unit),"
            + " coalesce(l.to_unit, h.from_unit), l.outcome FROM sync.handed_over h JOIN lines l"
            + " USING (dataset, record_key, enactment))"
            + " UPDATE sync.handed_over h SET outcome = l.outcome, to_unit = l.to_unit, " + each("%1$s = l.%1$s")
            + " FROM lines l WHERE h.dataset = l.dataset AND h.record_key = l.record_key AND h.enactment = l.enactment";

    private static final String UNQUEUE =
            "DELETE FROM sync.queued_record WHERE dataset = ? AND record_key = ANY (?::text[])";

    private Ledger() {}

    private static String each(String pattern) {
        return EVIDENCE.stream().map(pattern::formatted).collect(Collectors.joining(", "));
    }

    private static List<String> columnsOfRevisions() {
        return Stream.concat(Stream.of("record_key", "outcome", "to_unit"), EVIDENCE.stream())
                .toList();
    }

    private static List<String> columnsOfDecisions() {
        return Stream.concat(Stream.of("record_key", "outcome", "to_unit", "former"), EVIDENCE.stream())
                .toList();
    }

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

        Entry with(Verdict other) {
            return new Entry(key, unit, other, snapshot, position, outHash);
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
            lines.add(row(
                    verdict.evidence(),
                    entry.key(),
                    entry.unit().code(),
                    entry.unit().vintage(),
                    text(verdict.from()),
                    text(verdict.to()),
                    verdict.outcome().label(),
                    entry.snapshot(),
                    text(entry.position()),
                    text(entry.outHash()),
                    text(arrived.get(entry.key()))));
            if (verdict.outcome() == Verdict.Outcome.QUEUED) {
                queue.add(waiting(entry.key(), verdict, entry.unit().locality()));
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
            Statements.update(connection, QUEUE, queue, dataset.name(), enactment.toString(), false);
        }
        if (!decided.isEmpty()) {
            unqueue(connection, dataset, decided);
        }
        WeightChanges.add(
                connection,
                entries.stream()
                        .map(Entry::verdict)
                        .filter(Ledger::isOfADivision)
                        .flatMap(verdict -> Stream.ofNullable(verdict.from()))
                        .map(Object::toString)
                        .distinct()
                        .toList());
        return written;
    }

    /**
     * Enters records that could not come, since the home that receives has others of the same key: they stay where they were, and the others'
     * lines are left alone.
     *
     * @return how many lines were written
     */
    static int writeCollisions(
            Connection connection, LocalDate enactment, Dataset dataset, Source from, Source to, List<Entry> entries)
            throws SQLException {
        if (entries.isEmpty()) {
            return 0;
        }
        Rows rows = new Rows(COLLIDING.size());
        entries.forEach(entry -> rows.add(
                entry.key(),
                entry.unit().code(),
                entry.unit().vintage(),
                text(entry.verdict().from()),
                text(entry.outHash())));
        return Statements.update(
                connection,
                "INSERT INTO sync.handover_collision (dataset, record_key, enactment, from_home, to_home, from_code,"
                        + " from_vintage, from_unit, out_hash)"
                        + " SELECT p.dataset, v.record_key, p.enactment, p.from_home, p.to_home, v.from_code,"
                        + " v.from_vintage, v.from_unit, v.out_hash::bigint FROM "
                        + Rows.unnest("v", COLLIDING)
                        + ", (SELECT ?::text AS dataset, ?::date AS enactment, ?::text AS from_home, ?::text AS to_home) p",
                rows,
                dataset.name(),
                enactment.toString(),
                from.name(),
                to.name());
    }

    /** A row of units' records that are re-coded together: some columns of the caller's, then {@link #CARRIED}. */
    static @Nullable String[] carried(Verdict verdict, @Nullable String... first) {
        @Nullable String[] row = Arrays.copyOf(first, first.length + 2);
        row[first.length] = text(verdict.from());
        row[first.length + 1] = text(verdict.to());
        return row(verdict.evidence(), row);
    }

    private static @Nullable String[] waiting(String key, Verdict verdict, @Nullable String locality) {
        return new @Nullable String[] {
            key,
            text(verdict.from()),
            verdict.candidates().stream().map(Object::toString).collect(Collectors.joining(",")),
            locality
        };
    }

    private static boolean isOfADivision(Verdict verdict) {
        return verdict.outcome() == Verdict.Outcome.QUEUED
                || (verdict.outcome() == Verdict.Outcome.MOVED
                        && (verdict.evidence() != null || verdict.code() == null));
    }

    /**
     * Enters what became of records that waited, by key: the unit each was decided for.
     *
     * @param decided verdicts that move or keep
     */
    static void decide(Connection connection, Dataset dataset, Map<String, Verdict> decided, Evidence otherwise)
            throws SQLException {
        Rows rows = new Rows(columnsOfDecisions().size());
        decided.forEach((key, verdict) -> rows.add(row(
                verdict.evidence() == null ? otherwise : verdict.evidence(),
                key,
                Verdict.Outcome.MOVED.label(),
                text(verdict.to()),
                null)));
        if (!rows.isEmpty()) {
            Statements.update(connection, DECIDE, rows, dataset.name(), Verdict.Outcome.QUEUED.label());
            WeightChanges.addOf(connection, dataset, List.copyOf(decided.keySet()));
            unqueue(connection, dataset, List.copyOf(decided.keySet()));
        }
    }

    /**
     * Enters what one hand-over's records have become instead.
     *
     * @param verdicts by key: none rejects
     * @param localities what the records say of their place, by key
     * @param held whether those that wait are to wait for a person whatever the acts say
     */
    static void revise(
            Connection connection,
            LocalDate enactment,
            Dataset dataset,
            Map<String, Verdict> verdicts,
            Map<String, @Nullable String> localities,
            boolean held)
            throws SQLException {
        Rows lines = new Rows(columnsOfRevisions().size());
        Rows queue = new Rows(4);
        List<String> decided = new ArrayList<>();
        verdicts.forEach((key, verdict) -> {
            lines.add(row(verdict.evidence(), key, verdict.outcome().label(), text(verdict.to())));
            if (verdict.outcome() == Verdict.Outcome.QUEUED) {
                queue.add(waiting(key, verdict, localities.get(key)));
            } else {
                decided.add(key);
            }
        });
        List<String> keys = List.copyOf(verdicts.keySet());
        Statements.update(connection, REVISE, lines, dataset.name(), enactment.toString());
        if (!queue.isEmpty()) {
            Statements.update(connection, QUEUE, queue, dataset.name(), enactment.toString(), held);
        }
        unqueue(connection, dataset, decided);
        WeightChanges.addOf(connection, dataset, keys);
    }

    /** Those among the keys that wait for a person whatever the acts say. */
    static Set<String> held(Connection connection, Dataset dataset, List<String> keys) throws SQLException {
        return Set.copyOf(Statements.query(
                connection,
                "SELECT record_key FROM sync.queued_record WHERE held AND dataset = ? AND record_key = ANY (?::text[])",
                row -> row.getString(1),
                dataset.name(),
                keys));
    }

    /** Lets those among the keys that wait do so for a person whatever the acts say, as they did in the home that they came from. */
    static void hold(Connection connection, Dataset dataset, List<String> keys) throws SQLException {
        if (!keys.isEmpty()) {
            Statements.update(
                    connection,
                    "UPDATE sync.queued_record SET held = true WHERE dataset = ? AND record_key = ANY (?::text[])",
                    dataset.name(),
                    keys);
        }
    }

    /** Those among the keys whose records a day has brought to where they belong, or to a queue; locked until the end of the transaction. */
    static Set<String> living(Connection connection, LocalDate enactment, Dataset dataset, List<String> keys)
            throws SQLException {
        return Set.copyOf(Statements.query(
                connection,
                "SELECT record_key FROM sync.handed_over WHERE enactment = ?::date AND dataset = ? AND record_key = ANY (?::text[])"
                        + " AND outcome <> 'rejected' ORDER BY record_key FOR UPDATE",
                row -> row.getString(1),
                enactment.toString(),
                dataset.name(),
                keys));
    }

    /** The keys of records of a home that could not come here. */
    static List<String> collisions(Connection connection, LocalDate enactment, Dataset dataset, Source from)
            throws SQLException {
        return Statements.query(
                connection,
                "SELECT record_key FROM sync.handover_collision WHERE enactment = ?::date AND dataset = ? AND from_home = ?",
                row -> row.getString(1),
                enactment.toString(),
                dataset.name(),
                from.name());
    }

    /** Takes all but some records out of the queue of a home that has given them away: they wait in the new one, if they still do. */
    static void leaveQueue(Connection connection, Dataset dataset, List<String> staying) throws SQLException {
        Statements.update(
                connection,
                "DELETE FROM sync.queued_record WHERE dataset = ? AND record_key <> ALL (?::text[])",
                dataset.name(),
                staying);
    }

    /** What becomes of a record, unless it waits for a person whatever the acts say. */
    static Verdict unlessHeld(Set<String> held, String key, Verdict verdict) {
        return held.contains(key) && verdict.outcome() == Verdict.Outcome.MOVED
                ? verdict.withheld("Bàn giao của hồ sơ đã được thu hồi; chờ người có thẩm quyền quyết định.")
                : verdict;
    }

    /** Enters as undecided again what a person had decided, by key: the unit he had chosen. */
    static void undecide(Connection connection, Dataset dataset, Map<String, String> chosen) throws SQLException {
        Rows rows = new Rows(columnsOfDecisions().size());
        chosen.forEach((key, unit) -> rows.add(row(null, key, Verdict.Outcome.QUEUED.label(), null, unit)));
        Statements.update(connection, DECIDE, rows, dataset.name(), Verdict.Outcome.MOVED.label());
        WeightChanges.addOf(connection, dataset, List.copyOf(chosen.keySet()));
    }

    private static @Nullable String[] row(@Nullable Evidence evidence, @Nullable String... first) {
        @Nullable String[] row = Arrays.copyOf(first, first.length + EVIDENCE.size());
        if (evidence != null) {
            row[first.length] = evidence.way().label();
            row[first.length + 1] = evidence.confidence().label();
            row[first.length + 2] = evidence.words();
            row[first.length + 3] = evidence.legalBasis().isEmpty() ? null : String.join("; ", evidence.legalBasis());
            row[first.length + 4] = evidence.clause();
        }
        return row;
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
