package vn.dvhc.sync.journey;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.manifest.ManifestId;

/** The lines that one database keeps of a record. */
final class Traces {

    /** Lines of a kind that are read in one database. */
    static final int MOST = 200;

    private static final String LINES =
            "SELECT handed_over_at, from_unit, to_unit, outcome, from_home, to_home, late, enactment, from_code, from_vintage"
                    + " FROM sync.handover_line"
                    + " WHERE dataset = ? AND record_key = ? ORDER BY enactment LIMIT " + MOST;

    private static final String REVISED =
            "SELECT revised_at, former_unit, unit, outcome, enactment FROM sync.handover_revision WHERE dataset = ?"
                    + " AND record_key = ? ORDER BY id LIMIT " + MOST;

    private static final String WAITING =
            "SELECT since, unit_id, array_to_string(candidates, ', ') FROM sync.queued_record WHERE dataset = ?"
                    + " AND record_key = ?";

    private static final String ASSIGNED =
            "SELECT assigned_at, from_unit, to_unit, reason, assigned_by, undone_at, undo_reason, undone_by"
                    + " FROM sync.queue_assignment WHERE dataset = ? AND record_key = ? ORDER BY id LIMIT " + MOST;

    private static final String CONFLICTS =
            "SELECT detected_at, other, owner, kind || ': ' || cause, id, decided_at, state, reason, decided_by FROM sync.conflict"
                    + " WHERE dataset = ? AND record_key = ? ORDER BY id DESC LIMIT " + MOST;

    private static final String FOREIGN =
            "SELECT written_at, account, operation FROM sync.foreign_write WHERE dataset = ? AND record_key = ?"
                    + " ORDER BY id DESC LIMIT " + MOST;

    private static final String LETTERS =
            "SELECT received_at, source, cause, id, changed_at, state FROM sync.dead_letter WHERE dataset = ?"
                    + " AND record_key = ? ORDER BY id DESC LIMIT " + MOST;

    private static final String DEEDS =
            "SELECT at, who, action || ': ' || outcome, subject FROM sync.audit WHERE subject = ANY (?::text[])"
                    + " ORDER BY id DESC LIMIT " + MOST;

    private final Connection connection;
    private final String database;
    private final String dataset;
    private final String key;
    private final List<Journey.Event> events = new ArrayList<>();
    private boolean truncated;

    private Traces(Connection connection, String database, String dataset, String key) {
        this.connection = connection;
        this.database = database;
        this.dataset = dataset;
        this.key = key;
    }

    /** @param truncated whether there were more lines than are read */
    record Found(List<Journey.Event> events, boolean truncated) {}

    /** What an owner's database keeps. */
    static Found ofOwner(Connection connection, String database, String dataset, String key) throws SQLException {
        Traces traces = new Traces(connection, database, dataset, key);
        traces.read(LINES, traces::line);
        traces.read(REVISED, traces::revised);
        traces.read(WAITING, traces::waiting);
        traces.read(ASSIGNED, traces::assigned);
        traces.common();
        return traces.found();
    }

    /** What a database of copies keeps. */
    static Found ofCopies(Connection connection, String database, String dataset, String key) throws SQLException {
        Traces traces = new Traces(connection, database, dataset, key);
        traces.common();
        return traces.found();
    }

    /** What only the national database keeps: dead letters, and what was done about the cases among the events. */
    static Found ofNation(Connection connection, String database, String dataset, String key, List<Journey.Event> known)
            throws SQLException {
        Traces traces = new Traces(connection, database, dataset, key);
        traces.read(LETTERS, traces::letter);
        List<String> subjects = new ArrayList<>();
        List<Journey.Event> cases = new ArrayList<>(known);
        cases.addAll(traces.events);
        for (Journey.Event event : cases) {
            if (event.kind().equals("dead-letter")) {
                subjects.add("dead-letter:" + event.reference());
            } else if (event.kind().equals("conflict")) {
                subjects.add("conflict:" + event.reference());
            }
        }
        if (!subjects.isEmpty()) {
            traces.count(Statements.query(
                    connection,
                    DEEDS,
                    traces::deed,
                    subjects.stream().distinct().toList()));
        }
        return traces.found();
    }

    private Found found() {
        return new Found(List.copyOf(events), truncated);
    }

    private void common() throws SQLException {
        read(CONFLICTS, this::conflict);
        read(FOREIGN, this::foreign);
    }

    private void read(String sql, Statements.RowReader<Integer> reader) throws SQLException {
        count(Statements.query(connection, sql, reader, dataset, key));
    }

    private void count(List<Integer> read) {
        truncated |= read.size() >= MOST;
    }

    private static String borne(@Nullable String code, @Nullable String vintage) {
        return code == null || vintage == null ? "" : ", trước đó mang mã " + code + " (đọc ngày " + vintage + ")";
    }

    private Integer revised(ResultSet row) throws SQLException {
        return add(new Journey.Event(
                moment(row, 1),
                "revised",
                database,
                row.getString(2),
                row.getString(3),
                row.getString(4) + ", ngày " + row.getObject(5, LocalDate.class),
                null,
                false,
                null));
    }

    private Integer line(ResultSet row) throws SQLException {
        String from = row.getString(2);
        String outcome = row.getString(4);
        String manifest = from == null || outcome.equals("kept")
                ? null
                : ManifestId.of(dataset, from, outcome.equals("moved") ? row.getString(3) : null);
        return add(new Journey.Event(
                moment(row, 1),
                "handed-over",
                database,
                from,
                row.getString(3),
                outcome + ": " + row.getString(5) + " → " + row.getString(6) + ", ngày "
                        + row.getObject(8, LocalDate.class) + borne(row.getString(9), row.getString(10)),
                manifest,
                row.getBoolean(7),
                null));
    }

    private Integer waiting(ResultSet row) throws SQLException {
        return add(new Journey.Event(
                moment(row, 1), "queued", database, row.getString(2), null, row.getString(3), null, null, null));
    }

    private Integer assigned(ResultSet row) throws SQLException {
        add(new Journey.Event(
                moment(row, 1),
                "assigned",
                database,
                row.getString(2),
                row.getString(3),
                row.getString(4),
                null,
                null,
                row.getString(5)));
        if (row.getTimestamp(6) != null) {
            add(new Journey.Event(
                    moment(row, 6),
                    "assignment-undone",
                    database,
                    row.getString(3),
                    row.getString(2),
                    row.getString(7),
                    null,
                    null,
                    row.getString(8)));
        }
        return 1;
    }

    private Integer conflict(ResultSet row) throws SQLException {
        String id = database + ":" + row.getLong(5);
        add(new Journey.Event(
                moment(row, 1),
                "conflict",
                database,
                row.getString(2),
                row.getString(3),
                row.getString(4),
                id,
                null,
                null));
        if (row.getTimestamp(6) != null) {
            String reason = row.getString(8);
            add(new Journey.Event(
                    moment(row, 6),
                    "conflict-decided",
                    database,
                    null,
                    null,
                    row.getString(7) + (reason == null ? "" : ": " + reason),
                    id,
                    null,
                    row.getString(9)));
        }
        return 1;
    }

    private Integer foreign(ResultSet row) throws SQLException {
        return add(new Journey.Event(
                moment(row, 1), "foreign-write", database, row.getString(2), null, row.getString(3), null, null, null));
    }

    private Integer letter(ResultSet row) throws SQLException {
        String id = Long.toString(row.getLong(4));
        add(new Journey.Event(
                moment(row, 1), "dead-letter", database, row.getString(2), null, row.getString(3), id, null, null));
        String state = row.getString(6);
        if (!state.equals("open") && row.getTimestamp(5) != null) {
            add(new Journey.Event(moment(row, 5), "dead-letter-ended", database, null, null, state, id, null, null));
        }
        return 1;
    }

    private Integer deed(ResultSet row) throws SQLException {
        return add(new Journey.Event(
                moment(row, 1),
                "deed",
                database,
                null,
                null,
                row.getString(3),
                row.getString(4),
                null,
                row.getString(2)));
    }

    private int add(Journey.Event event) {
        events.add(event);
        return 1;
    }

    private static String moment(ResultSet row, int column) throws SQLException {
        Timestamp moment = row.getTimestamp(column);
        return String.valueOf(moment == null ? null : moment.toInstant());
    }

    /** A moment that may be missing. */
    static @Nullable String optionalMoment(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column) == null ? null : moment(row, column);
    }
}
