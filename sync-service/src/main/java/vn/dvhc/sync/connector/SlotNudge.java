package vn.dvhc.sync.connector;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;

/**
 * Writes into a source's log what says nothing, so that its connector has something to read, to store as its position and to let the
 * slot follow. Only what was delivered moves a slot, and of an idle database nothing is.
 */
@Singleton
public class SlotNudge {

    private final Databases databases;

    @Inject
    SlotNudge(Databases databases) {
        this.databases = databases;
    }

    /**
     * Writes it, unless rows of the source are being read beside its stream: Debezium closes a window of rows with a change of a table it
     * captures, or with a transaction that is older, and would wait behind this one.
     */
    public void write(Plan plan, Source source) throws SQLException {
        boolean rowsAreRead = !databases
                .asReplica(
                        plan.nation(),
                        connection -> Statements.query(
                                connection,
                                "SELECT 1 FROM sync.snapshot_wish WHERE source = ?",
                                row -> row.getInt(1),
                                source.name()))
                .isEmpty();
        if (!rowsAreRead) {
            databases.asOwner(
                    source,
                    connection -> Statements.query(
                            connection,
                            "SELECT pg_logical_emit_message(true, 'dvhc-nudge', '')::text",
                            row -> row.getString(1)));
        }
    }
}
