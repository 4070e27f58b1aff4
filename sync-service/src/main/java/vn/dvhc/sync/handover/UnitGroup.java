package vn.dvhc.sync.handover;

import java.sql.Connection;
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

    /** The groups of a range that a hand-over has not seen: with a vintage before its day or none, and without a line in its ledger. */
    static List<UnitGroup> count(Connection connection, DatasetSql sql, Dataset dataset, KeyRange range, LocalDate day)
            throws SQLException {
        return Statements.query(
                connection,
                sql.countByUnit(range),
                row -> new UnitGroup(row.getString(1), row.getString(2), row.getLong(3)),
                range.values(dataset),
                day.toString(),
                sql.ledger(day));
    }
}
