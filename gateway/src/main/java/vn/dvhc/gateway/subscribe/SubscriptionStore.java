package vn.dvhc.gateway.subscribe;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.change.ChangeFilter;
import vn.dvhc.gateway.change.ChangeKind;
import vn.dvhc.gateway.change.StreamName;
import vn.dvhc.gateway.store.DoorDatabase;
import vn.dvhc.unit.UnitId;

/** What people do to subscriptions: each change raises the revision and leaves a line in the trail. Blocks. */
@ApplicationScoped
class SubscriptionStore {

    static final String COLUMNS =
            "s.id, s.owner, s.url, s.description, s.stream, s.units, s.provinces, s.kinds, s.datasets, s.state, s.reason,"
                    + " s.position, s.delivered, s.delivered_at, s.failing_since, s.created_at, s.changed_at, s.revision";

    /** Rows of others look like none: bind id, then owner twice, null for who may see all. */
    private static final String MINE = " WHERE id = ? AND (?::text IS NULL OR owner = ?)";

    private static final String CHANGED = " changed_at = now(), revision = revision + 1";

    private final DoorDatabase database;

    SubscriptionStore(DoorDatabase database) {
        this.database = database;
    }

    /**
     * Who asks.
     *
     * @param name under which what is theirs is kept
     * @param seesAll whether subscriptions of others are theirs to handle too
     */
    record Person(String name, boolean seesAll) {

        @Nullable
        String owner() {
            return seesAll ? null : name;
        }
    }

    /** What its owner decides about a subscription. */
    record Wish(URI url, @Nullable String description, ChangeFilter filter) {}

    /** How many there may be. */
    record Limits(int ofOwner, int all) {}

    /** What is sealed, and until when the former one counts. */
    record Secrets(
            byte[] current,
            byte @Nullable [] former,
            @Nullable Instant formerUntil) {}

    /** A delivery that is kept. */
    record Kept(
            long sequence,
            String subject,
            String state,
            int attempts,
            @Nullable Instant next,
            @Nullable Instant last,
            @Nullable Integer lastStatus,
            @Nullable String cause) {}

    /** The new subscription; empty if there are too many. */
    Optional<Subscription> create(Person who, String id, Wish wish, byte[] sealed, long position, Limits limits)
            throws SQLException {
        return database.transact(connection -> {
            DoorDatabase.query(connection, "SELECT pg_advisory_xact_lock(7301)", row -> true);
            int made = DoorDatabase.update(
                    connection,
                    "INSERT INTO subscription (id, owner, url, description, stream, units, provinces, kinds, datasets, state, secret,"
                            + " position) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, 'active', ?, ?"
                            + " WHERE (SELECT count(*) FROM subscription WHERE owner = ?) < ?"
                            + " AND (SELECT count(*) FROM subscription) < ?",
                    id,
                    who.name(),
                    wish.url().toString(),
                    wish.description(),
                    wish.filter().stream().label(),
                    units(wish.filter()),
                    provinces(wish.filter()),
                    kinds(wish.filter()),
                    datasets(wish.filter()),
                    sealed,
                    position,
                    who.name(),
                    limits.ofOwner(),
                    limits.all());
            if (made == 0) {
                return Optional.empty();
            }
            note(connection, who, "create", id, wish.url().getHost());
            return find(connection, who, id);
        });
    }

    Optional<Subscription> find(Person who, String id) throws SQLException {
        return database.transact(connection -> find(connection, who, id));
    }

    /** By id, after the one given. */
    List<Subscription> list(Person who, String after, int limit) throws SQLException {
        return database.query(
                "SELECT " + COLUMNS + " FROM subscription s WHERE (?::text IS NULL OR s.owner = ?) AND s.id > ?"
                        + " ORDER BY s.id LIMIT ?",
                SubscriptionStore::read,
                who.owner(),
                who.owner(),
                after,
                limit);
    }

    /** As changed; empty if it is not theirs. Made active again, it tries at once all that waits. */
    Optional<Subscription> change(Person who, String id, Wish wish, Subscription.State state) throws SQLException {
        return touch(who, id, "change", wish.url().getHost() + " " + state.label(), connection -> {
            int changed = DoorDatabase.update(
                    connection,
                    "UPDATE subscription SET url = ?, description = ?, units = ?, provinces = ?, kinds = ?, datasets = ?, state = ?,"
                            + " reason = NULL, failing_since = NULL," + CHANGED + MINE,
                    wish.url().toString(),
                    wish.description(),
                    units(wish.filter()),
                    provinces(wish.filter()),
                    kinds(wish.filter()),
                    datasets(wish.filter()),
                    state.label(),
                    id,
                    who.owner(),
                    who.owner());
            if (changed > 0) {
                DoorDatabase.update(
                        connection,
                        "UPDATE delivery SET next_at = now() WHERE subscription = ? AND state = 'waiting'",
                        id);
            }
            return changed;
        });
    }

    /** Whether there was one. */
    boolean delete(Person who, String id) throws SQLException {
        return database.transact(connection -> {
            int gone = DoorDatabase.update(connection, "DELETE FROM subscription" + MINE, id, who.owner(), who.owner());
            if (gone > 0) {
                note(connection, who, "delete", id, null);
            }
            return gone > 0;
        });
    }

    /** Puts a new secret in place; the present one counts for so long. */
    Optional<Subscription> rotate(Person who, String id, byte[] sealed, Duration overlap) throws SQLException {
        return touch(
                who,
                id,
                "rotate-secret",
                null,
                connection -> DoorDatabase.update(
                        connection,
                        "UPDATE subscription SET former_secret = secret,"
                                + " former_until = now() + ? * interval '1 millisecond', secret = ?," + CHANGED + MINE,
                        overlap.toMillis(),
                        sealed,
                        id,
                        who.owner(),
                        who.owner()));
    }

    /** Goes back or forward to before a sequence; what was kept from there on is told anew. */
    Optional<Subscription> replay(Person who, String id, long from) throws SQLException {
        return touch(who, id, "replay", "from " + from, connection -> {
            int changed = DoorDatabase.update(
                    connection,
                    "UPDATE subscription SET position = ?," + CHANGED + MINE,
                    from - 1,
                    id,
                    who.owner(),
                    who.owner());
            if (changed > 0) {
                DoorDatabase.update(
                        connection, "DELETE FROM delivery WHERE subscription = ? AND sequence >= ?", id, from);
            }
            return changed;
        });
    }

    /** Something arrived that is no delivery: failures before it count no more. Who serves it reads it anew. */
    void proven(String id) throws SQLException {
        database.update(
                "UPDATE subscription SET failing_since = NULL, revision = revision + 1"
                        + " WHERE id = ? AND failing_since IS NOT NULL",
                id);
    }

    Optional<Secrets> secrets(String id) throws SQLException {
        return database
                .query(
                        "SELECT secret, former_secret, former_until FROM subscription WHERE id = ?",
                        SubscriptionStore::readSecrets,
                        id)
                .stream()
                .findFirst();
    }

    /** Kept deliveries by sequence, after the one given. */
    List<Kept> deliveries(String id, long after, int limit) throws SQLException {
        return database.query(
                "SELECT sequence, subject, state, attempts, next_at, last_at, last_status, cause FROM delivery"
                        + " WHERE subscription = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                SubscriptionStore::readKept,
                id,
                after,
                limit);
    }

    private Optional<Subscription> touch(
            Person who, String id, String action, @Nullable String detail, DoorDatabase.Work<Integer> work)
            throws SQLException {
        return database.transact(connection -> {
            if (work.in(connection) == 0) {
                return Optional.empty();
            }
            note(connection, who, action, id, detail);
            return find(connection, who, id);
        });
    }

    private static Optional<Subscription> find(Connection connection, Person who, String id) throws SQLException {
        return DoorDatabase.query(
                        connection,
                        "SELECT " + COLUMNS + " FROM subscription s" + MINE,
                        SubscriptionStore::read,
                        id,
                        who.owner(),
                        who.owner())
                .stream()
                .findFirst();
    }

    private static void note(Connection connection, Person who, String action, String id, @Nullable String detail)
            throws SQLException {
        DoorDatabase.update(
                connection,
                "INSERT INTO audit (who, action, subscription, detail) VALUES (?, ?, ?, ?)",
                who.name(),
                action,
                id,
                detail);
    }

    static Subscription read(ResultSet row) throws SQLException {
        return new Subscription(
                row.getString("id"),
                row.getString("owner"),
                URI.create(row.getString("url")),
                row.getString("description"),
                readFilter(row),
                Subscription.State.ofLabel(row.getString("state")),
                row.getString("reason"),
                row.getLong("position"),
                row.getLong("delivered"),
                DoorDatabase.instant(row, "delivered_at"),
                DoorDatabase.instant(row, "failing_since"),
                Objects.requireNonNull(DoorDatabase.instant(row, "created_at")),
                Objects.requireNonNull(DoorDatabase.instant(row, "changed_at")),
                row.getLong("revision"));
    }

    static Secrets readSecrets(ResultSet row) throws SQLException {
        return new Secrets(
                row.getBytes("secret"), row.getBytes("former_secret"), DoorDatabase.instant(row, "former_until"));
    }

    static Kept readKept(ResultSet row) throws SQLException {
        return new Kept(
                row.getLong("sequence"),
                row.getString("subject"),
                row.getString("state"),
                row.getInt("attempts"),
                DoorDatabase.instant(row, "next_at"),
                DoorDatabase.instant(row, "last_at"),
                (Integer) row.getObject("last_status"),
                row.getString("cause"));
    }

    private static ChangeFilter readFilter(ResultSet row) throws SQLException {
        StreamName stream = StreamName.ofLabel(row.getString("stream"))
                .orElseThrow(() -> new IllegalStateException("A stored stream is none"));
        return ChangeFilter.read(
                        stream,
                        texts(row, "units"),
                        texts(row, "provinces"),
                        texts(row, "kinds"),
                        texts(row, "datasets"))
                .orElseThrow(() -> new IllegalStateException("A stored filter can't be read"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static String[] units(ChangeFilter filter) {
        return filter.units().stream().map(UnitId::toString).sorted().toArray(String[]::new);
    }

    private static String[] provinces(ChangeFilter filter) {
        return filter.provinces().stream().map(UnitId::toString).sorted().toArray(String[]::new);
    }

    private static String[] datasets(ChangeFilter filter) {
        return filter.datasets().stream().sorted().toArray(String[]::new);
    }

    private static String[] kinds(ChangeFilter filter) {
        return filter.kinds().stream().map(ChangeKind::label).sorted().toArray(String[]::new);
    }
}
