package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.KeyRange;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;

/**
 * What one worker does of a part: records that stand together in the order of their keys. Stretches of a part have no record in
 * common, so they may be handed over at the same time.
 *
 * @param rest what is still to do of it
 */
record Stretch(int number, KeyRange rest) {

    private static final String OF_PART = " WHERE enactment = ?::date AND dataset = ? AND from_home = ?";

    static boolean areLaidOut(Connection connection, Settlement.Part part) throws SQLException {
        return !Statements.query(
                        connection,
                        "SELECT 1 FROM sync.handover_stretch" + OF_PART + " LIMIT 1",
                        row -> row.getInt(1),
                        part.values())
                .isEmpty();
    }

    /** Those of a part that are not done. */
    static List<Stretch> open(Connection connection, Settlement.Part part) throws SQLException {
        return Statements.query(
                connection,
                "SELECT number, last_key, up_to FROM sync.handover_stretch" + OF_PART
                        + " AND NOT finished ORDER BY number",
                row -> new Stretch(row.getInt(1), new KeyRange(row.getString(2), row.getString(3))),
                part.values());
    }

    /**
     * Divides what is left of a part into stretches of as many records each as there are now.
     *
     * @param lastKey where what is left begins
     * @param most how many stretches
     * @param least records below which a stretch is not worth a worker
     */
    static void divide(
            Connection connection, Settlement.Part part, Dataset dataset, String lastKey, int most, int least)
            throws SQLException {
        KeyRange rest = new KeyRange(lastKey, "");
        DatasetSql sql = new DatasetSql(dataset);
        List<String> ends = new ArrayList<>();
        if (most > 1) {
            long records = Statements.query(connection, sql.count(rest), row -> row.getLong(1), rest.values(dataset))
                    .get(0);
            int stretches = (int) Math.max(1, Math.min(most, records / least));
            for (int i = 1; i < stretches; i++) {
                ends.addAll(Statements.query(
                        connection,
                        sql.keyWithin(rest),
                        row -> row.getString(1),
                        rest.values(dataset),
                        records * i / stretches - 1));
            }
        }
        ends.add("");
        String after = lastKey;
        for (int i = 0; i < ends.size(); i++) {
            Statements.update(
                    connection,
                    "INSERT INTO sync.handover_stretch (enactment, dataset, from_home, number, last_key, up_to)"
                            + " VALUES (?::date, ?, ?, ?, ?, ?)",
                    part.values(),
                    i,
                    after,
                    ends.get(i));
            after = ends.get(i);
        }
    }

    /** Where it stands, locked until the end of the transaction; empty if it is done. */
    List<Stretch> lock(Connection connection, Settlement.Part part) throws SQLException {
        return Statements.query(
                connection,
                "SELECT number, last_key, up_to FROM sync.handover_stretch" + OF_PART
                        + " AND number = ? AND NOT finished FOR UPDATE",
                row -> new Stretch(row.getInt(1), new KeyRange(row.getString(2), row.getString(3))),
                part.values(),
                number);
    }

    /** Notes how far it has come. */
    void advance(Connection connection, Settlement.Part part, String lastKey, boolean finished) throws SQLException {
        Statements.update(
                connection,
                "UPDATE sync.handover_stretch SET last_key = ?, finished = ?" + OF_PART + " AND number = ?",
                lastKey,
                finished,
                part.values(),
                number);
    }
}
