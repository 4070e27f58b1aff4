package vn.dvhc.sync.connector;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import vn.dvhc.sync.database.Statements;

/** The replication slots of connectors. Blocks. */
@Singleton
class Slots {

    /**
     * Drops the slot of a connector that was stopped, in the database that its settings name.
     *
     * @return whether it is gone; not while somebody still reads it
     */
    boolean drop(Map<String, String> settings) throws SQLException {
        Properties account = new Properties();
        account.setProperty("user", settings.getOrDefault("database.user", ""));
        account.setProperty("password", settings.getOrDefault("database.password", ""));
        try (Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://" + settings.get("database.hostname") + ":" + settings.get("database.port") + "/"
                        + settings.get("database.dbname") + "?connectTimeout=5&socketTimeout=20",
                account)) {
            String slot = settings.getOrDefault("slot.name", "");
            List<Boolean> active = Statements.query(
                    connection,
                    "SELECT active FROM pg_replication_slots WHERE slot_name = ?",
                    row -> row.getBoolean(1),
                    slot);
            if (active.contains(true)) {
                return false;
            }
            if (!active.isEmpty()) {
                Statements.query(connection, "SELECT pg_drop_replication_slot(?)::text", row -> row.getString(1), slot);
            }
            return true;
        }
    }
}
