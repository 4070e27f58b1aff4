package vn.dvhc.gateway.redirect;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.store.DoorDatabase;

/** The counts of calls of old codes in the door's database. Blocks. */
@ApplicationScoped
class UseStore {

    private final DoorDatabase database;

    UseStore(DoorDatabase database) {
        this.database = database;
    }

    /**
     * Which lines are asked for.
     *
     * @param owner only of this client's patterns; null for all, and the door's own paths
     * @param after the line before the first; null to begin
     */
    record Question(
            @Nullable String owner,
            LocalDate from,
            LocalDate to,
            @Nullable String client,
            @Nullable String pattern,
            Uses.@Nullable Key after,
            int limit) {}

    /** Adds the counts, all or none. */
    void add(List<Uses.Use> uses) throws SQLException {
        database.update(
                "INSERT INTO old_code_use AS u (day, client, pattern, code, times, last_at)"
                        + " SELECT * FROM unnest(?::date[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::timestamptz[])"
                        + " ORDER BY 1, 2, 3, 4"
                        + " ON CONFLICT (day, client, pattern, code) DO UPDATE"
                        + " SET times = u.times + EXCLUDED.times, last_at = greatest(u.last_at, EXCLUDED.last_at)",
                texts(uses, use -> use.key().day()),
                texts(uses, use -> use.key().client()),
                texts(uses, use -> use.key().pattern()),
                texts(uses, use -> use.key().code()),
                uses.stream().map(use -> use.count().times()).toArray(Long[]::new),
                texts(uses, use -> use.count().last()));
    }

    /** Forgets days before this one. */
    void forgetBefore(LocalDate day) throws SQLException {
        database.update("DELETE FROM old_code_use WHERE day < ?", day);
    }

    /** By day, client, pattern and code. */
    List<Uses.Use> list(Question question) throws SQLException {
        Uses.Key after = question.after();
        return database.query(
                "SELECT u.* FROM old_code_use u WHERE u.day BETWEEN ? AND ?"
                        + " AND (?::text IS NULL OR u.client = ?) AND (?::text IS NULL OR u.pattern = ?)"
                        + " AND (?::text IS NULL OR u.pattern IN (SELECT p.id FROM url_pattern p"
                        + " JOIN portal_host h ON h.host = p.host WHERE h.owner = ?))"
                        + " AND (u.day, u.client, u.pattern, u.code) > (?, ?, ?, ?)"
                        + " ORDER BY u.day, u.client, u.pattern, u.code LIMIT ?",
                UseStore::read,
                question.from(),
                question.to(),
                question.client(),
                question.client(),
                question.pattern(),
                question.pattern(),
                question.owner(),
                question.owner(),
                after == null ? question.from() : after.day(),
                after == null ? "" : after.client(),
                after == null ? "" : after.pattern(),
                after == null ? "" : after.code(),
                question.limit());
    }

    private static String[] texts(List<Uses.Use> uses, Function<Uses.Use, Object> field) {
        return uses.stream().map(use -> field.apply(use).toString()).toArray(String[]::new);
    }

    private static Uses.Use read(ResultSet row) throws SQLException {
        return new Uses.Use(
                new Uses.Key(
                        row.getObject("day", LocalDate.class),
                        row.getString("client"),
                        row.getString("pattern"),
                        row.getString("code")),
                new Uses.Count(row.getLong("times"), Objects.requireNonNull(DoorDatabase.instant(row, "last_at"))));
    }
}
