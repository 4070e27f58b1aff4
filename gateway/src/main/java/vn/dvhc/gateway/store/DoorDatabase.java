package vn.dvhc.gateway.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The door's own database. Its tables are brought up to date with the first use that finds it there, not at start: look-ups must not
 * wait for it. Blocks: call it from a worker.
 */
@ApplicationScoped
public class DoorDatabase {

    private final DataSource source;
    private final Flyway flyway;
    private volatile boolean migrated;

    DoorDatabase(DataSource source, Flyway flyway) {
        this.source = source;
        this.flyway = flyway;
    }

    /** Reads one row. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Runs in one transaction. */
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Whether a text can be kept, or asked for: PostgreSQL knows no NUL. */
    public static boolean isText(String text) {
        return text.indexOf('\0') < 0;
    }

    public <T> T transact(Work<T> work) throws SQLException {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failed) {
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) throws SQLException {
        try (Connection connection = connection()) {
            return query(connection, sql, reader, values);
        }
    }

    public static <T> List<T> query(Connection connection, String sql, RowReader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        }
    }

    public int update(String sql, @Nullable Object... values) throws SQLException {
        try (Connection connection = connection()) {
            return update(connection, sql, values);
        }
    }

    public static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof String[] texts) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("text", texts));
            } else if (value instanceof Long[] numbers) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("bigint", numbers));
            } else if (value instanceof Instant moment) {
                statement.setTimestamp(i + 1, Timestamp.from(moment));
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    private Connection connection() throws SQLException {
        if (!migrated) {
            migrate();
        }
        return source.getConnection();
    }

    private synchronized void migrate() throws SQLException {
        if (!migrated) {
            try {
                flyway.migrate();
                migrated = true;
            } catch (FlywayException broken) {
                throw new SQLException("The tables of the door can't be brought up to date", broken);
            }
        }
    }
}
