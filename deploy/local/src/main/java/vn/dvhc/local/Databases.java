package vn.dvhc.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * Makes databases on the platform's server, as its superuser. Needs PostgreSQL's JDBC driver on the caller's class path.
 *
 * <p>A province has two databases; each is made with {@link #create}, then {@code deploy/connectors/sql/province.sql} or
 * {@code commune.sql}, then {@code replication-origin.sql}. All three can be repeated.
 */
public final class Databases {

    private final int port;

    /** @param port of PostgreSQL on 127.0.0.1 */
    public Databases(int port) {
        this.port = port;
    }

    /** Creates a province's database with its table; {@code schema} is {@code commune} or {@code province}. */
    public void createSource(String database, String schema) {
        Path sql = ProjectRoot.find().resolve("deploy/connectors/sql");
        create(database, Account.APP);
        run(database, sql.resolve(schema + ".sql"));
        run(database, sql.resolve("replication-origin.sql"));
    }

    /** Creates the database if it does not exist. */
    public void create(String database, Account owner) {
        if (!database.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not a database name: " + database);
        }
        try (Connection connection = connect("postgres", Account.POSTGRES);
                PreparedStatement find = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                Statement statement = connection.createStatement()) {
            find.setString(1, database);
            try (ResultSet found = find.executeQuery()) {
                if (!found.next()) {
                    statement.execute("CREATE DATABASE " + database + " OWNER " + owner.user());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("database " + database + " could not be created", e);
        }
    }

    /** Runs a file of statements as superuser, in one transaction. */
    public void run(String database, Path file) {
        try (Connection connection = connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(Files.readString(file));
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(file + " failed in database " + database, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection; the caller closes it. */
    public Connection connect(String database, Account account) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", account.user());
        properties.setProperty("password", account.password());
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }
}
