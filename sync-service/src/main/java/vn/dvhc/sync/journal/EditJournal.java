package vn.dvhc.sync.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.Edit;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;

/** The journal's lines, in the national database and the caller's transaction there. */
public final class EditJournal {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, @Nullable String>> COLUMNS = new TypeReference<>() {};

    private static final String LATEST =
            "SELECT source, kind, transaction, unit_code, unit_vintage, before::text, after::text, late, committed_at"
                    + " FROM sync.record_edit WHERE dataset = ? AND record_key = ?"
                    + " ORDER BY committed_at DESC, source, epoch DESC, position DESC LIMIT ?";

    private EditJournal() {}

    private record Group(Source source, Dataset dataset) {}

    /**
     * A line as it is kept.
     *
     * @param source the database in which it was done
     * @param transaction the source's, 32 bits
     * @param code what the record bore then
     * @param vintage ISO date as of which the code is read
     */
    public record Line(
            String source,
            String kind,
            @Nullable Long transaction,
            @Nullable String code,
            @Nullable String vintage,
            Map<String, @Nullable String> before,
            Map<String, @Nullable String> after,
            boolean late,
            Instant committedAt) {}

    /** Adds lines, one statement a source and dataset. What is there already stays. To be called before the copies are written. */
    public static void write(Connection connection, Homes homes, List<Noted> notes) throws SQLException {
        Map<Group, Rows> groups = new LinkedHashMap<>();
        for (Noted note : notes) {
            Change change = note.change();
            Dataset dataset = change.dataset();
            groups.computeIfAbsent(
                            new Group(change.source(), dataset),
                            group -> new Rows(
                                    new DatasetSql(dataset).editColumns().size()))
                    .add(row(note));
        }
        for (Map.Entry<Group, Rows> group : groups.entrySet()) {
            Source source = group.getKey().source();
            Dataset dataset = group.getKey().dataset();
            Statements.update(
                    connection,
                    new DatasetSql(dataset).enterEdits(),
                    group.getValue(),
                    dataset.name(),
                    source.name(),
                    source.epoch(),
                    homes.formerHomes(source));
        }
    }

    private static @Nullable String[] row(Noted note) {
        Change change = note.change();
        Dataset dataset = change.dataset();
        Edit edit = Objects.requireNonNull(change.edit());
        int parts = dataset.key().size();
        @Nullable
        String[] row = Arrays.copyOf(
                dataset.keyParts(change.key()),
                new DatasetSql(dataset).editColumns().size());
        List<@Nullable String> rest = Arrays.asList(
                change.key(),
                Long.toString(change.position()),
                edit.kind().label(),
                change.transaction() == null ? null : change.transaction().toString(),
                change.unit().code(),
                change.unit().vintage(),
                json(edit.before()),
                json(edit.after()),
                Boolean.toString(note.late()),
                change.committedAt() == null ? null : change.committedAt().toString());
        for (int i = 0; i < rest.size(); i++) {
            row[parts + i] = rest.get(i);
        }
        return row;
    }

    /** The latest lines of a record, the latest first. */
    public static List<Line> latest(Connection connection, String dataset, String key, int limit) throws SQLException {
        return Statements.query(connection, LATEST, EditJournal::line, dataset, key, limit);
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString(1),
                row.getString(2),
                row.getObject(3, Long.class),
                row.getString(4),
                row.getString(5),
                columns(row.getString(6)),
                columns(row.getString(7)),
                row.getBoolean(8),
                row.getTimestamp(9).toInstant());
    }

    private static String json(Map<String, @Nullable String> columns) {
        try {
            return JSON.writeValueAsString(columns);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Texts by column can't be written", impossible);
        }
    }

    private static Map<String, @Nullable String> columns(String json) {
        try {
            return JSON.readValue(json, COLUMNS);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("A line of the journal can't be read", broken);
        }
    }
}
