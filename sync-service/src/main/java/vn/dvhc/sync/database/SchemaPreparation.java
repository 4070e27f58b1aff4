package vn.dvhc.sync.database;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;

/** Makes the bookkeeping tables, the reference tables and the copies where they are missing. */
@Singleton
public class SchemaPreparation {

    private static final String BOOKKEEPING = resource("/schema/sync.sql");

    private static final String REFERENCE = resource("/schema/reference.sql");

    private final Databases databases;
    private final String account;

    @Inject
    SchemaPreparation(Databases databases, SyncConfig config) {
        this.databases = databases;
        this.account = config.database().user().replace("'", "''");
    }

    /**
     * Prepares one database: a repetition changes nothing but adds copies' columns that were declared since.
     *
     * @throws SQLException if the database can't be reached or refuses
     */
    public void prepare(Plan plan, Source source) throws SQLException {
        databases.runAsOwner(source, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(BOOKKEEPING);
                statement.execute(REFERENCE);
                for (Dataset dataset : plan.copiedTo(source)) {
                    statement.execute(replica(dataset));
                    statement.execute(missingColumns(dataset));
                    statement.execute(guards(dataset));
                }
            }
        });
    }

    private static String replica(Dataset dataset) {
        String columns = dataset.copiedColumns().stream()
                .map(column -> column + " " + dataset.columns().get(column))
                .collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS " + dataset.replica() + " (" + columns
                + ", sync_home text NOT NULL, sync_epoch integer NOT NULL, sync_position bigint NOT NULL"
                + ", sync_applied_at timestamptz NOT NULL, ended_at timestamptz, PRIMARY KEY ("
                + String.join(", ", dataset.key()) + ")) WITH (fillfactor = 70)";
    }

    /** What catches writes by others: for this service's own the condition is all that is looked at. */
    private String guards(Dataset dataset) {
        String others = " WHEN (session_user <> '" + account + "') EXECUTE FUNCTION ";
        String arguments = Stream.concat(Stream.of(dataset.name()), dataset.key().stream())
                .map(argument -> "'" + argument + "'")
                .collect(Collectors.joining(", "));
        return "DO $guards$ BEGIN IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = '" + dataset.replica()
                + "'::regclass AND tgname = 'foreign_write') THEN"
                + " CREATE TRIGGER foreign_write AFTER INSERT OR UPDATE OR DELETE ON " + dataset.replica()
                + " FOR EACH ROW" + others + "sync.catch_foreign_write(" + arguments + ");"
                + " CREATE TRIGGER foreign_truncate BEFORE TRUNCATE ON " + dataset.replica() + " FOR EACH STATEMENT"
                + others + "sync.refuse_foreign_truncate(); END IF; END $guards$";
    }

    private static String missingColumns(Dataset dataset) {
        return "ALTER TABLE " + dataset.replica() + " "
                + dataset.copiedColumns().stream()
                        .map(column -> "ADD COLUMN IF NOT EXISTS " + column + " "
                                + dataset.columns().get(column))
                        .collect(Collectors.joining(", "));
    }

    private static String resource(String name) {
        try (InputStream stream = SchemaPreparation.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The service lacks its resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
