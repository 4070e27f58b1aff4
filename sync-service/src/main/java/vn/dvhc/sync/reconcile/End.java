package vn.dvhc.sync.reconcile;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.ComparisonSql;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;

/**
 * One end of a comparison: an owner's table or a copy, in a session of its own that only reads. From {@link #begin} on it sees one
 * point of time until {@link #leave}. For one thread.
 */
final class End implements AutoCloseable {

    /** A statement of a scan should take about this long: short enough not to hold anybody up, long enough not to be overhead. */
    private static final long STATEMENT_NANOS = Duration.ofMillis(250).toNanos();

    private static final long FEWEST_PAGES = 128;
    private static final long FIRST_PAGES = 2048;
    private static final long MOST_PAGES = 65_536;
    private static final int FETCH = 2000;

    private final Connection connection;
    private final Dataset dataset;
    private final PresentUnits units;
    private final ComparisonSql sql;
    private final List<String> homes;
    private final boolean ofCopy;

    private End(
            Connection connection,
            Dataset dataset,
            PresentUnits units,
            ComparisonSql sql,
            List<String> homes,
            boolean ofCopy) {
        this.connection = connection;
        this.dataset = dataset;
        this.units = units;
        this.sql = sql;
        this.homes = homes;
        this.ofCopy = ofCopy;
    }

    static End ofOwner(Databases databases, Duration limit, Source source, Dataset dataset, PresentUnits units)
            throws SQLException {
        return new End(
                databases.reader(source, limit),
                dataset,
                units,
                ComparisonSql.ofOwner(dataset, source),
                List.of(),
                false);
    }

    /** @param homes the owners whose records are looked at */
    static End ofCopy(
            Databases databases, Duration limit, Source source, Dataset dataset, PresentUnits units, List<String> homes)
            throws SQLException {
        return new End(databases.reader(source, limit), dataset, units, ComparisonSql.ofCopy(dataset), homes, true);
    }

    /**
     * A point of time that is read.
     *
     * @param position end of the log then: what was committed later lies beyond it
     */
    record Point(long position, Instant at) {}

    /** The pages of the table and the rows it has by estimate. */
    record Size(long pages, long rows) {}

    /** A record as it is now, with a checksum of each compared column. */
    record Stored(Reading reading, List<@Nullable Long> columns) {}

    /** Takes the sums of parts of the table. */
    @FunctionalInterface
    interface SumSink {
        /** @param home the owner whose record it is; null at the owner's end */
        void add(
                @Nullable String home,
                String unit,
                @Nullable String code,
                @Nullable String vintage,
                int bucket,
                long records,
                long checksum);
    }

    /** From here on one point of time is read. */
    Point begin() throws SQLException {
        // Log positions are read after the snapshot was taken: nothing that it shows lies beyond.
        Statements.query(connection, "SELECT pg_current_snapshot()::text", row -> row.getString(1));
        return new Point(position(), Instant.now());
    }

    void leave() throws SQLException {
        connection.rollback();
    }

    private long position() throws SQLException {
        return Statements.query(
                        connection,
                        "SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint",
                        row -> row.getLong(1))
                .get(0);
    }

    Size size() throws SQLException {
        return Statements.query(connection, sql.size(), row -> new Size(row.getLong(1), row.getLong(2)))
                .get(0);
    }

    /** Sums the table in ranges of pages; how many depends on how long the last took. */
    void sum(Size size, Run run, Throttle throttle, SumSink sums) throws SQLException, InterruptedException {
        long pages = FIRST_PAGES;
        try (PreparedStatement statement = connection.prepareStatement(sql.sums())) {
            for (long page = 0; page < size.pages(); ) {
                run.goOn();
                long began = System.nanoTime();
                long rows = sum(statement, page, page + pages, sums);
                long took = System.nanoTime() - began;
                run.read(rows);
                // Rows of other homes are read too, though not counted.
                throttle.pauseAfter(Math.max(rows, pages * size.rows() / size.pages()));
                page += pages;
                pages = nextPages(pages, took);
            }
        }
    }

    static long nextPages(long pages, long tookNanos) {
        double factor = Math.max(0.5, Math.min(2, (double) STATEMENT_NANOS / Math.max(1, tookNanos)));
        return Math.max(FEWEST_PAGES, Math.min(MOST_PAGES, Math.round(pages * factor)));
    }

    private long sum(PreparedStatement statement, long from, long to, SumSink sums) throws SQLException {
        statement.setString(1, "(" + from + ",0)");
        statement.setString(2, "(" + to + ",0)");
        bindHomes(statement, 3);
        long rows = 0;
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                String code = result.getString(2);
                String vintage = result.getString(3);
                long records = result.getLong(5);
                sums.add(
                        result.getString(1),
                        units.line(code, vintage, List.of()),
                        code,
                        vintage,
                        result.getInt(4),
                        records,
                        result.getLong(6));
                rows += records;
            }
        }
        return rows;
    }

    private void bindHomes(PreparedStatement statement, int index) throws SQLException {
        if (ofCopy) {
            statement.setArray(index, connection.createArrayOf("text", homes.toArray()));
        }
    }

    /** Records in order of key, a page at a time. */
    final class Cursor implements KeyMerge.RowStream, AutoCloseable {
        private final PreparedStatement statement;
        private final ResultSet result;
        private final Run run;
        private final Throttle throttle;
        private int inPage;

        private Cursor(PreparedStatement statement, Run run, Throttle throttle) throws SQLException {
            this.statement = statement;
            this.run = run;
            this.throttle = throttle;
            this.result = statement.executeQuery();
        }

        @Override
        public KeyMerge.@Nullable Row next() throws SQLException, InterruptedException {
            if (inPage == FETCH) {
                inPage = 0;
                run.goOn();
                throttle.pauseAfter(FETCH);
            }
            inPage++;
            return result.next() ? new KeyMerge.Row(result.getString(1), reading(result)) : null;
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }

    /** Opens the records of some groups, within the point of time that is read. */
    Cursor rows(List<Sums.Group> groups, List<String> ofHomes, Run run, Throttle throttle) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.rowsOfGroups());
        try {
            statement.setArray(
                    1,
                    texts(groups.stream().map(group -> group.bearing().code()).distinct()));
            statement.setArray(
                    2,
                    texts(groups.stream()
                            .map(group -> ComparisonSql.group(
                                    group.bearing().code(), group.bearing().vintage(), group.bucket()))));
            if (ofCopy) {
                statement.setArray(3, connection.createArrayOf("text", ofHomes.toArray()));
            }
            statement.setFetchSize(FETCH);
            return new Cursor(statement, run, throttle);
        } catch (SQLException | RuntimeException failed) {
            statement.close();
            throw failed;
        }
    }

    private Array texts(Stream<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    /** A reading of some records. */
    record Now(Map<String, Stored> records, long position) {
        @Nullable
        Stored get(String key) {
            return records.get(key);
        }
    }

    /** Reads records as they are now; those that are not there are left out. */
    Now now(List<String> keys) throws SQLException {
        leave();
        Map<String, Stored> records = new HashMap<>();
        Statements.query(
                        connection,
                        sql.rowsOfKeys(),
                        row -> Map.entry(row.getString(1), new Stored(reading(row), columns(row))),
                        keysAndHomes(keys))
                .forEach(record -> records.put(record.getKey(), record.getValue()));
        long position = position();
        leave();
        return new Now(records, position);
    }

    /** Reads columns of records as text, as they are now; those that are not there are left out. */
    Map<String, List<@Nullable String>> values(List<String> keys, List<String> columns) throws SQLException {
        leave();
        Map<String, List<@Nullable String>> records = new HashMap<>();
        Statements.query(
                        connection,
                        sql.valuesOfKeys(columns),
                        row -> {
                            List<@Nullable String> values = new ArrayList<>(columns.size());
                            for (int i = 0; i < columns.size(); i++) {
                                values.add(row.getString(2 + i));
                            }
                            return Map.entry(row.getString(1), values);
                        },
                        keysAndHomes(keys))
                .forEach(record -> records.put(record.getKey(), record.getValue()));
        leave();
        return records;
    }

    /** Asks one thing outside of any point of time. */
    <T> List<T> ask(String question, Statements.RowReader<T> reader, Object... parameters) throws SQLException {
        leave();
        List<T> answer = Statements.query(connection, question, reader, parameters);
        leave();
        return answer;
    }

    private Object[] keysAndHomes(List<String> keys) {
        Rows rows = new DatasetSql(dataset).keys(keys);
        return ofCopy ? new Object[] {rows, homes} : new Object[] {rows};
    }

    private Reading reading(ResultSet row) throws SQLException {
        List<String> localities = new ArrayList<>();
        for (Object locality : (Object[]) row.getArray(5).getArray()) {
            if (locality != null) {
                localities.add(locality.toString());
            }
        }
        return new Reading(row.getLong(2), units.line(row.getString(3), row.getString(4), localities));
    }

    private static List<@Nullable Long> columns(ResultSet row) throws SQLException {
        return Arrays.asList((Long[]) row.getArray(6).getArray());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
