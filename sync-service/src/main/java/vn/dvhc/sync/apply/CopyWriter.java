package vn.dvhc.sync.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
public final class CopyWriter {

    private CopyWriter() {}

    private record Group(Source source, Dataset dataset) {}

    /**
     * The last change of each key is written; what is older than the copy changes nothing. A key that another owner holds is not
     * written either: the change is entered into the conflict inbox.
     */
    public static void write(Connection connection, Homes homes, List<Change> changes) throws SQLException {
        for (Map.Entry<Group, Map<String, Change>> group : grouped(changes).entrySet()) {
            Source source = group.getKey().source();
            Dataset dataset = group.getKey().dataset();
            Rows rows = rows(dataset, group.getValue().values());
            int written = Statements.update(
                    connection,
                    new DatasetSql(dataset).upsertReplica(),
                    rows,
                    source.name(),
                    source.epoch(),
                    homes.formerHomes(source));
            if (written < rows.size()) {
                enterCollisions(connection, homes, source, dataset, rows);
            }
        }
    }

    private static void enterCollisions(Connection connection, Homes homes, Source source, Dataset dataset, Rows rows)
            throws SQLException {
        List<String> noStrangers = new ArrayList<>(homes.formerHomes(source));
        noStrangers.add(source.name());
        homes.newHome(source).ifPresent(home -> noStrangers.add(home.name()));
        Statements.update(
                connection,
                new DatasetSql(dataset).enterCollisions(),
                rows,
                dataset.name(),
                source.name(),
                noStrangers);
    }

    /** Writes like {@link #write} and answers the changes that the copy holds now and did not hold before. */
    static Set<Change> writeAndTell(Connection connection, Homes homes, List<Change> changes) throws SQLException {
        Set<Change> written = new HashSet<>();
        for (Map.Entry<Group, Map<String, Change>> group : grouped(changes).entrySet()) {
            Source source = group.getKey().source();
            Dataset dataset = group.getKey().dataset();
            Rows rows = rows(dataset, group.getValue().values());
            List<String> keys = Statements.query(
                    connection,
                    new DatasetSql(dataset).upsertReplicaAndTell(),
                    row -> row.getString(1),
                    rows,
                    source.name(),
                    source.epoch(),
                    homes.formerHomes(source));
            keys.forEach(
                    key -> written.add(Objects.requireNonNull(group.getValue().get(key))));
            if (keys.size() < rows.size()) {
                enterCollisions(connection, homes, source, dataset, rows);
            }
        }
        return written;
    }

    private static Map<Group, Map<String, Change>> grouped(List<Change> changes) {
        Map<Group, Map<String, Change>> groups = new LinkedHashMap<>();
        for (Change change : changes) {
            groups.computeIfAbsent(new Group(change.source(), change.dataset()), group -> new LinkedHashMap<>())
                    .merge(change.key(), change, (former, later) -> later.givesWayTo(former) ? former : later);
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
            row[width] = Long.toString(change.isReading() ? -change.position() : change.position());
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
