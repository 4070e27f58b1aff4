package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Verdict;

/**
 * Finds what is known of records that came from one former home. Where they have moved on since, each home's ledger knows its own stretch of
 * the way only: the lines are read along it and joined.
 */
final class FormerLines {

    private static final String LEDGER =
            "SELECT DISTINCT ON (record_key) record_key, outcome, snapshot, source_epoch, source_position, out_hash, in_hash,"
                    + " to_unit"
                    + " FROM sync.handed_over WHERE dataset = ? AND from_home = ? AND record_key = ANY (?::text[])"
                    + " ORDER BY record_key, enactment DESC";

    private static final String LATE =
            "SELECT record_key, source_epoch, source_position, out_hash, in_hash FROM sync.late_record"
                    + " WHERE dataset = ? AND from_home = ? AND record_key = ANY (?::text[])";

    private static final List<String> APPLIED = List.of("record_key", "source_position", "out_hash", "in_hash");

    private static final String APPLY =
            "INSERT INTO sync.late_record AS l (dataset, record_key, from_home, source_epoch, source_position, out_hash, in_hash)"
                    + " SELECT p.dataset, v.record_key, p.from_home, p.epoch, v.source_position::bigint, v.out_hash::bigint,"
                    + " v.in_hash::bigint FROM " + Rows.unnest("v", APPLIED)
                    + ", (SELECT ?::text AS dataset, ?::text AS from_home, ?::integer AS epoch) p"
                    + " ON CONFLICT (dataset, record_key, from_home) DO UPDATE SET source_epoch = excluded.source_epoch,"
                    + " source_position = excluded.source_position, out_hash = excluded.out_hash, in_hash = excluded.in_hash,"
                    + " applied_at = clock_timestamp()";

    private final Databases databases;
    private final Dataset dataset;
    private final Source from;
    private final List<Source> between;

    /** @param between the homes that the records had since, in order, without the present one */
    FormerLines(Databases databases, Dataset dataset, Source from, List<Source> between) {
        this.databases = databases;
        this.dataset = dataset;
        this.from = from;
        this.between = between;
    }

    /** By key, as far as they are known. */
    Map<String, FormerLine> of(Connection connection, Source home, List<String> keys) throws SQLException {
        Map<String, FormerLine> lines = ledger(connection, from, keys);
        List<String> missing =
                keys.stream().filter(key -> !lines.containsKey(key)).toList();
        if (!missing.isEmpty() && !between.isEmpty()) {
            Map<String, FormerLine> onTheWay = new HashMap<>();
            Source previous = from;
            for (Source stop : between) {
                Map<String, FormerLine> known = onTheWay;
                Source before = previous;
                onTheWay = databases.asOwner(stop, there -> goOn(there, before, known, missing));
                previous = stop;
            }
            lines.putAll(goOn(connection, previous, onTheWay, missing));
        }
        return withLateChanges(connection, from, lines);
    }

    /** What was known at the stop before, with this one's lines. */
    private Map<String, FormerLine> goOn(
            Connection there, Source previous, Map<String, FormerLine> known, List<String> keys) throws SQLException {
        Map<String, FormerLine> next = previous.equals(from)
                ? Map.of()
                : withLateChanges(there, previous, ledger(there, previous, List.copyOf(known.keySet())));
        Map<String, FormerLine> lines = new HashMap<>();
        known.forEach((key, line) -> {
            FormerLine here = next.get(key);
            lines.put(key, here == null ? line.lost() : line.then(here));
        });
        lines.putAll(ledger(there, from, keys));
        return withLateChanges(there, from, lines);
    }

    private Map<String, FormerLine> ledger(Connection connection, Source former, List<String> keys)
            throws SQLException {
        Map<String, FormerLine> lines = new HashMap<>();
        if (!keys.isEmpty()) {
            Statements.query(
                            connection,
                            LEDGER,
                            row -> Map.entry(row.getString(1), line(row)),
                            dataset.name(),
                            former.name(),
                            keys)
                    .forEach(line -> lines.put(line.getKey(), line.getValue()));
        }
        return lines;
    }

    private Map<String, FormerLine> withLateChanges(Connection connection, Source former, Map<String, FormerLine> lines)
            throws SQLException {
        if (!lines.isEmpty()) {
            Statements.query(
                            connection,
                            LATE,
                            row -> {
                                String key = row.getString(1);
                                FormerLine line = Objects.requireNonNull(lines.get(key));
                                return Map.entry(
                                        key,
                                        line.after(
                                                row.getInt(2),
                                                row.getLong(3),
                                                row.getObject(4, Long.class),
                                                row.getObject(5, Long.class)));
                            },
                            dataset.name(),
                            former.name(),
                            List.copyOf(lines.keySet()))
                    .forEach(line -> lines.put(line.getKey(), line.getValue()));
        }
        return lines;
    }

    /** Notes late changes of a former home that were applied. */
    static void applied(
            Connection connection, Dataset dataset, Source from, List<Ledger.Entry> entries, Map<String, Long> arrived)
            throws SQLException {
        Rows rows = new Rows(APPLIED.size());
        entries.forEach(entry ->
                rows.add(entry.key(), text(entry.position()), text(entry.outHash()), text(arrived.get(entry.key()))));
        if (!rows.isEmpty()) {
            Statements.update(connection, APPLY, rows, dataset.name(), from.name(), from.epoch());
        }
    }

    private static @Nullable String text(@Nullable Long value) {
        return value == null ? null : value.toString();
    }

    private static FormerLine line(ResultSet row) throws SQLException {
        String snapshot = row.getString(3);
        return new FormerLine(
                Verdict.Outcome.REJECTED.label().equals(row.getString(2)),
                snapshot == null ? null : Snapshot.parse(snapshot),
                row.getInt(4),
                row.getObject(5, Long.class),
                row.getObject(6, Long.class),
                row.getObject(7, Long.class),
                row.getString(8));
    }
}
