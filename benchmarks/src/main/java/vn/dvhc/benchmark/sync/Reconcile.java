package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import vn.dvhc.benchmark.Await;
import vn.dvhc.local.Account;

/**
 * Comparing an owner's table with its national copy: against reading and hashing both whole, which is the least that anybody has to do
 * who keeps no sums; and putting right what was made wrong on purpose.
 */
final class Reconcile {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final String HASH = "SELECT count(*), sum(hashtextextended(ROW(case_number, unit_code, unit_vintage,"
            + " hamlet, procedure, status, steps, created_at, updated_at)::text, 0)) FROM ";

    private final House house;
    private final SourceDatabase source;
    private final Contender.Copy copy;

    Reconcile(House house, SourceDatabase source, Contender.Copy copy) {
        this.house = house;
        this.source = source;
        this.copy = copy;
    }

    /** A run as it is asked for through the API, which writes the same line; answers its seconds. */
    double compare() throws IOException, SQLException, InterruptedException {
        double seconds = run(false);
        if (!house.is(
                copy.database(), "(SELECT state = 'equal' FROM sync.reconciliation_pair ORDER BY run DESC LIMIT 1)")) {
            throw new IllegalStateException("The ends were not found equal");
        }
        return seconds;
    }

    /** Both ends at once, each whole. */
    double hashBoth() throws SQLException, InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        CompletableFuture<String> there = CompletableFuture.supplyAsync(() -> hash(source.name(), "public.case_file"));
        String here = hash(copy.database(), copy.table());
        if (!here.equals(there.get())) {
            throw new IllegalStateException("The ends are not equal");
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private String hash(String database, String table) {
        try (Connection connection = house.connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HASH + table)) {
            row.next();
            return row.getLong(1) + " " + row.getBigDecimal(2);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /**
     * Makes so many rows of the copy wrong (a third of them missing, the others with another content) and has them found
     * and repaired; answers seconds from asking until both ends are equal again.
     */
    double repair(long differences) throws IOException, SQLException, InterruptedException, ExecutionException {
        String some = " WHERE case_number IN (SELECT case_number FROM " + copy.table()
                + " ORDER BY hashtext(case_number) LIMIT " + differences + ") AND mod(hashtext(case_number), 3) ";
        house.administer(
                copy.database(),
                "SET session_replication_role = replica",
                "UPDATE " + copy.table() + " SET status = 'sai', steps = 'sai'" + some + "<> 0",
                "DELETE FROM " + copy.table() + some + "= 0");
        long begun = System.nanoTime();
        run(true);
        Await.until("the ends are equal again", LIMIT, LOOK, this::isRight);
        double seconds = (System.nanoTime() - begun) / 1e9;
        hashBoth();
        return seconds;
    }

    /** Cheap to ask: nothing bears the wrong content and no row is missing. */
    private boolean isRight() throws SQLException {
        return house.is(copy.database(), "NOT EXISTS (SELECT FROM " + copy.table() + " WHERE status = 'sai')")
                && count(copy.database(), copy.table()) == count(source.name(), "public.case_file");
    }

    private long count(String database, String table) throws SQLException {
        try (Connection connection = house.connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private double run(boolean repair) throws IOException, SQLException, InterruptedException {
        try (Connection connection = house.connect(copy.database(), Account.POSTGRES);
                PreparedStatement ask = connection.prepareStatement("INSERT INTO sync.reconciliation (state, scheduled,"
                        + " asked_by, scope) VALUES ('queued', false, 'benchmark', ?) RETURNING id");
                PreparedStatement look = connection.prepareStatement("SELECT state,"
                        + " extract(epoch FROM finished_at - started_at) FROM sync.reconciliation WHERE id = ?")) {
            ask.setString(
                    1,
                    "{\"datasets\": [\"case_file\"], \"sources\": [\"" + source.name() + "\"], \"copies\": [\""
                            + copy.database() + "\"], \"units\": [], \"repair\": " + repair + "}");
            try (ResultSet asked = ask.executeQuery()) {
                asked.next();
                look.setLong(1, asked.getLong(1));
            }
            double[] seconds = new double[1];
            Await.until("the reconciliation", LIMIT, LOOK, () -> {
                try (ResultSet row = look.executeQuery()) {
                    row.next();
                    if (!row.getString(1).equals("done")) {
                        return false;
                    }
                    seconds[0] = row.getDouble(2);
                    return true;
                }
            });
            return seconds[0];
        }
    }
}
