package vn.dvhc.sync.conflict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.apply.CopyWriter;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.Origin;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.ForeignWrites;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Treatment;
import vn.dvhc.sync.plan.Vintage;

/**
 * Puts right what others wrote into the copies of one dataset from one home, in one database. The copy is locked first, so nothing
 * moves while the owner is asked; it gets back the version that was overwritten, at that version's position, and over it the
 * owner's present one like a row of a snapshot: every change that is still on its way finds the position it expects and comes
 * after it. So an undo never brings an older version over a newer one.
 */
final class Undoing {

    private final Databases databases;
    private final ObjectMapper json;
    private final Homes homes;
    private final Source target;
    private final Dataset dataset;
    private final @Nullable String homeInCopy;
    private final @Nullable Source home;
    private final DatasetSql sql;

    /**
     * @param homeInCopy the home that the copies name; null if none does
     * @param home where those records live now; null if nobody of the plan owns them
     */
    Undoing(
            Databases databases,
            ObjectMapper json,
            Homes homes,
            Source target,
            Dataset dataset,
            @Nullable String homeInCopy,
            @Nullable Source home) {
        this.databases = databases;
        this.json = json;
        this.homes = homes;
        this.target = target;
        this.dataset = dataset;
        this.homeInCopy = homeInCopy;
        this.home = home;
        this.sql = new DatasetSql(dataset);
    }

    /** A write that was caught; the copy before and after it as JSON, null if it was not there. */
    private record Caught(
            long id,
            String key,
            @Nullable String before,
            @Nullable String after,
            String account) {}

    /**
     * All writes to one copy that wait.
     *
     * @param base what this service wrote last: the version before the first of the writes, or a later one that came in between
     * @param last what the last of them left
     */
    private record Tampered(
            String key, @Nullable String base, @Nullable String last, String account) {}

    /** An owner's record. */
    private record Owned(List<@Nullable String> open, String version) {}

    /** The owner's records of some keys, and how far his log had come when they were read. */
    private record Read(long position, Map<String, Owned> records) {}

    /** @return how many writes were taken up */
    int run(int batch) throws SQLException {
        if (home != null) {
            // Nobody should wait for a lock on a copy because the owner's database does not answer.
            databases.runAsOwner(home, connection -> Statements.query(connection, "SELECT 1", row -> row.getInt(1)));
        }
        return databases.asReplica(target, connection -> run(connection, batch));
    }

    private int run(Connection connection, int batch) throws SQLException {
        List<String> keys = Statements.query(
                        connection,
                        "SELECT record_key FROM sync.foreign_write WHERE dataset = ?"
                                + " AND coalesce(before ->> 'sync_home', after ->> 'sync_home') IS NOT DISTINCT FROM ?::text"
                                + " ORDER BY id LIMIT ?",
                        row -> row.getString(1),
                        dataset.name(),
                        homeInCopy,
                        batch)
                .stream()
                .distinct()
                .toList();
        if (keys.isEmpty()) {
            return 0;
        }
        Map<String, String> present = new HashMap<>();
        Statements.query(
                        connection,
                        sql.lockCopies(),
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        sql.keys(keys))
                .forEach(copy -> present.put(copy.getKey(), copy.getValue()));
        List<Caught> lines = Statements.query(
                connection,
                "SELECT id, record_key, before::text, after::text, account FROM sync.foreign_write WHERE dataset = ?"
                        + " AND record_key = ANY (?::text[]) ORDER BY id",
                row -> new Caught(
                        row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)),
                dataset.name(),
                keys);
        List<Tampered> tampered = tampered(lines);
        putBack(connection, tampered, present);
        Read owned = home == null ? new Read(0, Map.of()) : read(home, keys);
        rewrite(connection, tampered, owned);
        enter(connection, tampered, owned);
        Statements.update(
                connection,
                "DELETE FROM sync.foreign_write WHERE id = ANY (?::text[]::bigint[])",
                lines.stream().map(line -> String.valueOf(line.id())).toList());
        return lines.size();
    }

    private static List<Tampered> tampered(List<Caught> lines) {
        Map<String, Tampered> tampered = new LinkedHashMap<>();
        for (Caught line : lines) {
            Tampered before = tampered.get(line.key());
            String base =
                    before != null && Objects.equals(before.last(), line.before()) ? before.base() : line.before();
            tampered.put(line.key(), new Tampered(line.key(), base, line.after(), line.account()));
        }
        return List.copyOf(tampered.values());
    }

    /** What this service wrote last comes back, with its position, unless it has written again since. */
    private void putBack(Connection connection, List<Tampered> tampered, Map<String, String> present)
            throws SQLException {
        List<String> gone = new ArrayList<>();
        List<String> back = new ArrayList<>();
        for (Tampered copy : tampered) {
            if (Objects.equals(present.get(copy.key()), copy.last())) {
                if (copy.last() != null) {
                    gone.add(copy.key());
                }
                if (copy.base() != null) {
                    back.add(copy.base());
                }
            }
        }
        if (!gone.isEmpty()) {
            Statements.update(connection, sql.deleteCopies(), sql.keys(gone));
        }
        if (!back.isEmpty()) {
            Statements.update(connection, sql.restoreCopies(), back);
        }
    }

    private Read read(Source owner, List<String> keys) throws SQLException {
        int width = dataset.openColumns().size();
        return databases.asOwner(owner, connection -> {
            long position = Statements.query(
                            connection, "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint", row -> row.getLong(1))
                    .get(0);
            Map<String, Owned> records = new HashMap<>();
            Statements.query(
                            connection,
                            sql.readOpen(),
                            row -> {
                                List<@Nullable String> open = new ArrayList<>(width);
                                for (int column = 0; column < width; column++) {
                                    open.add(row.getString(2 + column));
                                }
                                return Map.entry(row.getString(1), new Owned(open, row.getString(2 + width)));
                            },
                            sql.keys(keys))
                    .forEach(record -> records.put(record.getKey(), record.getValue()));
            return new Read(position, records);
        });
    }

    private void rewrite(Connection connection, List<Tampered> tampered, Read owned) throws SQLException {
        List<Change> changes = new ArrayList<>();
        for (Tampered copy : tampered) {
            Owned record = owned.records().get(copy.key());
            // A pseudonym can't be made here: it comes from the copy, or later with the change itself.
            if (record != null
                    && home != null
                    && (copy.base() != null || !dataset.personal().containsValue(Treatment.PSEUDONYM))) {
                changes.add(new Change(
                        new Origin("foreign-write", 0, 0),
                        home,
                        dataset,
                        copy.key(),
                        values(home, record, copy.base()),
                        false,
                        owned.position(),
                        Change.Kind.REPAIR,
                        null,
                        null,
                        ""));
            }
        }
        if (!changes.isEmpty()) {
            CopyWriter.write(connection, homes, changes);
        }
    }

    private List<@Nullable String> values(Source owner, Owned record, @Nullable String base) {
        List<String> open = dataset.openColumns();
        List<@Nullable String> values = new ArrayList<>(dataset.columns().size());
        for (String column : dataset.columnNames()) {
            if (open.contains(column)) {
                values.add(record.open().get(open.indexOf(column)));
            } else if (dataset.vintage().rule() == Vintage.Rule.SOURCE
                    && dataset.vintage().column().equals(column)) {
                values.add(String.valueOf(owner.vintage()));
            } else {
                values.add(
                        dataset.personal().get(column) == Treatment.PSEUDONYM && base != null
                                ? column(base, column)
                                : null);
            }
        }
        return values;
    }

    private @Nullable String column(String caught, String column) {
        try {
            return json.readTree(caught).path(column).asText(null);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("PostgreSQL's jsonb is JSON", impossible);
        }
    }

    private void enter(Connection connection, List<Tampered> tampered, Read owned) throws SQLException {
        Rows rows = new Rows(7);
        for (Tampered copy : tampered) {
            if (Objects.equals(copy.base(), copy.last())) {
                continue; // It was taken back by whoever wrote it.
            }
            String other = isEnded(copy) ? null : copy.last();
            Owned record = owned.records().get(copy.key());
            Ruling ruling = rule(connection, copy, other);
            rows.add(
                    copy.key(),
                    ruling.state().label(),
                    ruling.cause(),
                    home != null ? home.name() : copy.base() == null ? homeInCopy : column(copy.base(), "sync_home"),
                    copy.account(),
                    record != null ? record.version() : home == null ? open(connection, copy.base()) : null,
                    open(connection, other));
        }
        if (!rows.isEmpty()) {
            Statements.update(
                    connection,
                    "INSERT INTO sync.conflict (kind, dataset, record_key, state, cause, owner, other, owner_version,"
                            + " other_version) SELECT 'foreign-write', p.dataset, v.key, v.state, v.cause, v.owner, v.account,"
                            + " v.owner_version::jsonb, v.other_version::jsonb FROM "
                            + Rows.unnest(
                                    "v",
                                    List.of(
                                            "key",
                                            "state",
                                            "cause",
                                            "owner",
                                            "account",
                                            "owner_version",
                                            "other_version"))
                            + ", (SELECT ?::text AS dataset) p",
                    rows,
                    dataset.name());
        }
    }

    /** What the dataset's rule makes of a write. */
    private record Ruling(Conflict.State state, String cause) {}

    private Ruling rule(Connection connection, Tampered copy, @Nullable String other) throws SQLException {
        String what = "Tài khoản " + copy.account() + " ghi vào bản sao ở " + target.name() + "; ";
        if (dataset.foreignWrites() == ForeignWrites.UNDO || home == null) {
            return new Ruling(Conflict.State.UNDONE, what + "đã trả lại bản của nơi làm chủ.");
        }
        if (dataset.foreignWrites() == ForeignWrites.ASK) {
            return new Ruling(Conflict.State.OPEN, what + "đã trả lại bản của nơi làm chủ, chờ quyết định.");
        }
        OwnerRecord.Result written = new OwnerRecord(databases, home, dataset, copy.key())
                .write(isLive(copy.base()) ? open(connection, copy.base()) : null, open(connection, other));
        return switch (written.outcome()) {
            case WRITTEN -> new Ruling(Conflict.State.ACCEPTED, what + "đã ghi vào hồ sơ ở nơi làm chủ theo quy tắc.");
            case CHANGED ->
                new Ruling(Conflict.State.OPEN, what + "nơi làm chủ đã sửa hồ sơ sau bản này, chờ quyết định.");
            case REFUSED -> new Ruling(Conflict.State.OPEN, what + "nơi làm chủ không nhận bản này, chờ quyết định.");
        };
    }

    private boolean isLive(@Nullable String copy) {
        return copy != null && column(copy, "ended_at") == null;
    }

    private boolean isEnded(Tampered copy) {
        return copy.last() != null && !isLive(copy.last()) && isLive(copy.base());
    }

    /** The columns of a caught row that any tier may see. */
    private @Nullable String open(Connection connection, @Nullable String caught) throws SQLException {
        return caught == null
                ? null
                : Statements.query(
                                connection,
                                "SELECT (" + sql.openOfCaught("c.caught")
                                        + ")::text FROM (SELECT ?::jsonb AS caught) c",
                                row -> row.getString(1),
                                caught)
                        .get(0);
    }
}
