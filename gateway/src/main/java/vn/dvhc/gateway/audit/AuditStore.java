package vn.dvhc.gateway.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.store.DoorDatabase;

/** The chain in the door's database, one for all replicas. Blocks: call it from a thread of one's own, or a worker. */
@ApplicationScoped
class AuditStore {

    private static final int PAGE = 2_000;

    private static final String COLUMNS =
            "place, at, outcome, who, client, unit, method, what, concerning, status, why, times, previous, hash";

    private static final String APPEND = "INSERT INTO door_audit (" + COLUMNS + ") SELECT * FROM unnest(?::bigint[],"
            + " ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[],"
            + " ?::text[], ?::bigint[], ?::text[], ?::text[])";

    private final DoorDatabase database;

    AuditStore(DoorDatabase database) {
        this.database = database;
    }

    /**
     * Which entries, latest first.
     *
     * @param who null for anybody
     * @param outcome null for any
     * @param before only those before this place
     */
    record Question(@Nullable String who, @Nullable String outcome, long before, int limit) {}

    /** Adds events to the end of the chain, together or not at all; gives back the new end. */
    Entry.Head append(Map<DoorEvent, Long> events) throws SQLException {
        return database.transact(connection -> {
            try (Statement lock = connection.createStatement()) {
                lock.execute("SELECT pg_advisory_xact_lock(hashtext('door_audit'))");
            }
            List<Entry> entries = Entry.following(head(connection), events);
            insert(connection, entries);
            Entry last = entries.get(entries.size() - 1);
            try (PreparedStatement keep =
                    connection.prepareStatement("UPDATE door_audit_head SET place = ?, hash = ?")) {
                keep.setLong(1, last.place());
                keep.setString(2, last.hash());
                keep.executeUpdate();
            }
            return new Entry.Head(last.place(), last.hash());
        });
    }

    private static void insert(Connection connection, List<Entry> entries) throws SQLException {
        List<Function<Entry, Object>> columns = List.of(
                Entry::place,
                entry -> entry.event().at().toString(),
                entry -> entry.event().outcome().label(),
                entry -> entry.event().who(),
                entry -> entry.event().client(),
                entry -> entry.event().unit(),
                entry -> entry.event().method(),
                entry -> entry.event().what(),
                entry -> entry.event().concerning(),
                entry -> entry.event().status(),
                entry -> entry.event().why(),
                Entry::times,
                Entry::previous,
                Entry::hash);
        try (PreparedStatement add = connection.prepareStatement(APPEND)) {
            for (int i = 0; i < columns.size(); i++) {
                Function<Entry, Object> column = columns.get(i);
                String[] values = entries.stream()
                        .map(entry -> column.apply(entry).toString())
                        .toArray(String[]::new);
                Array array = connection.createArrayOf("text", values);
                add.setArray(i + 1, array);
            }
            add.executeUpdate();
        }
    }

    List<Entry> list(Question question) throws SQLException {
        return database.transact(connection -> {
            try (PreparedStatement read = connection.prepareStatement("SELECT " + COLUMNS
                    + " FROM door_audit WHERE place < ? AND (?::text IS NULL OR who = ?) AND (?::text IS NULL OR outcome = ?)"
                    + " ORDER BY place DESC LIMIT ?")) {
                read.setLong(1, question.before());
                read.setString(2, question.who());
                read.setString(3, question.who());
                read.setString(4, question.outcome());
                read.setString(5, question.outcome());
                read.setInt(6, question.limit());
                return entries(read);
            }
        });
    }

    /** Goes through the whole chain, page by page, as it stood when this began. */
    Verification verify() throws SQLException {
        return database.transact(connection -> {
            DoorDatabase.update(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            Verification verification = new Verification();
            boolean holds = true;
            boolean more = true;
            while (holds && more) {
                List<Entry> page = page(connection, verification.entries());
                for (Entry entry : page) {
                    holds = holds && verification.take(entry);
                }
                more = page.size() == PAGE;
            }
            verification.end(head(connection));
            return verification;
        });
    }

    private static List<Entry> page(Connection connection, long after) throws SQLException {
        try (PreparedStatement read = connection.prepareStatement(
                "SELECT " + COLUMNS + " FROM door_audit WHERE place > ? ORDER BY place LIMIT ?")) {
            read.setLong(1, after);
            read.setInt(2, PAGE);
            return entries(read);
        }
    }

    private static List<Entry> entries(PreparedStatement read) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet row = read.executeQuery()) {
            while (row.next()) {
                DoorEvent event = new DoorEvent(
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        DoorEvent.Outcome.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getInt(10),
                        row.getString(11));
                entries.add(new Entry(row.getLong(1), event, row.getLong(12), row.getString(13), row.getString(14)));
            }
        }
        return entries;
    }

    private static Entry.Head head(Connection connection) throws SQLException {
        try (Statement read = connection.createStatement();
                ResultSet row = read.executeQuery("SELECT place, hash FROM door_audit_head")) {
            return row.next() ? new Entry.Head(row.getLong(1), row.getString(2)) : Entry.Head.NONE;
        }
    }
}
