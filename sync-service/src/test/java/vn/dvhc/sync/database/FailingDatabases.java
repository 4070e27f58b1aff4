package vn.dvhc.sync.database;

import java.sql.SQLException;
import java.util.Random;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.plan.Source;

/**
 * Connections to real databases whose transactions fail now and then: before they are committed, as if the process had ended meanwhile, or
 * after it, as if it had ended before it knew.
 */
public final class FailingDatabases extends Databases {

    private final Random random;
    private volatile double chance;

    public FailingDatabases(SyncConfig config, Random random) {
        super(config);
        this.random = random;
    }

    /** From now on so many transactions of a hundred fail on either side of their end. */
    public void failPerHundred(int failing) {
        chance = failing / 100.0;
    }

    @Override
    public <T> T asOwner(Source source, Work<T> work) throws SQLException {
        T result = super.asOwner(source, connection -> {
            T done = work.in(connection);
            failPerhaps("before");
            return done;
        });
        failPerhaps("after");
        return result;
    }

    private void failPerhaps(String when) throws SQLException {
        if (random.nextDouble() < chance) {
            throw new SQLException("The process ends " + when + " the transaction does.");
        }
    }

    @Override
    public void close() {
        super.close();
    }
}
