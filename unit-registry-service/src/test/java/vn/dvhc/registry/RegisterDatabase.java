package vn.dvhc.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.registry.store.RegisterLock;
import vn.dvhc.registry.unit.EnactedDay;

/** One database of the registry, seen by somebody who is not the service. */
final class RegisterDatabase {

    private final Databases databases;
    private final String name;

    RegisterDatabase(Databases databases, String name) {
        this.databases = databases;
        this.name = name;
    }

    /**
     * How many rows of each table belong to a day.
     *
     * @param ended states that end on the day
     */
    record DayRows(long enactments, long decisions, long begun, long ended, long edges, long messages) {

        static final DayRows NOTHING = new DayRows(0, 0, 0, 0, 0, 0);

        static DayRows of(EnactedDay day, int decisions) {
            return new DayRows(
                    1,
                    decisions,
                    day.opened().size(),
                    day.closed().size(),
                    day.edges().size(),
                    day.messages().size());
        }
    }

    /** A session of the service that holds the register's lock and has written rows it has not committed. */
    record Writer(int pid, String application) {}

    String name() {
        return name;
    }

    /** Another database with the same content. Nobody may be connected to this one. */
    RegisterDatabase copy(String copy) throws SQLException {
        administer("CREATE DATABASE " + copy + " TEMPLATE " + name + " OWNER " + Account.REGISTRY.user());
        return new RegisterDatabase(databases, copy);
    }

    DayRows rowsOf(LocalDate day) throws SQLException {
        String date = "'" + day + "'";
        return new DayRows(
                count("log_group WHERE kind = 'day' AND date = " + date),
                count("decision WHERE state = 'in_force' AND effective_date = " + date),
                count("unit_state WHERE valid_from = " + date),
                count("unit_state WHERE valid_to = " + date),
                count("edge WHERE date = " + date),
                count("outbox WHERE topic = 'unit-changes.v1'" + " AND payload::json -> 'data' ->> 'enactment' = "
                        + date));
    }

    /** The sequences of all messages, in the order in which they are sent. */
    List<Long> sequences() throws SQLException {
        List<Long> sequences = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT (payload::json -> 'data' ->> 'sequence')::bigint"
                        + " FROM outbox WHERE topic = 'unit-changes.v1' ORDER BY position")) {
            while (rows.next()) {
                sequences.add(rows.getLong(1));
            }
        }
        return sequences;
    }

    /** By the business clock. */
    Instant enactedAt(LocalDate day) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT extract(epoch FROM recorded_at) * 1000 FROM log_group WHERE kind = 'day' AND date = '"
                                + day + "'")) {
            rows.next();
            return Instant.ofEpochMilli(rows.getLong(1));
        }
    }

    Optional<Writer> writer() throws SQLException {
        try (Connection connection = databases.connect("postgres", Account.POSTGRES);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT a.pid, a.application_name FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid"
                                + " WHERE a.datname = '" + name + "' AND l.locktype = 'advisory' AND l.granted"
                                + " AND l.objid = " + RegisterLock.DECISIONS.key()
                                + " AND a.backend_xid IS NOT NULL")) {
            return rows.next() ? Optional.of(new Writer(rows.getInt(1), rows.getString(2))) : Optional.empty();
        }
    }

    /** Sessions of the service. */
    long sessions() throws SQLException {
        return count("postgres", "pg_stat_activity WHERE " + ofService());
    }

    /** Ends all sessions of the service at once, as the fall of a database server does. */
    void endSessions() throws SQLException {
        administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + ofService());
    }

    private String ofService() {
        return "datname = '" + name + "' AND usename = '" + Account.REGISTRY.user() + "'";
    }

    private long count(String from) throws SQLException {
        return count(name, from);
    }

    private long count(String database, String from) throws SQLException {
        try (Connection connection = databases.connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void administer(String sql) throws SQLException {
        try (Connection connection = databases.connect("postgres", Account.POSTGRES);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return databases.connect(name, Account.POSTGRES);
    }
}
