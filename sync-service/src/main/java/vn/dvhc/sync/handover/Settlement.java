package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vn.dvhc.sync.database.Statements;

/** Counts hand-overs by unit and holds the ledger against the counts, in the database that receives. */
final class Settlement {

    /** One row a batch, however many units it has: adding to a row of each unit would cost as much as their records. */
    private static final String COUNT =
            "INSERT INTO sync.handover_tally (enactment, dataset, from_home, units, read_counts, kept_counts)"
                    + " VALUES (?::date, ?, ?, ?::text[], ?::text[]::bigint[], ?::text[]::bigint[])";

    static final String ONE = "enactment = ?::date AND dataset = ? AND from_home = ?";

    private static final String FOLD = "WITH taken AS (DELETE FROM sync.handover_tally WHERE " + ONE + " RETURNING *)"
            + " INSERT INTO sync.handover_unit AS u (enactment, dataset, from_home, unit, read_count, kept_count)"
            + " SELECT ?::date, ?::text, ?::text, c.unit, sum(c.read_count), sum(c.kept_count) FROM taken t,"
            + " unnest(t.units, t.read_counts, t.kept_counts) AS c(unit, read_count, kept_count) GROUP BY c.unit"
            + " ON CONFLICT (enactment, dataset, from_home, unit) DO UPDATE SET"
            + " read_count = u.read_count + excluded.read_count, kept_count = u.kept_count + excluded.kept_count";

    private static final String ACCEPT =
            "UPDATE sync.handover_unit u SET accepted = u.read_count - u.kept_count - (SELECT count(*) FROM sync.handover_line h"
                    + " WHERE h.enactment = u.enactment AND h.dataset = u.dataset AND h.from_home = u.from_home"
                    + " AND coalesce(h.from_unit, '') = u.unit AND NOT h.late) WHERE " + ONE;

    private Settlement() {}

    /** One dataset of one home on one day. */
    record Part(LocalDate enactment, String dataset, String from) {
        Object[] values() {
            return new Object[] {enactment.toString(), dataset, from};
        }
    }

    /** Enters one batch. */
    static void count(Connection connection, Part part, Tally tally) throws SQLException {
        List<String> units = new ArrayList<>();
        List<String> read = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        tally.units().forEach((unit, count) -> {
            units.add(unit);
            read.add(String.valueOf(count.read()));
            kept.add(String.valueOf(count.kept()));
        });
        if (!units.isEmpty()) {
            Statements.update(connection, COUNT, part.values(), units, read, kept);
        }
    }

    /** Puts the batches of a part together, after the last. */
    static void fold(Connection connection, Part part) throws SQLException {
        Statements.update(connection, FOLD, part.values(), part.values());
    }

    /** Why the books of one part don't add up, in Vietnamese; empty if they do. */
    static Optional<String> breach(Connection connection, Part part) throws SQLException {
        return Conservation.breach(Statements.query(
                connection,
                balances(" WHERE " + ONE, " AND " + ONE),
                Settlement::balance,
                part.values(),
                part.values()));
    }

    /** The same of every part that the database has received or is receiving; both sides are seen in one snapshot. */
    static Map<Part, String> breaches(Connection connection) throws SQLException {
        Map<Part, List<Conservation.Balance>> differing = new LinkedHashMap<>();
        Statements.query(connection, balances("", ""), row -> Map.entry(part(row), balance(row)))
                .forEach(line -> differing
                        .computeIfAbsent(line.getKey(), part -> new ArrayList<>())
                        .add(line.getValue()));
        Map<Part, String> breaches = new LinkedHashMap<>();
        differing.forEach(
                (part, balances) -> Conservation.breach(balances).ifPresent(cause -> breaches.put(part, cause)));
        return breaches;
    }

    /** Stops a part; whether it was not stopped before. */
    static boolean stop(Connection connection, Part part, String cause) throws SQLException {
        return Statements.update(
                        connection,
                        "UPDATE sync.handover_run SET breach = ?, breached_at = clock_timestamp() WHERE breach IS NULL AND "
                                + ONE,
                        cause,
                        part.values())
                > 0;
    }

    /**
     * Lets a part go on; whether it was stopped.
     *
     * @param accepting whether what the ledger lacks now is to be taken as lost
     */
    static boolean release(Connection connection, Part part, boolean accepting) throws SQLException {
        boolean stopped = Statements.update(
                        connection,
                        "UPDATE sync.handover_run SET breach = NULL, breached_at = NULL WHERE breach IS NOT NULL AND "
                                + ONE,
                        part.values())
                > 0;
        if (stopped && accepting) {
            fold(connection, part);
            Statements.update(connection, ACCEPT, part.values());
        }
        return stopped;
    }

    private static String balances(String ofUnits, String ofLines) {
        return "SELECT enactment, dataset, from_home, unit, coalesce(u.owed, 0), coalesce(l.lines, 0) FROM"
                + " (SELECT enactment, dataset, from_home, unit, sum(owed) AS owed FROM (SELECT enactment, dataset, from_home,"
                + " unit, read_count - kept_count - accepted AS owed FROM sync.handover_unit UNION ALL SELECT t.enactment,"
                + " t.dataset, t.from_home, c.unit, c.read_count - c.kept_count FROM sync.handover_tally t,"
                + " unnest(t.units, t.read_counts, t.kept_counts) AS c(unit, read_count, kept_count)) a" + ofUnits
                + " GROUP BY 1, 2, 3, 4) u FULL JOIN"
                + " (SELECT enactment, dataset, from_home, coalesce(from_unit, '') AS unit, count(*) AS lines"
                + " FROM sync.handover_line WHERE NOT late" + ofLines + " GROUP BY 1, 2, 3, 4) l"
                + " USING (enactment, dataset, from_home, unit) JOIN sync.handover_run r USING (enactment, dataset, from_home)"
                + " WHERE r.by_unit AND coalesce(u.owed, 0) <> coalesce(l.lines, 0)";
    }

    private static Part part(ResultSet row) throws SQLException {
        return new Part(row.getObject(1, LocalDate.class), row.getString(2), row.getString(3));
    }

    private static Conservation.Balance balance(ResultSet row) throws SQLException {
        return new Conservation.Balance(row.getString(4), row.getLong(5), row.getLong(6));
    }
}
