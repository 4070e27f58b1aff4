package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.SchemaPreparation;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Tier;
import vn.dvhc.sync.plan.Vintage;
import vn.dvhc.timeline.Following;

/** Two owners' databases on a real server that no service looks at, with two datasets; what their tables say is read here. */
final class TwoHomes {

    /** As every commune has it. */
    static final String CASE_FILE = "case_file";
    /** With a key of two columns, and anything else may be missing. */
    static final String PAPER = "paper";

    private static final String PAPERS =
            "CREATE TABLE public.paper (book text, number integer, unit_code text, unit_vintage date, hamlet text, holder text,"
                    + " fee numeric, paid_at timestamptz, PRIMARY KEY (book, number));"
                    + " GRANT SELECT, INSERT, UPDATE, DELETE ON public.paper TO sync";

    private static final List<String> BOOKS = List.of(
            "handed_over",
            "queued_record",
            "handover_run",
            "handover_stretch",
            "handover_unit",
            "handover_tally",
            "handover_whole_unit",
            "handover_collision");

    private final Databases server;
    private final Source one;
    private final Source other;

    private TwoHomes(Databases server, Source one, Source other) {
        this.server = server;
        this.one = one;
        this.other = other;
    }

    static TwoHomes create(int port, SchemaPreparation schema) throws SQLException {
        Databases server = new Databases(port);
        TwoHomes homes = new TwoHomes(server, home("conserved_one", port), home("conserved_other", port));
        Plan plan = new Plan(
                List.of(
                        homes.one,
                        homes.other,
                        new Source("national", Tier.NATION, null, null, "127.0.0.1:" + port + "/national", 1)),
                homes.datasets(Following.EVERYTHING, Following.EVERYTHING));
        for (Source home : List.of(homes.one, homes.other)) {
            server.createSource(home.name(), "commune");
            homes.execute(home, PAPERS);
            schema.prepare(plan, home);
        }
        return homes;
    }

    private static Source home(String name, int port) {
        return new Source(name, Tier.COMMUNE, "01", RandomReforms.FIRST, "127.0.0.1:" + port + "/" + name, 1);
    }

    Source one() {
        return one;
    }

    Source other() {
        return other;
    }

    List<Dataset> datasets(Following ofCaseFiles, Following ofPapers) {
        return List.of(
                dataset(
                        CASE_FILE,
                        List.of("case_number"),
                        ofCaseFiles,
                        "case_number text, unit_code text, unit_vintage date, hamlet text, procedure text, status text,"
                                + " steps text, created_at timestamptz, updated_at timestamptz"),
                dataset(
                        PAPER,
                        List.of("book", "number"),
                        ofPapers,
                        "book text, number integer, unit_code text, unit_vintage date, hamlet text, holder text, fee numeric,"
                                + " paid_at timestamptz"));
    }

    private static Dataset dataset(String name, List<String> key, Following follows, String columns) {
        Map<String, String> types = new LinkedHashMap<>();
        Arrays.stream(columns.split(", *"))
                .map(column -> column.split(" "))
                .forEach(column -> types.put(column[0], column[1]));
        return new Dataset(
                name,
                Tier.COMMUNE,
                "public." + name,
                key,
                "unit_code",
                Vintage.ofColumn("unit_vintage"),
                List.of("hamlet"),
                follows,
                Set.of(),
                Set.of(),
                Map.of(),
                null,
                types);
    }

    /** Forgets all records and all that was done with them. */
    void clear() throws SQLException {
        for (Source home : List.of(one, other)) {
            execute(
                    home,
                    "TRUNCATE public.case_file, public.paper, sync.weight_change, "
                            + BOOKS.stream().map(table -> "sync." + table).collect(Collectors.joining(", ")));
        }
    }

    /** Those whose key is there already are left out. */
    void insert(Source home, Dataset dataset, List<List<@Nullable String>> records) throws SQLException {
        Rows rows = new Rows(dataset.columns().size());
        records.forEach(values -> rows.add(values.toArray(new String[0])));
        try (Connection connection = connect(home)) {
            Statements.query(connection, new DatasetSql(dataset).insertOwner(), row -> row.getString(1), rows);
        }
    }

    /** Every record as it is stored, by key. */
    Map<String, List<@Nullable String>> records(Source home, Dataset dataset) throws SQLException {
        Map<String, List<@Nullable String>> records = new TreeMap<>();
        query(
                home,
                "SELECT "
                        + dataset.columnNames().stream()
                                .map(column -> column + "::text")
                                .collect(Collectors.joining(", "))
                        + " FROM " + dataset.table(),
                row -> {
                    List<@Nullable String> values = new ArrayList<>();
                    for (int i = 1; i <= dataset.columns().size(); i++) {
                        values.add(row.getString(i));
                    }
                    return records.put(String.valueOf(dataset.keyOf(values)), values);
                });
        return records;
    }

    /** Records that wait, by key. */
    Map<String, ExpectedPart.Waiting> queue(Source home, Dataset dataset) throws SQLException {
        Map<String, ExpectedPart.Waiting> queue = new HashMap<>();
        query(
                home,
                "SELECT record_key, unit_id, held FROM sync.queued_record WHERE dataset = '" + dataset.name() + "'",
                row -> queue.put(row.getString(1), new ExpectedPart.Waiting(row.getString(2), row.getBoolean(3))));
        return queue;
    }

    /** All lines that a part has, of both tables: a key that came twice is there twice. */
    List<Map.Entry<String, ExpectedPart.Line>> lines(Source home, Settlement.Part part) throws SQLException {
        return query(
                home,
                "SELECT record_key, outcome, from_unit, to_unit, from_code, from_vintage FROM sync.handover_line"
                        + where(part) + " AND NOT late",
                row -> Map.entry(
                        row.getString(1),
                        new ExpectedPart.Line(
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6))));
    }

    /** The books by unit. */
    Map<String, ExpectedPart.Count> units(Source home, Settlement.Part part) throws SQLException {
        Map<String, ExpectedPart.Count> units = new TreeMap<>();
        query(
                home,
                "SELECT unit, read_count, kept_count FROM sync.handover_unit" + where(part),
                row -> units.put(row.getString(1), new ExpectedPart.Count(row.getLong(2), row.getLong(3))));
        return units;
    }

    /** One number or text about a part, of one of the tables of the books. */
    @Nullable
    String figure(Source home, Settlement.Part part, String what, String table) throws SQLException {
        return query(home, "SELECT " + what + " FROM sync." + table + where(part), row -> row.getString(1))
                .get(0);
    }

    private static String where(Settlement.Part part) {
        return " WHERE enactment = '" + part.enactment() + "' AND dataset = '" + part.dataset() + "' AND from_home = '"
                + part.from() + "'";
    }

    /** Everything that the two databases hold, line by line. */
    List<String> everything() throws SQLException {
        List<String> lines = new ArrayList<>();
        List<String> tables = new ArrayList<>(List.of("public.case_file", "public.paper"));
        BOOKS.forEach(book -> tables.add("sync." + book));
        for (Source home : List.of(one, other)) {
            for (String table : tables) {
                query(
                        home,
                        "SELECT '" + home.name() + " " + table + " ' || t::text FROM " + table + " t ORDER BY 1",
                        row -> lines.add(row.getString(1)));
            }
        }
        return lines;
    }

    void execute(Source home, String sql) throws SQLException {
        try (Connection connection = connect(home);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends all sessions of the hand-overs, whatever they are at. */
    void endSessions() throws SQLException {
        execute(
                one,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dvhc-sync' AND datname IN ('"
                        + one.name() + "', '" + other.name() + "')");
    }

    private <T> List<@Nullable T> query(Source home, String sql, Statements.RowReader<T> reader) throws SQLException {
        List<@Nullable T> read = new ArrayList<>();
        try (Connection connection = connect(home);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                read.add(reader.read(row));
            }
        }
        return read;
    }

    /** As superuser; the caller closes it. */
    Connection connect(Source home) throws SQLException {
        return server.connect(home.name(), Account.POSTGRES);
    }
}
