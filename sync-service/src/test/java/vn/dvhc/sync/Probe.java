package vn.dvhc.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;

/** What a test sees of the platform from outside: reads and writes its databases as their administrator, and waits for visible effects. */
final class Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BEFORE_NEXT_LOOK = Duration.ofMillis(50);

    private Probe() {}

    static Connection connect(String database) throws SQLException {
        return new Databases(PlatformResource.platform().postgresPort()).connect(database, Account.POSTGRES);
    }

    /** The first column of the first row, as text; empty if there is no row, or nothing in it. */
    static String text(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? Objects.requireNonNullElse(row.getString(1), "") : "";
        }
    }

    static void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits a minute for an effect. */
    static void await(String what, Callable<Boolean> effect) throws Exception {
        await(PATIENCE, what, effect);
    }

    static void await(Duration patience, String what, Callable<Boolean> effect) throws Exception {
        Instant deadline = Instant.now().plus(patience);
        while (!effect.call()) {
            assertThat(Instant.now()).as("waiting for: " + what).isBefore(deadline);
            LockSupport.parkNanos(BEFORE_NEXT_LOOK.toNanos());
        }
    }
}
