package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.KeyRange;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;

/**
 * Records that bear the same unit, as it is written in them.
 *
 * @param records how many
 */
record UnitGroup(@Nullable String code, @Nullable String vintage, long records) {

    /** The groups of a whole table with a vintage before a day, handed over or not. */
    static List<UnitGroup> countAll(Connection connection, DatasetSql sql, LocalDate day) throws SQLException {
        return Statements.query(connection, sql.countAllByUnit(), UnitGroup::read, day.toString());
    }

    /** The groups of a range that a hand-over has not seen: with a vintage before its day or none, and without a line in its ledger. */
    static List<UnitGroup> count(Connection connection, DatasetSql sql, Dataset dataset, KeyRange range, LocalDate day)
            throws SQLException {
        return Statements.query(
                connection,
                sql.countByUnit(range),
                UnitGroup::read,
                range.values(dataset),
                day.toString(),
                sql.ledger(day));
    }

    private static UnitGroup read(ResultSet row) throws SQLException {
        return new UnitGroup(row.getString(1), row.getString(2), row.getLong(3));
    }
}
