package vn.dvhc.sync.queue;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Statements;

/** The queue's tables in one database. */
final class QueueStore {

    /** What clerks write in different ways is one locality. */
    private static final String LOCALITY = "lower(regexp_replace(btrim(q.locality), '\\s+', ' ', 'g'))";

    private static final String FILTERED =
            "(SELECT ?::text AS dataset, ?::text AS unit, ?::text AS candidate, lower(?::text) AS locality,"
                    + " ?::text AS enactment, ?::boolean AS grouped, ?::text[] AS units) p";

    private static final String FILTER =
            " (p.dataset IS NULL OR q.dataset = p.dataset) AND (p.unit IS NULL OR q.unit_id = p.unit)"
                    + " AND (p.candidate IS NULL OR p.candidate = ANY (q.candidates))"
                    + " AND (p.units IS NULL OR q.unit_id = ANY (p.units))"
                    + " AND (p.enactment IS NULL OR q.enactment = p.enactment::date)"
                    + " AND CASE WHEN p.grouped THEN " + LOCALITY + " IS NOT DISTINCT FROM p.locality"
                    + " ELSE p.locality IS NULL OR position(p.locality IN lower(q.locality)) > 0 END";

    private static final String COLUMNS =
            "q.dataset, q.record_key, q.unit_id, q.candidates, q.locality, q.enactment, q.since::text";

    private QueueStore() {}

    /**
     * Records of one unit and locality in one dataset.
     *
     * @param locality as clerks may write it in different ways; null for records that bear none
     */
    record Group(
            String unit,
            @Nullable String locality,
            String dataset,
            List<String> candidates,
            long records,
            String since) {}

    /**
     * What the ledger says of a record in its latest hand-over.
     *
     * @param to id of the unit it came to; null if it waits or was rejected
     * @param way how it was decided: {@code portion}, {@code assignment}, {@code address}, {@code rule}, {@code person} or
     *     {@code owner}; null if its whole unit went there, or nothing decided
     */
    @Schema(name = "LedgerLine")
    record Line(
            LocalDate enactment,
            String outcome,
            @Nullable String from,
            @Nullable String to,
            @Nullable String way,
            @Nullable String confidence,
            @Nullable String words,
            List<String> legalBasis,
            @Nullable String clause) {}

    /** An element each; null stays null. */
    private static Object[] parameters(Connection connection, QueueFilter filter) throws SQLException {
        return new @Nullable Object[] {
            filter.dataset(),
            filter.unit(),
            filter.candidate(),
            filter.locality(),
            filter.enactment(),
            filter.group(),
            array(connection, filter.units())
        };
    }

    private static @Nullable Array array(Connection connection, @Nullable List<String> units) throws SQLException {
        return units == null ? null : connection.createArrayOf("text", units.toArray());
    }

    /** Records of a database, the longest waiting first, after the cursor. */
    static List<QueuedRecord> list(
            Connection connection, String home, QueueFilter filter, @Nullable QueueCursor after, int limit)
            throws SQLException {
        return Statements.query(
                connection,
                "SELECT " + COLUMNS + " FROM sync.queued_record q, " + FILTERED + " WHERE " + FILTER
                        + (after == null ? "" : " AND (q.since, q.dataset, q.record_key) > (?::timestamptz, ?, ?)")
                        + " ORDER BY q.since, q.dataset, q.record_key LIMIT ?",
                row -> record(home, row),
                parameters(connection, filter),
                after == null ? new Object[0] : new Object[] {after.since(), after.dataset(), after.key()},
                limit);
    }

    /** The largest first. */
    static List<Group> groups(Connection connection, QueueFilter filter, int limit) throws SQLException {
        return Statements.query(
                connection,
                "SELECT q.unit_id, " + LOCALITY + ", q.dataset, min(q.candidates), count(*), min(q.since)::text"
                        + " FROM sync.queued_record q, " + FILTERED + " WHERE " + FILTER
                        + " GROUP BY 1, 2, 3 ORDER BY 5 DESC, 1, 2, 3 LIMIT ?",
                row -> new Group(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        List.of((String[]) row.getArray(4).getArray()),
                        row.getLong(5),
                        row.getString(6)),
                parameters(connection, filter),
                limit);
    }

    /** Keys of a dataset's records, in order, after one. */
    static List<String> keys(Connection connection, QueueFilter filter, String dataset, String after, int limit)
            throws SQLException {
        return Statements.query(
                connection,
                "SELECT q.record_key FROM sync.queued_record q, " + FILTERED + " WHERE " + FILTER
                        + " AND q.dataset = ? AND q.record_key > ? ORDER BY q.record_key LIMIT ?",
                row -> row.getString(1),
                parameters(connection, filter),
                dataset,
                after,
                limit);
    }

    /**
     * Those of the given keys that wait, or that a person put into a unit.
     *
     * @param units of which they have to be; null for any
     */
    static List<String> known(
            Connection connection, String dataset, List<String> keys, boolean assigned, @Nullable List<String> units)
            throws SQLException {
        return Statements.query(
                connection,
                "SELECT DISTINCT record_key FROM "
                        + (assigned ? "sync.queue_assignment" : "sync.queued_record")
                        + " WHERE dataset = ? AND record_key = ANY (?::text[])"
                        + (assigned ? " AND undone_at IS NULL" : "") + (units == null ? "" : of(assigned)),
                row -> row.getString(1),
                dataset,
                keys,
                units == null ? new Object[0] : units);
    }

    /** Who may take a record out of the queue must hold the unit that it is of, and who may put it back the one that it is in now. */
    private static String of(boolean assigned) {
        return " AND " + (assigned ? "to_unit" : "unit_id") + " = ANY (?::text[])";
    }

    /** Keys of the records that one request put into a unit and that nobody took back, in order, after one. */
    static List<String> assigned(
            Connection connection,
            String assignment,
            String dataset,
            String after,
            int limit,
            @Nullable List<String> units)
            throws SQLException {
        return Statements.query(
                connection,
                "SELECT record_key FROM sync.queue_assignment WHERE assignment = ? AND dataset = ? AND record_key > ?"
                        + " AND undone_at IS NULL" + (units == null ? "" : of(true)) + " ORDER BY record_key LIMIT ?",
                row -> row.getString(1),
                assignment,
                dataset,
                after,
                units == null ? new Object[0] : units,
                limit);
    }

    static Optional<QueuedRecord> find(Connection connection, String home, String dataset, String key)
            throws SQLException {
        return Statements.query(
                        connection,
                        "SELECT " + COLUMNS + " FROM sync.queued_record q WHERE q.dataset = ? AND q.record_key = ?",
                        row -> record(home, row),
                        dataset,
                        key)
                .stream()
                .findFirst();
    }

    static Optional<Line> line(Connection connection, String dataset, String key) throws SQLException {
        return Statements.query(
                        connection,
                        "SELECT enactment, outcome, from_unit, to_unit, way, confidence, words, legal_basis, clause"
                                + " FROM sync.handed_over WHERE dataset = ? AND record_key = ?"
                                + " ORDER BY enactment DESC LIMIT 1",
                        row -> new Line(
                                row.getObject(1, LocalDate.class),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                row.getString(8) == null
                                        ? List.of()
                                        : List.of(row.getString(8).split("; ")),
                                row.getString(9)),
                        dataset,
                        key)
                .stream()
                .findFirst();
    }

    private static QueuedRecord record(String home, ResultSet row) throws SQLException {
        QueueCursor place = new QueueCursor(home, row.getString(7), row.getString(1), row.getString(2));
        return new QueuedRecord(
                home,
                row.getString(1),
                row.getString(2),
                row.getString(3),
                List.of((String[]) row.getArray(4).getArray()),
                row.getString(5),
                row.getObject(6, LocalDate.class),
                row.getString(7),
                List.of(),
                place.toString());
    }
}
