package vn.dvhc.sync.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;

/**
 * Transactions in which sync wrote into an owner's tables what had been done elsewhere: its log tells them like any other, and nobody edited
 * anything there. One row a transaction, whatever it carries.
 */
public final class Carrying {

    /** Ids of 32 bits come again after thousands of millions of transactions; no transaction is so long. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private Carrying() {}

    /** Says so of the caller's transaction, if the dataset has a journal. */
    public static void mark(Connection connection, Dataset dataset) throws SQLException {
        if (dataset.isJournaled()) {
            Statements.update(
                    connection,
                    "INSERT INTO sync.carrying_transaction (transaction)"
                            + " VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING");
        }
    }

    /** Those of some lines, of one source, that only tell what was carried there. */
    public static Set<EditJournal.Line> among(Connection connection, List<EditJournal.Line> lines) throws SQLException {
        Map<Long, List<Instant>> carried = Statements.query(
                        connection,
                        "SELECT transaction & 4294967295, carried_at FROM sync.carrying_transaction"
                                + " WHERE (transaction & 4294967295) = ANY (?::bigint[])",
                        row -> Map.entry(row.getLong(1), row.getTimestamp(2).toInstant()),
                        lines.stream()
                                .map(EditJournal.Line::transaction)
                                .map(String::valueOf)
                                .filter(transaction -> !transaction.equals("null"))
                                .distinct()
                                .toList())
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return lines.stream()
                .filter(line -> line.transaction() != null
                        && carried.getOrDefault(line.transaction(), List.of()).stream()
                                .anyMatch(at -> Duration.between(at, line.committedAt())
                                                .abs()
                                                .compareTo(LONGEST)
                                        < 0))
                .collect(Collectors.toSet());
    }
}
