package vn.dvhc.gateway.limit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import vn.dvhc.gateway.store.DoorDatabase;

/**
 * The buckets that all replicas share, in the door's database: many in one statement, in the order of their keys, so that two replicas
 * never wait for each other. The clock is the database's.
 */
@ApplicationScoped
class BucketStore implements Purses.Buckets {

    private static final Logger LOG = Logger.getLogger(BucketStore.class);

    /** What a bucket holds now: what it held, and what has come since. */
    private static final String NOW_IN_IT = "least(EXCLUDED.capacity, b.tokens"
            + " + EXCLUDED.per_second * greatest(0, extract(epoch FROM EXCLUDED.at - b.at)::float8))";

    private static final String TAKE = "INSERT INTO limit_bucket AS b (key, capacity, per_second, tokens, granted, at)"
            + " SELECT key, capacity, per_second, capacity - wanted, wanted, clock_timestamp()"
            + " FROM unnest(?::text[], ?::float8[], ?::float8[], ?::bigint[]) AS w (key, capacity, per_second, wanted)"
            + " ORDER BY key"
            + " ON CONFLICT (key) DO UPDATE SET capacity = EXCLUDED.capacity, per_second = EXCLUDED.per_second,"
            + " granted = least(EXCLUDED.granted, floor(" + NOW_IN_IT + ")::bigint),"
            + " tokens = " + NOW_IN_IT + " - least(EXCLUDED.granted, floor(" + NOW_IN_IT + ")::bigint),"
            + " at = greatest(b.at, EXCLUDED.at)"
            + " RETURNING key, granted, floor(tokens)::bigint AS inside";

    private final DoorDatabase database;

    BucketStore(DoorDatabase database) {
        this.database = database;
    }

    @Override
    public List<Purses.Lot> take(List<Purses.Want> wants) throws SQLException {
        try {
            return database.query(
                    TAKE,
                    row -> new Purses.Lot(row.getString("key"), row.getLong("granted"), row.getLong("inside")),
                    texts(wants, Purses.Want::key),
                    texts(wants, want -> want.quota().requests()),
                    texts(wants, want -> want.quota().perSecond()),
                    wants.stream().map(Purses.Want::tokens).toArray(Long[]::new));
        } catch (SQLException away) {
            LOG.warnf("Limits are counted by this replica alone for now cause=%s", away.toString());
            throw away;
        }
    }

    /** Forgets buckets that nobody took from for two days: they are full, or their window is over. */
    void forgetUnused() throws SQLException {
        database.update("DELETE FROM limit_bucket WHERE at < now() - interval '2 days'");
    }

    private static String[] texts(List<Purses.Want> wants, Function<Purses.Want, Object> field) {
        return wants.stream().map(want -> field.apply(want).toString()).toArray(String[]::new);
    }
}
