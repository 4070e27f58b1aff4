package vn.dvhc.benchmark.convert;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;

/** What a database administrator would do: the codes in a table, joined with the states and edges of the register. */
final class Join {

    private static final String CONVERT = """
            SELECT c.code, s.unit_id, e.extent, t.code, t.name
            FROM codes c
            JOIN unit_state s ON s.code = c.code AND s.valid_from <= ? AND (s.valid_to IS NULL OR s.valid_to > ?)
            LEFT JOIN edge e ON e.from_id = s.unit_id AND e.date > ? AND e.date <= ?
            JOIN unit_state t ON t.unit_id = coalesce(e.to_id, s.unit_id)
                AND t.valid_from <= ? AND (t.valid_to IS NULL OR t.valid_to > ?)
            """;
    private static final int FETCH = 10_000;

    private Join() {}

    /** Codes a second, from sending the codes to reading the last row. */
    static double perSecond(Connection connection, List<String> codes, LocalDate from, LocalDate to)
            throws SQLException {
        connection.setAutoCommit(false);
        long begun = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE codes (code text) ON COMMIT DROP");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO codes SELECT unnest(?)")) {
            insert.setArray(1, connection.createArrayOf("text", codes.toArray()));
            insert.executeUpdate();
        }
        int rows = 0;
        try (PreparedStatement query = connection.prepareStatement(CONVERT)) {
            query.setFetchSize(FETCH);
            for (int i = 1; i <= 6; i++) {
                query.setObject(i, i == 1 || i == 2 || i == 3 ? from : to);
            }
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    rows += found.getString(4) == null ? 0 : 1;
                }
            }
        }
        connection.commit();
        if (rows < codes.size()) {
            throw new IllegalStateException("The join brought only " + rows + " rows");
        }
        return codes.size() / ((System.nanoTime() - begun) / 1e9);
    }
}
