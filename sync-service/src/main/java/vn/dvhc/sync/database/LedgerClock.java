package vn.dvhc.sync.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Tells whether a database's ledger was written to, without reading it. PostgreSQL counts written rows a little after the
 * transaction that wrote them; a count that is lost with a crash differs too.
 */
public final class LedgerClock {

    private LedgerClock() {}

    /** Equal texts: nothing was written between. */
    public static String read(Connection connection) throws SQLException {
        return Statements.query(
                        connection,
                        "SELECT coalesce(string_agg(concat_ws('.', relname, n_tup_ins, n_tup_upd, n_tup_del), ' ' ORDER BY relname), '')"
                                + " FROM pg_stat_user_tables WHERE schemaname = 'sync'"
                                + " AND relname IN ('handed_over', 'handover_unit', 'handover_tally', 'handover_run')",
                        row -> row.getString(1))
                .get(0);
    }
}
