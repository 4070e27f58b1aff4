package vn.dvhc.sync.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;

/** Writes changes into the copies of one database, in the caller's transaction. */
final class CopyWriter {

    private CopyWriter() {}

    private record Group(Source source, Dataset dataset) {}

    /** The last change of each key is written; what is older than the copy changes nothing. */
    static void write(Connection connection, Homes homes, List<Change> changes) throws SQLException {
        for (Map.Entry<Group, Map<String, Change>> group : grouped(changes).entrySet()) {
            Source source = group.getKey().source();
            Statements.update(
                    connection,
                    new DatasetSql(group.getKey().dataset()).upsertReplica(),
                    rows(group.getKey().dataset(), group.getValue().values()),
                    source.name(),
                    source.epoch(),
                    homes.formerHomes(source));
        }
    }

    /** Writes like {@link #write} and answers the changes that the copy holds now and did not hold before. */
    static Set<Change> writeAndTell(Connection connection, Homes homes, List<Change> changes) throws SQLException {
        Set<Change> written = new HashSet<>();
        for (Map.Entry<Group, Map<String, Change>> group : grouped(changes).entrySet()) {
            Source source = group.getKey().source();
            Statements.query(
                            connection,
                            new DatasetSql(group.getKey().dataset()).upsertReplicaAndTell(),
                            row -> row.getString(1),
                            rows(group.getKey().dataset(), group.getValue().values()),
                            source.name(),
                            source.epoch(),
                            homes.formerHomes(source))
                    .forEach(key ->
                            written.add(Objects.requireNonNull(group.getValue().get(key))));
        }
        return written;
    }

    private static Map<Group, Map<String, Change>> grouped(List<Change> changes) {
        Map<Group, Map<String, Change>> groups = new LinkedHashMap<>();
        for (Change change : changes) {
            groups.computeIfAbsent(new Group(change.source(), change.dataset()), group -> new LinkedHashMap<>())
                    .put(change.key(), change);
        }
        return groups;
    }

    private static Rows rows(Dataset dataset, Collection<Change> changes) {
        List<String> names = dataset.columnNames();
        int[] copied = dataset.copiedColumns().stream().mapToInt(names::indexOf).toArray();
        int width = copied.length;
        Rows rows = new Rows(width + 2);
        for (Change change : changes) {
            @Nullable String[] row = new @Nullable String[width + 2];
            for (int column = 0; column < width; column++) {
                row[column] = change.values().get(copied[column]);
            }
            row[width] = Long.toString(change.isOfSnapshot() ? -change.position() : change.position());
            row[width + 1] = change.deleted() ? endedAt(change) : null;
            rows.add(row);
        }
        return rows;
    }

    private static String endedAt(Change change) {
        Instant committedAt = change.committedAt();
        return (committedAt == null ? Instant.now() : committedAt).toString();
    }
}
