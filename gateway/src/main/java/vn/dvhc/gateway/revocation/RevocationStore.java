package vn.dvhc.gateway.revocation;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import vn.dvhc.gateway.identity.Revocation;
import vn.dvhc.gateway.store.DoorDatabase;

/** Revocations in the door's database. Blocks. */
@ApplicationScoped
class RevocationStore {

    private static final String COLUMNS = "id, whose, name, up_to, ends_at, why, made_by, made_at, lifted, change";

    /** One change at a time: who sees a change has seen all with smaller numbers. */
    private static final String IN_ORDER = "LOCK TABLE token_revocation IN SHARE ROW EXCLUSIVE MODE";

    private final DoorDatabase database;
    private final SecureRandom random = new SecureRandom();

    RevocationStore(DoorDatabase database) {
        this.database = database;
    }

    /** Keeps it; beside an earlier one of the same that is in force, so that what either covers does not count. */
    KeptRevocation keep(Revocation revocation, String why, String by, Instant at) throws SQLException {
        return database.transact(connection -> {
            lock(connection);
            return DoorDatabase.query(
                            connection,
                            """
                            INSERT INTO token_revocation AS old (%1$s)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, false, nextval('token_revocation_change'))
                            ON CONFLICT (whose, name) DO UPDATE SET
                                up_to = CASE WHEN old.lifted THEN excluded.up_to ELSE greatest(old.up_to, excluded.up_to) END,
                                ends_at = CASE WHEN old.lifted THEN excluded.ends_at ELSE greatest(old.ends_at, excluded.ends_at) END,
                                why = excluded.why, made_by = excluded.made_by, made_at = excluded.made_at,
                                lifted = false, change = excluded.change
                            RETURNING %1$s""".formatted(COLUMNS),
                            RevocationStore::read,
                            newId(),
                            revocation.whose().name().toLowerCase(Locale.ROOT),
                            revocation.name(),
                            revocation.upTo(),
                            revocation.end(),
                            why,
                            by,
                            at)
                    .get(0);
        });
    }

    /** Lets the tokens count again; empty if there is no such revocation of a subject or client in force. */
    Optional<KeptRevocation> lift(String id, Instant now) throws SQLException {
        return database.transact(connection -> {
            lock(connection);
            return DoorDatabase.query(
                            connection,
                            "UPDATE token_revocation SET lifted = true, change = nextval('token_revocation_change')"
                                    + " WHERE id = ? AND NOT lifted AND ends_at > ? AND whose <> 'session' RETURNING "
                                    + COLUMNS,
                            RevocationStore::read,
                            id,
                            now)
                    .stream()
                    .findFirst();
        });
    }

    /** Changes after that one, in their order. */
    List<KeptRevocation> after(long change, Instant now, int most) throws SQLException {
        return database.query(
                "SELECT " + COLUMNS + " FROM token_revocation WHERE change > ? AND ends_at > ? ORDER BY change LIMIT "
                        + most,
                RevocationStore::read,
                change,
                now);
    }

    /** Those in force, the latest first. */
    List<KeptRevocation> list(long before, Instant now, int limit) throws SQLException {
        return database.query(
                "SELECT " + COLUMNS + " FROM token_revocation WHERE change < ? AND ends_at > ? AND NOT lifted"
                        + " ORDER BY change DESC LIMIT " + limit,
                RevocationStore::read,
                before,
                now);
    }

    /** Deletes those whose tokens have all ended. */
    void forgetEnded(Instant now) throws SQLException {
        database.update("DELETE FROM token_revocation WHERE ends_at <= ?", now);
    }

    private static void lock(Connection connection) throws SQLException {
        DoorDatabase.update(connection, IN_ORDER);
    }

    private String newId() {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return "rev_" + HexFormat.of().formatHex(bytes);
    }

    private static KeptRevocation read(ResultSet row) throws SQLException {
        return new KeptRevocation(
                row.getString("id"),
                new Revocation(
                        Revocation.Kind.valueOf(row.getString("whose").toUpperCase(Locale.ROOT)),
                        row.getString("name"),
                        moment(row, "up_to"),
                        moment(row, "ends_at")),
                row.getString("why"),
                row.getString("made_by"),
                moment(row, "made_at"),
                row.getBoolean("lifted"),
                row.getLong("change"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(DoorDatabase.instant(row, column));
    }
}
