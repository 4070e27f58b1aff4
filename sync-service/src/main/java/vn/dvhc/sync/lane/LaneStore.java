package vn.dvhc.sync.lane;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Source;

/** What lanes owe, in the national database. */
@Singleton
class LaneStore {

    private static final List<String> COLUMNS =
            List.of("source", "target", "topic", "partition", "next_offset", "cause");

    private final Databases databases;

    @Inject
    LaneStore(Databases databases) {
        this.databases = databases;
    }

    /** @param next the first message of the place that the lane has not applied */
    record Debt(Lane lane, Progress.Place place, long next, String cause) {}

    List<Debt> all(Source nation) throws SQLException {
        return databases.asReplica(
                nation,
                connection -> Statements.query(
                        connection,
                        "SELECT source, target, topic, partition, next_offset, cause FROM sync.lane_debt",
                        row -> new Debt(
                                new Lane(row.getString(1), row.getString(2)),
                                new Progress.Place(row.getString(3), row.getInt(4)),
                                row.getLong(5),
                                row.getString(6))));
    }

    /** Writes how far a lane has to go back for each place: in place of what was known of it. */
    void write(Source nation, List<Debt> debts) throws SQLException {
        Rows rows = new Rows(COLUMNS.size());
        debts.forEach(debt -> rows.add(
                debt.lane().source(),
                debt.lane().target(),
                debt.place().topic(),
                String.valueOf(debt.place().partition()),
                String.valueOf(debt.next()),
                debt.cause()));
        databases.runAsReplica(nation, connection -> {
            Statements.update(
                    connection,
                    "INSERT INTO sync.lane_debt (source, target, topic, partition, next_offset, cause)"
                            + " SELECT source, target, topic, partition::integer, next_offset::bigint, cause FROM "
                            + Rows.unnest("v", COLUMNS) + " ON CONFLICT (source, target, topic, partition)"
                            + " DO UPDATE SET next_offset = excluded.next_offset",
                    rows);
        });
    }

    /** Forgets what the lane owed. */
    void settle(Source nation, Lane lane) throws SQLException {
        databases.runAsReplica(nation, connection -> {
            Statements.update(
                    connection,
                    "DELETE FROM sync.lane_debt WHERE source = ? AND target = ?",
                    lane.source(),
                    lane.target());
        });
    }
}
