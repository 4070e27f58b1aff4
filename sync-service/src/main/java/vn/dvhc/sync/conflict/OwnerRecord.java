package vn.dvhc.sync.conflict;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;

/** An owner's record, written in an ordinary session like the owner would: it is captured, and flows to every copy. */
final class OwnerRecord {

    private final Databases databases;
    private final Source home;
    private final String key;
    private final DatasetSql sql;

    OwnerRecord(Databases databases, Source home, Dataset dataset, String key) {
        this.databases = databases;
        this.home = home;
        this.key = key;
        this.sql = new DatasetSql(dataset);
    }

    /** How a write ended. */
    enum Outcome {
        WRITTEN,
        /** The record is another than was expected. */
        CHANGED,
        /** The owner's database does not take the version. */
        REFUSED
    }

    /** @param present the record's open columns as it was found, as JSON; null if there is none */
    record Result(Outcome outcome, @Nullable String present) {}

    /**
     * Writes a version over another.
     *
     * @param expected what the record has to be still, as JSON; null if it must not exist
     * @param wanted what it is to be; null to delete it
     */
    Result write(@Nullable String expected, @Nullable String wanted) throws SQLException {
        try {
            return databases.asOwner(home, connection -> write(connection, expected, wanted));
        } catch (SQLException failed) {
            if (isRefusal(failed)) {
                return new Result(Outcome.REFUSED, expected);
            }
            throw failed;
        }
    }

    private Result write(Connection connection, @Nullable String expected, @Nullable String wanted)
            throws SQLException {
        String present = lock(connection);
        if (Objects.equals(present, wanted)) {
            return new Result(Outcome.WRITTEN, present);
        }
        if (!Objects.equals(present, expected)) {
            return new Result(Outcome.CHANGED, present);
        }
        if (wanted == null) {
            Statements.update(connection, sql.deleteOwner(), sql.keys(List.of(key)));
        } else {
            Statements.update(connection, present == null ? sql.insertOpen() : sql.updateOpen(), wanted);
        }
        return new Result(Outcome.WRITTEN, wanted);
    }

    /** The record's open columns as JSON, locked; null if there is none. */
    @Nullable
    String lock(Connection connection) throws SQLException {
        return Statements.query(connection, sql.lockOpen(), row -> row.getString(1), sql.keys(List.of(key))).stream()
                .findFirst()
                .orElse(null);
    }

    /** Data (22), constraints (23) and rights (42501) stay as they are, whatever is tried. */
    private static boolean isRefusal(SQLException failed) {
        return Statements.isRefusalOfData(failed) || "42501".equals(failed.getSQLState());
    }
}
