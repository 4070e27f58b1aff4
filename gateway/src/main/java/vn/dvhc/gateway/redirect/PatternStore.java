package vn.dvhc.gateway.redirect;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.store.DoorDatabase;
import vn.dvhc.unit.Level;

/** Hosts, patterns and their trail in the door's database. Changes are made one after the other. Blocks. */
@ApplicationScoped
class PatternStore {

    private static final String PATTERNS =
            "SELECT p.id, h.owner, p.template, p.vintage, p.level, p.successor, p.description, p.sunset, p.created_at,"
                    + " p.changed_at FROM url_pattern p JOIN portal_host h ON h.host = p.host";

    /** Patterns of others look like none: bind owner twice, null for who may see all. */
    private static final String MINE = " (?::text IS NULL OR h.owner = ?)";

    private final DoorDatabase database;

    PatternStore(DoorDatabase database) {
        this.database = database;
    }

    /**
     * Who asks.
     *
     * @param name under which what is theirs is kept
     * @param seesAll whether hosts and patterns of others are theirs to handle too
     */
    record Person(String name, boolean seesAll) {

        @Nullable
        String owner() {
            return seesAll ? null : name;
        }
    }

    /** What a portal says about addresses. */
    record Wish(
            UrlTemplate template,
            @Nullable LocalDate vintage,
            @Nullable Level level,
            UrlTemplate successor,
            @Nullable String description,
            @Nullable LocalDate sunset) {}

    /** A host and whose it is. */
    record Host(String host, String owner, Instant createdAt, Instant changedAt) {}

    /** How many patterns there may be. */
    record Limits(int ofOwner, int all) {}

    /** Why a pattern is not taken. */
    enum Refusal {
        NOT_YOUR_HOST,
        UNKNOWN_SUCCESSOR_HOST,
        TOO_MANY,
        TAKEN,
        /** Pages would be led on from where they were led to, by a code read as of another date. */
        SUCCESSOR_IS_OLD,
        NO_PATTERN
    }

    /** What came of a change: the pattern, or why there is none. */
    record Outcome(@Nullable UrlPattern pattern, @Nullable Refusal refusal) {

        static Outcome refused(Refusal refusal) {
            return new Outcome(null, refusal);
        }
    }

    /** Everything, for memory. */
    List<UrlPattern> all() throws SQLException {
        return database.query(PATTERNS + " ORDER BY p.id", PatternStore::read);
    }

    /** By id, after the one given. */
    List<UrlPattern> list(Person who, String after, int limit) throws SQLException {
        return database.query(
                PATTERNS + " WHERE" + MINE + " AND p.id > ? ORDER BY p.id LIMIT ?",
                PatternStore::read,
                who.owner(),
                who.owner(),
                after,
                limit);
    }

    Optional<UrlPattern> find(Person who, String id) throws SQLException {
        return database.transact(connection -> find(connection, who, id));
    }

    Outcome create(Person who, String id, Wish wish, Limits limits) throws SQLException {
        return change(who, wish, id, connection -> {
            int made = DoorDatabase.update(
                    connection,
                    "INSERT INTO url_pattern (id, host, template, vintage, level, successor_host, successor, description, sunset)"
                            + " SELECT ?, ?, ?, ?::date, ?, ?, ?, ?, ?::date"
                            + " WHERE (SELECT count(*) FROM url_pattern p JOIN portal_host h ON h.host = p.host"
                            + " WHERE h.owner = (SELECT owner FROM portal_host WHERE host = ?)) < ?"
                            + " AND (SELECT count(*) FROM url_pattern) < ?",
                    id,
                    wish.template().host(),
                    wish.template().toString(),
                    wish.vintage(),
                    label(wish.level()),
                    wish.successor().host(),
                    wish.successor().toString(),
                    wish.description(),
                    wish.sunset(),
                    wish.template().host(),
                    limits.ofOwner(),
                    limits.all());
            if (made == 0) {
                return Outcome.refused(Refusal.TOO_MANY);
            }
            note(connection, who, "create-url-pattern", id, wish.template() + " -> " + wish.successor());
            return new Outcome(find(connection, who, id).orElseThrow(), null);
        });
    }

    Outcome replace(Person who, String id, Wish wish) throws SQLException {
        return change(who, wish, id, connection -> {
            int changed = DoorDatabase.update(
                    connection,
                    "UPDATE url_pattern p SET host = ?, template = ?, vintage = ?, level = ?, successor_host = ?,"
                            + " successor = ?, description = ?, sunset = ?, changed_at = now()"
                            + " FROM portal_host h WHERE h.host = p.host AND p.id = ? AND" + MINE,
                    wish.template().host(),
                    wish.template().toString(),
                    wish.vintage(),
                    label(wish.level()),
                    wish.successor().host(),
                    wish.successor().toString(),
                    wish.description(),
                    wish.sunset(),
                    id,
                    who.owner(),
                    who.owner());
            if (changed == 0) {
                return Outcome.refused(Refusal.NO_PATTERN);
            }
            note(connection, who, "change-url-pattern", id, wish.template() + " -> " + wish.successor());
            return new Outcome(find(connection, who, id).orElseThrow(), null);
        });
    }

    /** Whether there was one. */
    boolean delete(Person who, String id) throws SQLException {
        return database.transact(connection -> {
            int gone = DoorDatabase.update(
                    connection,
                    "DELETE FROM url_pattern p USING portal_host h WHERE h.host = p.host AND p.id = ? AND" + MINE,
                    id,
                    who.owner(),
                    who.owner());
            if (gone > 0) {
                note(connection, who, "delete-url-pattern", id, null);
            }
            return gone > 0;
        });
    }

    /** By name, after the one given. */
    List<Host> hosts(Person who, String after, int limit) throws SQLException {
        return database.query(
                "SELECT h.* FROM portal_host h WHERE" + MINE + " AND h.host > ? ORDER BY h.host LIMIT ?",
                PatternStore::readHost,
                who.owner(),
                who.owner(),
                after,
                limit);
    }

    /** Gives a host, with its patterns, to a client; empty if there are too many hosts. */
    Optional<Host> give(Person who, String host, String owner, int most) throws SQLException {
        return database.transact(connection -> {
            lock(connection);
            List<Host> given = DoorDatabase.query(
                    connection,
                    "INSERT INTO portal_host AS h (host, owner) SELECT ?, ?"
                            + " WHERE (SELECT count(*) FROM portal_host WHERE host <> ?) < ?"
                            + " ON CONFLICT (host) DO UPDATE SET owner = EXCLUDED.owner, changed_at = now() RETURNING h.*",
                    PatternStore::readHost,
                    host,
                    owner,
                    host,
                    most);
            if (!given.isEmpty()) {
                note(connection, who, "give-host", host, owner);
            }
            return given.stream().findFirst();
        });
    }

    /** Whether it is gone; empty if patterns still use it. */
    Optional<Boolean> take(Person who, String host) throws SQLException {
        return database.transact(connection -> {
            lock(connection);
            boolean isUsed = !DoorDatabase.query(
                            connection,
                            "SELECT 1 FROM url_pattern WHERE host = ? OR successor_host = ? LIMIT 1",
                            row -> true,
                            host,
                            host)
                    .isEmpty();
            if (isUsed) {
                return Optional.empty();
            }
            boolean gone = DoorDatabase.update(connection, "DELETE FROM portal_host WHERE host = ?", host) > 0;
            if (gone) {
                note(connection, who, "take-host", host, null);
            }
            return Optional.of(gone);
        });
    }

    private Outcome change(Person who, Wish wish, String id, DoorDatabase.Work<Outcome> work) throws SQLException {
        return database.transact(connection -> {
            lock(connection);
            Optional<Refusal> refusal = refusal(connection, who, wish, id);
            return refusal.isPresent() ? Outcome.refused(refusal.get()) : work.in(connection);
        });
    }

    private static Optional<Refusal> refusal(Connection connection, Person who, Wish wish, String id)
            throws SQLException {
        if (DoorDatabase.query(
                        connection,
                        "SELECT 1 FROM portal_host h WHERE h.host = ? AND" + MINE,
                        row -> true,
                        wish.template().host(),
                        who.owner(),
                        who.owner())
                .isEmpty()) {
            return Optional.of(Refusal.NOT_YOUR_HOST);
        }
        if (DoorDatabase.query(
                        connection,
                        "SELECT 1 FROM portal_host WHERE host = ?",
                        row -> true,
                        wish.successor().host())
                .isEmpty()) {
            return Optional.of(Refusal.UNKNOWN_SUCCESSOR_HOST);
        }
        List<UrlPattern> others = DoorDatabase.query(
                connection,
                PATTERNS + " WHERE p.id <> ? AND (p.host IN (?, ?) OR p.successor_host = ?)",
                PatternStore::read,
                id,
                wish.template().host(),
                wish.successor().host(),
                wish.template().host());
        if (others.stream().anyMatch(other -> other.template().meets(wish.template()))) {
            return Optional.of(Refusal.TAKEN);
        }
        boolean leadsOn = wish.successor().meets(wish.template())
                || others.stream()
                        .anyMatch(other -> other.template().meets(wish.successor())
                                || other.successor().meets(wish.template()));
        return leadsOn ? Optional.of(Refusal.SUCCESSOR_IS_OLD) : Optional.empty();
    }

    private static void lock(Connection connection) throws SQLException {
        DoorDatabase.query(connection, "SELECT pg_advisory_xact_lock(7302)", row -> true);
    }

    private static Optional<UrlPattern> find(Connection connection, Person who, String id) throws SQLException {
        return DoorDatabase.query(
                        connection,
                        PATTERNS + " WHERE p.id = ? AND" + MINE,
                        PatternStore::read,
                        id,
                        who.owner(),
                        who.owner())
                .stream()
                .findFirst();
    }

    private static void note(Connection connection, Person who, String action, String subject, @Nullable String detail)
            throws SQLException {
        DoorDatabase.update(
                connection,
                "INSERT INTO audit (who, action, subscription, detail) VALUES (?, ?, ?, ?)",
                who.name(),
                action,
                subject,
                detail);
    }

    private static @Nullable String label(@Nullable Level level) {
        return level == null ? null : level.label();
    }

    private static UrlPattern read(ResultSet row) throws SQLException {
        String level = row.getString("level");
        return new UrlPattern(
                row.getString("id"),
                row.getString("owner"),
                template(row, "template"),
                row.getObject("vintage", LocalDate.class),
                level == null ? null : Level.ofLabel(level),
                template(row, "successor"),
                row.getString("description"),
                row.getObject("sunset", LocalDate.class),
                Objects.requireNonNull(DoorDatabase.instant(row, "created_at")),
                Objects.requireNonNull(DoorDatabase.instant(row, "changed_at")));
    }

    private static UrlTemplate template(ResultSet row, String column) throws SQLException {
        return UrlTemplate.read(row.getString(column))
                .orElseThrow(() -> new IllegalStateException("A stored template can't be read"));
    }

    private static Host readHost(ResultSet row) throws SQLException {
        return new Host(
                row.getString("host"),
                row.getString("owner"),
                Objects.requireNonNull(DoorDatabase.instant(row, "created_at")),
                Objects.requireNonNull(DoorDatabase.instant(row, "changed_at")));
    }
}
