package vn.dvhc.sync.manifest;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.unit.UnitId;

/** Sums a home's ledger into figures of manifests. */
final class LedgerSums {

    /** Records whose unit can't be read belong to no manifest; those that are kept pass to no unit. */
    private static final String SUMS =
            "SELECT enactment, dataset, from_unit, CASE WHEN outcome = 'moved' THEN to_unit END, outcome, count(*),"
                    + " coalesce(sum(out_hash), 0), count(in_hash), coalesce(sum(in_hash), 0), count(*) FILTER (WHERE late),"
                    + " coalesce(sum(late_changes), 0), to_char(min(handed_over_at) AT TIME ZONE 'UTC', '%1$s'),"
                    + " to_char(max(handed_over_at) AT TIME ZONE 'UTC', '%1$s'), from_home, to_home FROM sync.handover_line"
                    + " WHERE enactment = ANY (?::date[]) AND from_unit IS NOT NULL AND outcome <> 'kept' GROUP BY 1, 2, 3, 4, 5, 14, 15";

    private static final String MOMENT = "YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"";

    private LedgerSums() {}

    /** Adds one home's figures of some days to those of others. */
    static void add(Connection connection, Collection<LocalDate> days, Map<Subject, Figures> all) throws SQLException {
        Statements.query(
                        connection,
                        String.format(SUMS, MOMENT),
                        row -> Map.entry(subject(row), figures(row)),
                        days.stream().map(LocalDate::toString).toList())
                .forEach(sum -> all.merge(sum.getKey(), sum.getValue(), Figures::plus));
    }

    private static Subject subject(ResultSet row) throws SQLException {
        String to = row.getString(4);
        return new Subject(
                row.getObject(1, LocalDate.class),
                row.getString(2),
                UnitId.parse(row.getString(3)),
                to == null ? null : UnitId.parse(to));
    }

    private static Figures figures(ResultSet row) throws SQLException {
        long records = row.getLong(6);
        boolean rejected = row.getString(5).equals("rejected");
        BigDecimal nothing = BigDecimal.ZERO;
        return new Figures(
                rejected ? 0 : records,
                rejected ? nothing : row.getBigDecimal(7),
                rejected ? 0 : row.getLong(8),
                rejected ? nothing : row.getBigDecimal(9),
                row.getLong(10),
                row.getLong(11),
                row.getString(5).equals("queued") ? records : 0,
                rejected ? records : 0,
                row.getString(12),
                row.getString(13),
                Set.of(row.getString(14)),
                Set.of(row.getString(15)));
    }
}
