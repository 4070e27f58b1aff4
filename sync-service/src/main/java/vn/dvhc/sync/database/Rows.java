package vn.dvhc.sync.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of text laid out by column, as {@code unnest} wants them. */
public final class Rows {

    private final List<List<@Nullable String>> columns = new ArrayList<>();

    /** @param width columns a row */
    public Rows(int width) {
        for (int i = 0; i < width; i++) {
            columns.add(new ArrayList<>());
        }
    }

    /** Adds a row; null is SQL's NULL. */
    public Rows add(@Nullable String... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException("A row of " + values.length + " in a table of " + columns.size());
        }
        for (int i = 0; i < values.length; i++) {
            columns.get(i).add(values[i]);
        }
        return this;
    }

    public boolean isEmpty() {
        return columns.get(0).isEmpty();
    }

    public int size() {
        return columns.get(0).size();
    }

    /** {@code unnest(?::text[], …) AS alias(names…)} for these rows. */
    public static String unnest(String alias, List<String> names) {
        return "unnest(" + "?::text[], ".repeat(names.size() - 1) + "?::text[]) AS " + alias + "("
                + String.join(", ", names) + ")";
    }

    /** The arrays, one a column, to be bound in order. */
    public List<Array> arrays(Connection connection) throws SQLException {
        List<Array> arrays = new ArrayList<>(columns.size());
        for (List<@Nullable String> column : columns) {
            arrays.add(connection.createArrayOf("text", column.toArray(new String[0])));
        }
        return arrays;
    }
}
