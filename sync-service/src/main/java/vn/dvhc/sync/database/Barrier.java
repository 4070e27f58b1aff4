package vn.dvhc.sync.database;

import java.sql.SQLException;

/**
 * A position in a database's log of which everything before is finished, once it is passed: of all transactions that could have
 * written before it, none is open any more, so what is read from then on contains them. Without it a transaction that was open while a
 * record was read could have written at an earlier position than the record's, and the older record would win.
 *
 * @param position in bytes from the beginning of the log
 * @param next the first transaction that is not waited for
 */
public record Barrier(long position, long next) {

    /** Puts a question that has one number as its answer. */
    @FunctionalInterface
    public interface Question {
        long ask(String sql) throws SQLException;
    }

    /** A barrier at the end of the log as it is now. Each question has to see what is committed when it is asked. */
    public static Barrier raise(Question database) throws SQLException {
        long position = database.ask("SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint");
        return new Barrier(position, database.ask("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"));
    }

    /** The oldest transaction that is open: a barrier whose {@code next} is not after it is passed. */
    public static long oldestOpen(Question database) throws SQLException {
        return database.ask("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
    }
}
