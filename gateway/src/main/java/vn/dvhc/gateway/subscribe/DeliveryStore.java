package vn.dvhc.gateway.subscribe;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.store.DoorDatabase;

/**
 * What a replica knows and keeps of the subscriptions it serves. Each write counts only while this replica holds the subscription
 * in the revision it has read. Blocks.
 */
@ApplicationScoped
class DeliveryStore implements Ledger {

    /** Given up deliveries are told for so long. */
    private static final String KEPT_FAILED = "30 days";

    private static final String HELD = " FROM subscription s WHERE s.id = ? AND s.holder = ? AND s.revision = ?";

    private final DoorDatabase database;

    DeliveryStore(DoorDatabase database) {
        this.database = database;
    }

    /** A subscription that this replica serves, with its secrets. */
    record Served(Subscription subscription, SubscriptionStore.Secrets secrets) {}

    /** Takes what nobody serves, renews what is served here, and tells all of it: active ones only. */
    List<Served> hold(String holder, Duration lease) throws SQLException {
        database.update(
                "UPDATE subscription SET holder = ?, held_until = now() + ? * interval '1 millisecond'"
                        + " WHERE state = 'active' AND (held_until IS NULL OR held_until < now()"
                        + " OR (holder = ? AND held_until < now() + ? * interval '1 millisecond'))",
                holder,
                lease.toMillis(),
                holder,
                lease.toMillis() * 3 / 4);
        return database.query(
                "SELECT " + SubscriptionStore.COLUMNS
                        + ", s.secret, s.former_secret, s.former_until FROM subscription s"
                        + " WHERE s.holder = ? AND s.state = 'active' AND s.held_until > now()",
                row -> new Served(SubscriptionStore.read(row), SubscriptionStore.readSecrets(row)),
                holder);
    }

    /** Lets others serve what this replica served. */
    void release(String holder) throws SQLException {
        database.update("UPDATE subscription SET holder = NULL, held_until = NULL WHERE holder = ?", holder);
    }

    /** What waits of some subscriptions, in order. */
    Map<String, List<SubscriptionStore.Kept>> waiting(List<String> subscriptions) throws SQLException {
        Map<String, List<SubscriptionStore.Kept>> waiting = new LinkedHashMap<>();
        database.query(
                "SELECT subscription, sequence, subject, state, attempts, next_at, last_at, last_status, cause FROM delivery"
                        + " WHERE subscription = ANY (?) AND state <> 'failed' ORDER BY subscription, sequence",
                row -> add(waiting, row),
                (Object) subscriptions.toArray(String[]::new));
        return waiting;
    }

    private static boolean add(Map<String, List<SubscriptionStore.Kept>> waiting, ResultSet row) throws SQLException {
        return waiting.computeIfAbsent(row.getString("subscription"), id -> new ArrayList<>())
                .add(SubscriptionStore.readKept(row));
    }

    @Override
    public void progress(List<Progress> all) throws SQLException {
        database.update(
                "UPDATE subscription s SET position = p.position, delivered = s.delivered + p.delivered,"
                        + " delivered_at = CASE WHEN p.delivered > 0 THEN now() ELSE s.delivered_at END,"
                        + " failing_since = to_timestamp(p.failing / 1000.0)"
                        + " FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])"
                        + " AS p (id, holder, revision, position, delivered, failing)"
                        + " WHERE s.id = p.id AND s.holder = p.holder AND s.revision = p.revision",
                all.stream().map(one -> one.hold().subscription()).toArray(String[]::new),
                all.stream().map(one -> one.hold().holder()).toArray(String[]::new),
                all.stream().map(one -> one.hold().revision()).toArray(Long[]::new),
                all.stream().map(Progress::position).toArray(Long[]::new),
                all.stream().map(Progress::delivered).toArray(Long[]::new),
                all.stream().map(one -> millis(one.failingSince())).toArray(Long[]::new));
    }

    private static @Nullable Long millis(@Nullable Instant moment) {
        return moment == null ? null : moment.toEpochMilli();
    }

    @Override
    public void keep(Hold hold, SubscriptionStore.Kept kept) throws SQLException {
        database.update(
                "INSERT INTO delivery (subscription, sequence, subject, state, attempts, next_at, last_at, last_status, cause)"
                        + " SELECT s.id, ?::bigint, ?::text, ?::text, ?::integer, ?::timestamptz, ?::timestamptz, ?::integer,"
                        + " ?::text" + HELD
                        + " ON CONFLICT (subscription, sequence) DO UPDATE SET state = excluded.state,"
                        + " attempts = excluded.attempts, next_at = excluded.next_at, last_at = excluded.last_at,"
                        + " last_status = excluded.last_status, cause = excluded.cause",
                kept.sequence(),
                kept.subject(),
                kept.state(),
                kept.attempts(),
                kept.next(),
                kept.last(),
                kept.lastStatus(),
                kept.cause(),
                hold.subscription(),
                hold.holder(),
                hold.revision());
    }

    @Override
    public void arrived(Hold hold, long sequence) throws SQLException {
        database.update(
                "DELETE FROM delivery d USING subscription s WHERE d.subscription = s.id AND d.sequence = ? AND s.id = ?"
                        + " AND s.holder = ? AND s.revision = ?",
                sequence,
                hold.subscription(),
                hold.holder(),
                hold.revision());
    }

    /** Forgets what was given up long ago. */
    void prune() throws SQLException {
        database.update(
                "DELETE FROM delivery WHERE state = 'failed' AND last_at < now() - interval '" + KEPT_FAILED + "'");
    }

    @Override
    public void disable(Hold hold, String reason) throws SQLException {
        database.transact(connection -> {
            int disabled = DoorDatabase.update(
                    connection,
                    "UPDATE subscription s SET state = 'disabled', reason = ?, changed_at = now(), revision = revision + 1,"
                            + " holder = NULL, held_until = NULL WHERE s.id = ? AND s.holder = ? AND s.revision = ?",
                    reason,
                    hold.subscription(),
                    hold.holder(),
                    hold.revision());
            if (disabled > 0) {
                DoorDatabase.update(
                        connection,
                        "INSERT INTO audit (who, action, subscription, detail) VALUES ('gateway', 'disable', ?, ?)",
                        hold.subscription(),
                        reason);
            }
            return disabled;
        });
    }
}
