package vn.dvhc.demo.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * A database and the role to enter it with.
 *
 * @param name as in topics and connectors: {@code commune_30}
 * @param url of JDBC, without credentials
 */
public record Database(String name, String url, String user, String password) {

    /** A session whose times are printed in UTC, so that equal rows print alike. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("options", "-c TimeZone=UTC");
        properties.setProperty("ApplicationName", "dvhc-demo");
        return DriverManager.getConnection(url, properties);
    }

    /** Runs statements that answer nothing. */
    public void execute(String statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    /** The first column of the first row. */
    public long count(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Streams all rows of a query, in bounded memory. */
    public void forEach(String query, Consumer<Row> consumer) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(1_000);
                try (ResultSet rows = statement.executeQuery(query)) {
                    Row row = new Row(rows);
                    while (rows.next()) {
                        consumer.accept(row);
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
