package vn.dvhc.demo.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.store.Database;

/** Compares a dataset's table at its owner with a copy of it, over all columns that the owner has. */
public final class Levels {

    private Levels() {}

    /** @param rejected keys that the owner holds but no copy may */
    static Difference compare(Dataset dataset, Database owner, Database copy, Set<String> rejected)
            throws SQLException {
        return compare(dataset, owner, copy, rejected, "true");
    }

    /**
     * @param rejected keys that the owner holds but no copy may
     * @param ofOwner SQL condition on the rows of a copy that may hold other owners' too
     */
    public static Difference compare(
            Dataset dataset, Database owner, Database copy, Set<String> rejected, String ofOwner) throws SQLException {
        List<String> columns = columns(owner, dataset);
        try (Rows held = new Rows(owner, query(dataset, columns, "public." + dataset.table()), rejected);
                Rows copied = new Rows(
                        copy,
                        query(
                                dataset,
                                columns,
                                "replica." + dataset.table() + " WHERE ended_at IS NULL AND (" + ofOwner + ")"),
                        Set.of())) {
            return LevelComparison.compare(held, copied);
        }
    }

    /** Keys of the copy's ended versions. */
    public static Set<String> ended(Dataset dataset, Database copy) throws SQLException {
        Set<String> keys = new HashSet<>();
        copy.forEach(
                "SELECT " + dataset.key() + " FROM replica." + dataset.table() + " WHERE ended_at IS NOT NULL",
                row -> keys.add(row.text(1)));
        return keys;
    }

    private static List<String> columns(Database owner, Dataset dataset) throws SQLException {
        List<String> columns = new ArrayList<>();
        owner.forEach(
                "SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public'"
                        + " AND table_name = '" + dataset.table() + "' ORDER BY ordinal_position",
                row -> columns.add(row.text(1)));
        return columns;
    }

    /** The lengths keep neighbouring columns apart; null and empty differ. */
    private static String query(Dataset dataset, List<String> columns, String from) {
        String row = columns.stream()
                .map(column -> "coalesce(length(" + column + "::text) || ':' || " + column + "::text, '-')")
                .collect(Collectors.joining(" || ' ' || "));
        return "SELECT " + dataset.key() + ", md5(" + row + ") FROM " + from + " ORDER BY " + dataset.key()
                + " COLLATE \"C\"";
    }

    /** Rows of a query, fetched a thousand at a time, but for some keys. */
    private static final class Rows implements Iterator<KeyedHash>, AutoCloseable {

        private final Connection connection;
        private final ResultSet rows;
        private final Set<String> leftOut;
        private @Nullable KeyedHash head;

        Rows(Database database, String query, Set<String> leftOut) throws SQLException {
            this.leftOut = leftOut;
            connection = database.connect();
            connection.setAutoCommit(false);
            Statement statement = connection.createStatement();
            statement.setFetchSize(1_000);
            rows = statement.executeQuery(query);
            advance();
        }

        @Override
        public boolean hasNext() {
            return head != null;
        }

        @Override
        public KeyedHash next() {
            KeyedHash row = head;
            if (row == null) {
                throw new NoSuchElementException();
            }
            advance();
            return row;
        }

        private void advance() {
            try {
                do {
                    head = rows.next() ? new KeyedHash(rows.getString(1), rows.getString(2)) : null;
                } while (head != null && leftOut.contains(head.key()));
            } catch (SQLException unreadable) {
                throw new IllegalStateException("A level can't be read", unreadable);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
