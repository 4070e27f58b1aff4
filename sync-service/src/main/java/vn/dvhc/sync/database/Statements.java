package vn.dvhc.sync.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one statement with its parameters bound in order: {@link Rows}, lists (one array), arrays (one parameter an element), text
 * or numbers. */
public final class Statements {

    private Statements() {}

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @return the number of rows changed */
    public static int update(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, parameters);
            return statement.executeUpdate();
        }
    }

    /** @return the rows read, in the order of the result */
    public static <T> List<T> query(
            Connection connection, String sql, RowReader<T> reader, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, parameters);
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(reader.read(result));
                }
                return rows;
            }
        }
    }

    /** Data exceptions (22) and violated constraints (23) stay whatever is tried; all else may pass. */
    public static boolean isRefusalOfData(SQLException failed) {
        String state = failed.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    private static void bind(Connection connection, PreparedStatement statement, @Nullable Object[] parameters)
            throws SQLException {
        int index = 1;
        for (Object parameter : parameters) {
            if (parameter instanceof Rows rows) {
                for (Array array : rows.arrays(connection)) {
                    statement.setArray(index++, array);
                }
            } else if (parameter instanceof Object[] several) {
                for (Object one : several) {
                    statement.setObject(index++, one);
                }
            } else if (parameter instanceof List<?> texts) {
                statement.setArray(index++, connection.createArrayOf("text", texts.toArray()));
            } else {
                statement.setObject(index++, parameter);
            }
        }
    }
}
