package vn.dvhc.demo.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.DemoRecord;
import vn.dvhc.unit.UnitRef;

/** The SQL of one dataset's table at its owner. */
public final class RecordTable {

    private static final int COPY_CHUNK = 64 * 1024;

    /** Columns of every dataset; a permit has its area besides. */
    private static final int FIXED_COLUMNS = 9;

    private static final int UPDATED_AT = 8;

    private final Dataset dataset;
    private final String name;
    private final String columns;
    private final boolean hasArea;
    private final String now;

    public RecordTable(Dataset dataset) {
        this(dataset, Duration.ZERO);
    }

    /** @param skew how far the owner's programs are ahead of the time, by which they date their changes */
    public RecordTable(Dataset dataset, Duration skew) {
        this.now = skew.isZero() ? "clock_timestamp()" : "clock_timestamp() + interval '" + skew.toMillis() + " ms'";
        this.dataset = dataset;
        this.name = "public." + dataset.table();
        this.columns = String.join(", ", dataset.columns());
        this.hasArea = dataset.columns().size() > FIXED_COLUMNS;
    }

    /** {@code schema.table} at the owner. */
    public String name() {
        return name;
    }

    /** Loads records in one transaction; by far the fastest way in. */
    public long load(Connection connection, Iterator<DemoRecord> records) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + name + " (" + columns + ") FROM STDIN");
        try {
            StringBuilder chunk = new StringBuilder(2 * COPY_CHUNK);
            while (records.hasNext()) {
                line(chunk, records.next());
                if (chunk.length() >= COPY_CHUNK) {
                    send(copy, chunk);
                }
            }
            send(copy, chunk);
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Adds a record. Its time of change is the database's. */
    public Instant insert(Connection connection, DemoRecord record) throws SQLException {
        List<@Nullable Object> values = values(record);
        values.remove(UPDATED_AT);
        List<String> marks = new ArrayList<>(values.stream().map(value -> "?").toList());
        marks.add(UPDATED_AT, now);
        Instant at = execute(
                connection,
                "INSERT INTO " + name + " (" + columns + ") VALUES (" + String.join(", ", marks) + ")",
                values);
        return Objects.requireNonNull(at, "An insert returns its row");
    }

    /** Sets the status only: the large column is not written. Null if the record is not there. */
    public @Nullable Instant updateStatus(Connection connection, DemoRecord record) throws SQLException {
        return update(connection, record, List.of(dataset.status()));
    }

    /** Sets all but the unit and what never changes. Null if the record is not there. */
    public @Nullable Instant updateContent(Connection connection, DemoRecord record) throws SQLException {
        return update(connection, record, content());
    }

    /** Writes the whole form back as old programs do, the unit as they know it included. Null if it is not there. */
    public @Nullable Instant updateAll(Connection connection, DemoRecord record) throws SQLException {
        List<String> all = new ArrayList<>(content());
        all.addAll(List.of(dataset.unitCode(), dataset.unitVintage(), dataset.hamlet()));
        return update(connection, record, all);
    }

    /** Whether the record was there. */
    public boolean delete(Connection connection, String key) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + name + " WHERE " + dataset.key() + " = ?")) {
            delete.setString(1, key);
            return delete.executeUpdate() == 1;
        }
    }

    /** A query for {@link #read}. */
    public String query() {
        return "SELECT " + columns + " FROM " + name;
    }

    /** A row of {@link #query}. */
    public DemoRecord read(Row row) {
        return new DemoRecord(
                dataset,
                row.text(1),
                UnitRef.of(row.text(2), row.date(3)),
                row.textOrNull(4),
                row.text(5),
                row.text(6),
                row.text(7),
                row.instant(8),
                row.instant(9),
                hasArea ? row.numberOrNull(10) : null);
    }

    private List<String> content() {
        List<String> content = new ArrayList<>(List.of(dataset.status(), dataset.text()));
        content.addAll(
                dataset.columns().subList(FIXED_COLUMNS, dataset.columns().size()));
        return content;
    }

    private @Nullable Instant update(Connection connection, DemoRecord record, List<String> changed)
            throws SQLException {
        List<@Nullable Object> all = values(record);
        List<@Nullable Object> values = new ArrayList<>();
        changed.forEach(column -> values.add(all.get(dataset.columns().indexOf(column))));
        values.add(record.key());
        String set = changed.stream().map(column -> column + " = ?").collect(Collectors.joining(", "));
        return execute(
                connection,
                "UPDATE " + name + " SET " + set + ", " + dataset.updatedAt() + " = " + now + " WHERE " + dataset.key()
                        + " = ?",
                values);
    }

    /** In the order of the columns. */
    private List<@Nullable Object> values(DemoRecord record) {
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                record.key(),
                record.unit().code().value(),
                vintage(record),
                record.hamlet(),
                record.subject(),
                record.status(),
                record.text(),
                OffsetDateTime.ofInstant(record.receivedAt(), ZoneOffset.UTC),
                OffsetDateTime.ofInstant(record.updatedAt(), ZoneOffset.UTC)));
        if (hasArea) {
            values.add(record.area());
        }
        return values;
    }

    /** The time of change of the row that was written; null if there is none. */
    private @Nullable Instant execute(Connection connection, String write, List<@Nullable Object> values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(write + " RETURNING " + dataset.updatedAt())) {
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                if (value == null) {
                    statement.setNull(i + 1, Types.NULL);
                } else {
                    statement.setObject(i + 1, value);
                }
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getObject(1, OffsetDateTime.class).toInstant() : null;
            }
        }
    }

    private static LocalDate vintage(DemoRecord record) {
        return Objects.requireNonNull(record.unit().vintage(), "Generated records bear a vintage");
    }

    private static void send(CopyIn copy, StringBuilder chunk) throws SQLException {
        byte[] bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        chunk.setLength(0);
    }

    private void line(StringBuilder line, DemoRecord record) {
        char separator = 0;
        for (Object value : values(record)) {
            if (separator != 0) {
                line.append(separator);
            }
            field(line, value);
            separator = '\t';
        }
        line.append('\n');
    }

    private static void field(StringBuilder line, @Nullable Object value) {
        if (value == null) {
            line.append("\\N");
            return;
        }
        String text = value.toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(c);
            }
        }
    }
}
