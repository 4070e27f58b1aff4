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
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;

/** Makes the bookkeeping tables and the copies where they are missing. */
@Singleton
public class SchemaPreparation {

    private final Databases databases;

    @Inject
    SchemaPreparation(Databases databases) {
        this.databases = databases;
    }

    /** @throws SQLException if a database can't be reached or refuses */
    public void prepare(Plan plan) throws SQLException {
        String bookkeeping = resource("/schema/sync.sql");
        for (Source source : plan.sources()) {
            databases.runAsOwner(source, connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(bookkeeping);
                    for (Dataset dataset : plan.copiedTo(source)) {
                        statement.execute(replica(dataset));
                    }
                }
            });
        }
    }

    private static String replica(Dataset dataset) {
        String columns = dataset.columns().entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue())
                .collect(Collectors.joining(", "));
        return "CREATE TABLE IF NOT EXISTS " + dataset.replica() + " (" + columns
                + ", sync_home text NOT NULL, sync_epoch integer NOT NULL, sync_position bigint NOT NULL"
                + ", sync_applied_at timestamptz NOT NULL, ended_at timestamptz, PRIMARY KEY (" + dataset.key()
                + ")) WITH (fillfactor = 70)";
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
