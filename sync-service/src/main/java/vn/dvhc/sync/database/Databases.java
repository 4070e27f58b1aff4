package vn.dvhc.sync.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.plan.Source;

/**
 * Connections to the databases of the plan. An owner session is ordinary: what it writes is captured. A copy session holds
 * a replication origin: Debezium's stream skips what it writes.
 */
@Singleton
public class Databases {

    private static final Logger LOG = Logger.getLogger(Databases.class);

    /** Leases one of the origins made by the database's administrator; see deploy/connectors/sql. */
    private static final String LEASE_ORIGIN = "SELECT dvhc_lease_replication_origin()";

    private final SyncConfig config;
    private final Map<String, AgroalDataSource> ownerPools = new ConcurrentHashMap<>();
    private final Map<String, AgroalDataSource> copyPools = new ConcurrentHashMap<>();

    @Inject
    Databases(SyncConfig config) {
        this.config = config;
    }

    /** Work in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Work in one transaction that answers nothing. */
    @FunctionalInterface
    public interface Task {
        void in(Connection connection) throws SQLException;

        private Work<Boolean> asWork() {
            return connection -> {
                in(connection);
                return true;
            };
        }
    }

    /** Like {@link #asOwner} for work that answers nothing. */
    public void runAsOwner(Source source, Task task) throws SQLException {
        asOwner(source, task.asWork());
    }

    /** Like {@link #asReplica} for work that answers nothing. */
    public void runAsReplica(Source source, Task task) throws SQLException {
        asReplica(source, task.asWork());
    }

    /** Runs the work in an ordinary session: an owner's table is written like the owner would, and captured. */
    public <T> T asOwner(Source source, Work<T> work) throws SQLException {
        return inTransaction(
                ownerPools.computeIfAbsent(
                        source.database(), url -> pool(url, config.database().ownerConnections(), null)),
                null,
                work);
    }

    /** Runs the work under a replication origin: it is not captured. */
    public <T> T asReplica(Source source, Work<T> work) throws SQLException {
        return inTransaction(
                copyPools.computeIfAbsent(
                        source.database(), url -> pool(url, config.database().copyConnections(), LEASE_ORIGIN)),
                "SELECT pg_replication_origin_xact_setup('0/0', clock_timestamp())",
                work);
    }

    /** A single ordinary session of the given account, outside of the pools: to look at a database that is not in use yet. */
    public Connection look(Source source, String user, String password) throws SQLException {
        Properties account = new Properties();
        account.setProperty("user", user);
        account.setProperty("password", password);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + source.database()
                        + "?ApplicationName=dvhc-sync&connectTimeout=5&loginTimeout=5&socketTimeout=20",
                account);
    }

    /** The account of this service. */
    public Connection look(Source source) throws SQLException {
        return look(source, config.database().user(), password());
    }

    /**
     * An ordinary session outside of the pools that only reads: each transaction sees one point of time and locks nothing. It is the
     * caller's to close.
     *
     * @param limit the longest that a statement may take
     */
    public Connection reader(Source source, Duration limit) throws SQLException {
        Properties account = new Properties();
        account.setProperty("user", config.database().user());
        account.setProperty("password", password());
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://" + source.database()
                        + "?ApplicationName=dvhc-sync-reconcile&connectTimeout=5&loginTimeout=5&tcpKeepAlive=true&socketTimeout="
                        + (limit.toSeconds() + 30),
                account);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET work_mem = '32MB'; SET statement_timeout = "
                            + limit.toMillis());
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    private String password() {
        return config.database()
                .password()
                .orElseThrow(() -> new IllegalStateException("dvhc.sync.database.password is not set"));
    }

    private static <T> T inTransaction(AgroalDataSource pool, @Nullable String first, Work<T> work)
            throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (first != null) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(first);
                    }
                }
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failed) {
                rollback(connection, failed);
                throw failed;
            }
        }
    }

    private static void rollback(Connection connection, Exception failed) {
        try {
            connection.rollback();
        } catch (SQLException again) {
            failed.addSuppressed(again);
        }
    }

    private AgroalDataSource pool(String database, int size, @Nullable String initialSql) {
        String password = password();
        AgroalDataSourceConfigurationSupplier supplier = new AgroalDataSourceConfigurationSupplier();
        supplier.connectionPoolConfiguration(pool -> pool.maxSize(size)
                .acquisitionTimeout(Duration.ofSeconds(30))
                .exceptionSorter(new PostgreSQLExceptionSorter())
                .connectionFactoryConfiguration(factory -> {
                    // One time zone for all sessions: checksums are taken over the text of a row.
                    factory.jdbcUrl(
                                    "jdbc:postgresql://" + database
                                            + "?options=-c%20TimeZone=UTC&ApplicationName=dvhc-sync&tcpKeepAlive=true&connectTimeout=10&socketTimeout=60")
                            .principal(new NamePrincipal(config.database().user()))
                            .credential(new SimplePassword(password));
                    if (initialSql != null) {
                        factory.initialSql(initialSql);
                    }
                    return factory;
                }));
        try {
            LOG.infof("Connecting: database=%s replica=%s", database, initialSql != null);
            return AgroalDataSource.from(supplier);
        } catch (SQLException failed) {
            throw new IllegalStateException("No pool for " + database, failed);
        }
    }

    @PreDestroy
    void close() {
        ownerPools.values().forEach(AgroalDataSource::close);
        copyPools.values().forEach(AgroalDataSource::close);
    }
}
