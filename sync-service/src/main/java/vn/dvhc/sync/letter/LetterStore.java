package vn.dvhc.sync.letter;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;

/** The letters' table in the national database. */
final class LetterStore {

    private static final String COLUMNS =
            "l.id, l.topic, l.partition, l.kafka_offset, l.source, l.dataset, l.record_key, l.cause, l.detail, l.state,"
                    + " l.attempts, l.amended_payload IS NOT NULL, l.received_at::text, l.changed_at::text";

    /** What letters of like problems share. */
    private static final String GROUP =
            "md5(concat(l.cause, E'\\x1f', l.source, E'\\x1f', coalesce(l.dataset, '')," + " E'\\x1f', l.pattern))";

    private static final String FILTER =
            " (p.state IS NULL OR l.state = p.state) AND (p.cause IS NULL OR l.cause = p.cause)"
                    + " AND (p.dataset IS NULL OR l.dataset = p.dataset) AND (p.source IS NULL OR l.source = p.source)"
                    + " AND (p.key IS NULL OR l.record_key = p.key)";

    private static final String FILTERED =
            "(SELECT ?::text AS state, ?::text AS cause, ?::text AS dataset, ?::text AS source, ?::text AS key) p";

    private LetterStore() {}

    /** A letter with its contents. */
    record Kept(
            Letter letter,
            @Nullable String payload,
            @Nullable String amended,
            @Nullable String fingerprint) {

        /** What is to be applied: a person's version, or else the message as it came; null if nothing was kept. */
        @Nullable
        String present() {
            return amended == null ? payload : amended;
        }
    }

    /**
     * Open letters of like problems.
     *
     * @param group its id, for {@code POST /v1/dead-letters/redrive}
     * @param pattern their detail with {@code #} for numbers
     * @param keys how many records they are about, as far as known
     * @param example id of the latest
     */
    @Schema(name = "LetterGroup")
    record Group(
            String group,
            String cause,
            String source,
            @Nullable String dataset,
            String pattern,
            long count,
            long keys,
            String firstAt,
            String lastAt,
            long example) {}

    /** What became of a letter that was tried. */
    record Tried(
            long id,
            Letter.State state,
            int attempts,
            String cause,
            String detail,
            String fingerprint,
            @Nullable String dataset,
            @Nullable String key) {}

    /** The latest first, before the id. */
    static List<Letter> list(Connection connection, Selection.Filter filter, long before, int limit)
            throws SQLException {
        return Statements.query(
                connection,
                "SELECT " + COLUMNS + " FROM sync.dead_letter l, " + FILTERED + " WHERE l.id < ?::bigint AND " + FILTER
                        + " ORDER BY l.id DESC LIMIT ?",
                LetterStore::letter,
                filter.state(),
                filter.cause(),
                filter.dataset(),
                filter.source(),
                filter.key(),
                before,
                limit);
    }

    static List<Group> groups(Connection connection, int limit) throws SQLException {
        return Statements.query(
                connection,
                "SELECT " + GROUP + ", l.cause, l.source, l.dataset, l.pattern, count(*), count(DISTINCT l.record_key),"
                        + " min(l.received_at)::text, max(l.received_at)::text, max(l.id) FROM sync.dead_letter l"
                        + " WHERE l.state = 'open' GROUP BY 1, 2, 3, 4, 5 ORDER BY 6 DESC, 1 LIMIT ?",
                row -> new Group(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getString(8),
                        row.getString(9),
                        row.getLong(10)),
                limit);
    }

    /** One letter, locked if it is to be worked on. */
    static Optional<Kept> find(Connection connection, long id, boolean locked) throws SQLException {
        return Statements.query(
                        connection,
                        "SELECT " + COLUMNS + ", l.payload, l.amended_payload, l.fingerprint FROM sync.dead_letter l"
                                + " WHERE l.id = ?" + (locked ? " FOR UPDATE" : ""),
                        LetterStore::kept,
                        id)
                .stream()
                .findFirst();
    }

    /** Open letters in order of topic, partition and offset. */
    static List<Kept> select(Connection connection, Selection selection, int limit) throws SQLException {
        Selection.Filter filter = selection.filter();
        Selection.Place after = selection.after() == null ? new Selection.Place("", 0, 0) : selection.after();
        return Statements.query(
                connection,
                "SELECT " + COLUMNS + ", l.payload, l.amended_payload, l.fingerprint FROM sync.dead_letter l, "
                        + FILTERED
                        + ", (SELECT ?::text AS id, ?::text[] AS ids) g WHERE " + FILTER
                        + " AND (l.topic, l.partition, l.kafka_offset) > (?::text, ?::integer, ?::bigint)"
                        + " AND (g.id IS NULL OR " + GROUP + " = g.id)"
                        + " AND (cardinality(g.ids) = 0 OR l.id = ANY (g.ids::bigint[]))"
                        + " ORDER BY l.topic, l.partition, l.kafka_offset LIMIT ?",
                LetterStore::kept,
                filter.state(),
                filter.cause(),
                filter.dataset(),
                filter.source(),
                filter.key(),
                selection.group(),
                selection.ids().stream().map(String::valueOf).toList(),
                after.topic(),
                after.partition(),
                after.offset(),
                limit);
    }

    /** Open letters of the topics of which it is not known what record they are about, oldest first. */
    static List<Kept> ofUnknownKey(Connection connection, List<String> topics, int limit) throws SQLException {
        return Statements.query(
                connection,
                "SELECT " + COLUMNS + ", l.payload, l.amended_payload, l.fingerprint FROM sync.dead_letter l"
                        + " WHERE l.state = 'open' AND l.record_key IS NULL AND l.payload IS NOT NULL"
                        + " AND l.topic = ANY (?::text[]) ORDER BY l.topic, l.partition, l.kafka_offset LIMIT ?",
                LetterStore::kept,
                topics,
                limit);
    }

    /** The ids of those letters whose record has an older open letter that is not among them. Binds ids and keys. */
    static List<Long> blocked(Connection connection, Rows idsAndKeys, List<String> selected) throws SQLException {
        return Statements.query(
                connection,
                "SELECT l.id FROM " + Rows.unnest("v", List.of("id", "key"))
                        + " JOIN sync.dead_letter l ON l.id = v.id::bigint WHERE EXISTS (SELECT FROM sync.dead_letter o"
                        + " WHERE o.state = 'open' AND o.topic = l.topic AND o.record_key = v.key"
                        + " AND o.partition = l.partition AND o.kafka_offset < l.kafka_offset"
                        + " AND o.id <> ALL (?::text[]::bigint[]))",
                row -> row.getLong(1),
                idsAndKeys,
                selected);
    }

    /** Writes what record letters are about, now that it can be read. Binds ids, datasets and keys. */
    static void learn(Connection connection, Rows rows) throws SQLException {
        Statements.update(
                connection,
                "UPDATE sync.dead_letter l SET dataset = v.dataset, record_key = v.key FROM "
                        + Rows.unnest("v", List.of("id", "dataset", "key")) + " WHERE l.id = v.id::bigint",
                rows);
    }

    static void record(Connection connection, List<Tried> tried) throws SQLException {
        Rows rows = new Rows(8);
        tried.forEach(letter -> rows.add(
                String.valueOf(letter.id()),
                letter.state().label(),
                String.valueOf(letter.attempts()),
                letter.cause(),
                letter.detail(),
                letter.fingerprint(),
                letter.dataset(),
                letter.key()));
        Statements.update(
                connection,
                "UPDATE sync.dead_letter l SET state = v.state, attempts = v.attempts::integer, cause = v.cause,"
                        + " detail = v.detail, fingerprint = v.fingerprint, dataset = coalesce(v.dataset, l.dataset),"
                        + " record_key = coalesce(v.key, l.record_key), changed_at = clock_timestamp() FROM "
                        + Rows.unnest(
                                "v",
                                List.of("id", "state", "attempts", "cause", "detail", "fingerprint", "dataset", "key"))
                        + " WHERE l.id = v.id::bigint AND l.state = 'open'",
                rows);
    }

    /** Puts persons' versions beside the originals. Binds ids and payloads, null to take one back. */
    static void amend(Connection connection, Rows rows) throws SQLException {
        Statements.update(
                connection,
                "UPDATE sync.dead_letter l SET amended_payload = v.payload, attempts = 0, changed_at = clock_timestamp()"
                        + " FROM " + Rows.unnest("v", List.of("id", "payload"))
                        + " WHERE l.id = v.id::bigint AND l.state = 'open'",
                rows);
    }

    static void discard(Connection connection, long id) throws SQLException {
        Statements.update(
                connection,
                "UPDATE sync.dead_letter SET state = 'discarded', changed_at = clock_timestamp() WHERE id = ?",
                id);
    }

    private static Letter letter(ResultSet row) throws SQLException {
        return new Letter(
                row.getLong(1),
                row.getString(2),
                row.getInt(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getInt(11),
                row.getBoolean(12),
                row.getString(13),
                row.getString(14));
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(letter(row), row.getString(15), row.getString(16), row.getString(17));
    }
}
