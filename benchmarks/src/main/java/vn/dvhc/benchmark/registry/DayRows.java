package vn.dvhc.benchmark.registry;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a day has left in the registry's tables, and the plainest fast way to write them: one transaction, one
 * statement a table, every column an array. Lists in a cell travel as PostgreSQL's text for them.
 */
final class DayRows {

    private final LocalDate day;
    private final Columns opened;
    private final Columns closed;
    private final Columns edges;
    private final Columns messages;
    private final Columns enactment;

    private DayRows(LocalDate day, Columns opened, Columns closed, Columns edges, Columns messages, Columns enactment) {
        this.day = day;
        this.opened = opened;
        this.closed = closed;
        this.edges = edges;
        this.messages = messages;
        this.enactment = enactment;
    }

    static DayRows read(Connection connection, LocalDate day) throws SQLException {
        return new DayRows(
                day,
                Columns.read(
                        connection,
                        "SELECT unit_id, valid_from::text, code, level, type, name, parent_id, legal_basis::text"
                                + " FROM unit_state WHERE valid_from = ?::date",
                        day),
                Columns.read(
                        connection,
                        "SELECT unit_id, valid_from::text, valid_to::text FROM unit_state WHERE valid_to = ?::date",
                        day),
                Columns.read(
                        connection,
                        "SELECT date::text, from_id, to_id, extent, portion, confidence, legal_basis::text, clause, note"
                                + " FROM edge WHERE date = ?::date",
                        day),
                Columns.read(
                        connection,
                        "SELECT o.id::text, aggregate_id, topic, payload FROM outbox o, log_group g"
                                + " WHERE date = ?::date AND kind = 'day' AND topic = 'unit-changes.v1'"
                                + " AND (payload::json -> 'data' ->> 'sequence')::bigint BETWEEN first_sequence AND last_sequence"
                                + " ORDER BY o.position",
                        day),
                Columns.read(
                        connection,
                        "SELECT date::text, first_sequence::text, last_sequence::text, digest, recorded_at::text,"
                                + " position::text FROM log_group WHERE kind = 'day' AND date = ?::date",
                        day));
    }

    String summary() {
        return opened.size() + " states begin, " + closed.size() + " end, " + edges.size() + " edges, "
                + messages.size() + " messages";
    }

    /** Writes them all into a database where the day has not come. */
    void write(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("UPDATE decision SET state = 'in_force', in_force_at = now(), version = version + 1"
                    + " WHERE state = 'scheduled' AND effective_date = '" + day + "'");
        }
        enactment.send(
                connection,
                "INSERT INTO log_group (date, first_sequence, last_sequence, digest, recorded_at, position, kind)"
                        + " SELECT v.a::date, v.b::bigint, v.c::bigint, v.d, v.e::timestamptz, v.f::bigint, 'day'"
                        + " FROM %s v");
        closed.send(
                connection,
                "UPDATE unit_state t SET valid_to = v.c::date FROM %s v"
                        + " WHERE t.unit_id = v.a AND t.valid_from = v.b::date");
        opened.send(
                connection,
                "INSERT INTO unit_state (unit_id, valid_from, code, level, type, name, parent_id, legal_basis)"
                        + " SELECT v.a, v.b::date, v.c, v.d, v.e, v.f, v.g, v.h::text[] FROM %s v");
        edges.send(
                connection,
                "INSERT INTO edge (date, from_id, to_id, extent, portion, confidence, legal_basis, clause, note)"
                        + " SELECT v.a::date, v.b, v.c, v.d, v.e, v.f, v.g::text[], v.h, v.i FROM %s v");
        messages.send(
                connection,
                "INSERT INTO outbox (id, aggregate_id, topic, payload) SELECT v.a::uuid, v.b, v.c, v.d FROM %s v");
        connection.commit();
    }

    /** A table laid out by column; the columns are called a, b, c… */
    private static final class Columns {

        private final List<List<@Nullable String>> columns;

        private Columns(List<List<@Nullable String>> columns) {
            this.columns = columns;
        }

        static Columns read(Connection connection, String sql, LocalDate day) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, day.toString());
                try (ResultSet rows = statement.executeQuery()) {
                    int width = rows.getMetaData().getColumnCount();
                    List<List<@Nullable String>> columns = new ArrayList<>();
                    for (int i = 0; i < width; i++) {
                        columns.add(new ArrayList<>());
                    }
                    while (rows.next()) {
                        for (int i = 0; i < width; i++) {
                            columns.get(i).add(rows.getString(i + 1));
                        }
                    }
                    return new Columns(columns);
                }
            }
        }

        int size() {
            return columns.get(0).size();
        }

        void send(Connection connection, String sql) throws SQLException {
            String names = "abcdefghi".substring(0, columns.size()).replaceAll("(?<=.)(?=.)", ",");
            String rows = "(SELECT * FROM unnest(" + "?::text[],".repeat(columns.size() - 1) + "?::text[]) AS u("
                    + names + "))";
            try (PreparedStatement statement = connection.prepareStatement(String.format(sql, rows))) {
                for (int i = 0; i < columns.size(); i++) {
                    Array array =
                            connection.createArrayOf("text", columns.get(i).toArray(new String[0]));
                    statement.setArray(i + 1, array);
                }
                int written = statement.executeUpdate();
                if (written != size()) {
                    throw new IllegalStateException(written + " rows instead of " + size() + ": " + sql);
                }
            }
        }
    }
}
