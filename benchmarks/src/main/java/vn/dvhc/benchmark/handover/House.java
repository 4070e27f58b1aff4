package vn.dvhc.benchmark.handover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import vn.dvhc.benchmark.Await;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.benchmark.UnitLog;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.ProjectRoot;
import vn.dvhc.local.Service;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitRef;

/**
 * A platform on the eve of the reform, with one database that bears records of every commune of the country, twice: once for
 * sync-service, once in a schema of its own for the bare statement. Nothing is captured, so that neither has company. sync-service has
 * handed over another database before, on an earlier day: whoever passes midnight has been running for a while.
 */
final class House implements AutoCloseable {

    static final LocalDate DAY = LocalDate.of(2025, 7, 1);
    static final LocalDate EVE = DAY.minusDays(1);
    static final String DATABASE = "commune_01";

    private static final LocalDate EARLIER = LocalDate.of(2025, 1, 1);
    private static final String EARLIER_DATABASE = "commune_02";
    private static final long EARLIER_RECORDS = 100_000;

    private static final String BARE = "bare.case_file";
    private static final String NATIONAL = "national";
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private static final String FILL = "INSERT INTO public.case_file (case_number, unit_code, unit_vintage, hamlet,"
            + " procedure, status, steps) SELECT '01-' || lpad(n::text, 9, '0'), (?::text[])[1 + mod(n, ?)], ?::date, 'Thôn ' || mod(n, 12), 'Đăng ký khai sinh', 'đang giải quyết', md5(n::text)"
            + " || ' tiếp nhận hồ sơ; kiểm tra giấy tờ; chuyển công chức tư pháp; chờ ký duyệt ' || md5((n + 1)::text)"
            + " || md5((n + 2)::text) FROM generate_series(1, ?::bigint) n";

    private final Path clock;
    private final PlatformProcess platform;
    private final Fleet fleet;
    private final UnitLog log;
    private final Databases databases;

    private House(Path clock, PlatformProcess platform, Fleet fleet) {
        this.clock = clock;
        this.platform = platform;
        this.fleet = fleet;
        this.log = new UnitLog(platform.kafkaBootstrap());
        this.databases = new Databases(platform.postgresPort());
    }

    static House open(Path dir, long records, Progress progress)
            throws IOException, SQLException, InterruptedException {
        Fleet.reap(dir);
        Files.createDirectories(dir);
        Path clock = dir.resolve("clock");
        BusinessClock.set(
                clock, EVE.atTime(LocalTime.NOON).atZone(BusinessClock.ZONE).toInstant());
        PlatformProcess platform = PlatformProcess.start(
                PlatformOptions.withFreePorts(dir.resolve("platform"))
                        .withFresh(true)
                        .withKeycloak(false)
                        .withParent(OptionalLong.of(ProcessHandle.current().pid())),
                line -> progress.say("%s", line.strip()));
        Path plan = dir.resolve("sources.yaml");
        Fleet fleet = new Fleet(dir, Ports.free(), platform)
                .set(Service.SYNC, "DVHC_CLOCK_FILE", clock.toString())
                .set(Service.SYNC, "DVHC_SYNC_CONFIG", plan.toString())
                .set(Service.SYNC, "DVHC_CONNECT_URL", "");
        House house = new House(clock, platform, fleet);
        try {
            house.furnish(plan, records, progress);
        } catch (IOException | SQLException | InterruptedException | RuntimeException | Error failure) {
            house.close();
            throw failure;
        }
        return house;
    }

    private void furnish(Path plan, long records, Progress progress)
            throws IOException, SQLException, InterruptedException {
        log.publishThrough(EARLIER.minusDays(1));
        fill(EARLIER_DATABASE, EARLIER.minusDays(1), successors(EARLIER).keySet(), EARLIER_RECORDS);
        log.publishThrough(EVE);
        List<String> codes = log.timeline().units(EVE, Level.COMMUNE, null).stream()
                .map(commune -> commune.code().value())
                .toList();
        fill(DATABASE, EVE, codes, records);
        administer(
                "CREATE SCHEMA bare",
                "CREATE TABLE " + BARE + " (LIKE public.case_file INCLUDING ALL)",
                "ALTER TABLE " + BARE + " REPLICA IDENTITY FULL",
                "INSERT INTO " + BARE + " SELECT * FROM public.case_file",
                "ALTER PUBLICATION dvhc ADD TABLE " + BARE,
                "VACUUM (ANALYZE) public.case_file",
                "VACUUM (ANALYZE) " + BARE);
        writeCrosswalk();
        String file = Files.readString(ProjectRoot.find().resolve("deploy/sync/sources.yaml"))
                .replace("${DVHC_POSTGRES:127.0.0.1:15432}", "127.0.0.1:" + platform.postgresPort())
                // Its rival keeps no journal.
                .replace("    journal: [status, steps]\n", "");
        Files.writeString(
                plan,
                file.replace(
                        "\ndatasets:",
                        source(DATABASE, EVE) + source(EARLIER_DATABASE, EARLIER.minusDays(1)) + "\ndatasets:"));
        fleet.start(Service.SYNC).awaitLive(START_LIMIT);
        fleet.awaitReady(START_LIMIT);
        awaitEarlier();
        progress.say("%,d records of %,d communes, twice", records, codes.size());
    }

    private String source(String database, LocalDate vintage) {
        return String.format(
                Locale.ROOT,
                "  - {name: %s, tier: commune, province: \"01\", vintage: %s, epoch: 1, database: \"%s\"}%n",
                database,
                vintage,
                platform.database(database));
    }

    private void fill(String database, LocalDate vintage, Collection<String> codes, long records)
            throws IOException, SQLException {
        databases.createSource(database, "commune");
        try (Connection connection = connect(database);
                PreparedStatement fill = connection.prepareStatement(FILL)) {
            fill.setArray(1, connection.createArrayOf("text", codes.toArray()));
            fill.setInt(2, codes.size());
            fill.setString(3, vintage.toString());
            fill.setLong(4, records);
            fill.execute();
        }
    }

    /** Until the earlier days are handed over; then the database that they concerned is emptied, lest it be handed over once more. */
    private void awaitEarlier() throws IOException, SQLException, InterruptedException {
        try (Connection national = connect(NATIONAL);
                PreparedStatement look = national.prepareStatement(
                        "SELECT FROM sync.enactment HAVING count(*) > 0 AND bool_and(state = 'done')");
                Connection earlier = connect(EARLIER_DATABASE);
                Statement empty = earlier.createStatement()) {
            Await.until("the earlier days are handed over", LIMIT, () -> {
                try (ResultSet done = look.executeQuery()) {
                    return done.next();
                }
            });
            empty.execute("TRUNCATE public.case_file");
        }
    }

    /** What a statement can do that knows no hamlets: every commune of the eve that has one successor, with it. */
    private void writeCrosswalk() throws SQLException {
        Map<String, String> successors = successors(DAY);
        administer("CREATE TABLE bare.crosswalk (old_code text PRIMARY KEY, new_code text NOT NULL)");
        try (Connection connection = connect(DATABASE);
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO bare.crosswalk SELECT * FROM unnest(?::text[], ?::text[])")) {
            insert.setArray(
                    1, connection.createArrayOf("text", successors.keySet().toArray()));
            insert.setArray(
                    2, connection.createArrayOf("text", successors.values().toArray()));
            insert.execute();
        }
        administer("ANALYZE bare.crosswalk");
    }

    /** Of every commune of the eve that has one successor, the code by its own; the day is the next to be published. */
    private Map<String, String> successors(LocalDate day) {
        Timeline after = log.timelineAfter(day);
        LocalDate eve = day.minusDays(1);
        Map<String, String> successors = new LinkedHashMap<>();
        for (Unit commune : log.timeline().units(eve, Level.COMMUNE, null)) {
            after.recode(new UnitRef(commune.code(), eve), day, Following.PEOPLE)
                    .fold(
                            same -> null,
                            one -> successors.put(
                                    commune.code().value(),
                                    one.successor().unit().code().value()),
                            split -> null,
                            ended -> null,
                            unknown -> null,
                            ambiguous -> null);
        }
        return successors;
    }

    /** The statement, in a transaction; answers its seconds. What it leaves behind is cleaned up, lest that be done at the other's cost. */
    double updateBare() throws SQLException {
        administer("CHECKPOINT");
        long begun = System.nanoTime();
        administer("UPDATE " + BARE + " t SET unit_code = x.new_code, unit_vintage = date '" + DAY
                + "' FROM bare.crosswalk x WHERE t.unit_code = x.old_code AND t.unit_vintage = date '" + EVE + "'");
        double seconds = (System.nanoTime() - begun) / 1e9;
        administer("VACUUM " + BARE);
        return seconds;
    }

    /** Midnight: the day is published; answers the seconds of the hand-over by sync-service's own books. */
    double handOver() throws IOException, SQLException, InterruptedException {
        administer("CHECKPOINT");
        BusinessClock.set(clock, DAY.atStartOfDay(BusinessClock.ZONE).toInstant());
        log.publishThrough(DAY);
        double[] seconds = new double[1];
        try (Connection connection = connect(NATIONAL);
                PreparedStatement look =
                        connection.prepareStatement("SELECT extract(epoch FROM finished_at - started_at)"
                                + " FROM sync.enactment WHERE date = '" + DAY + "' AND state = 'done'")) {
            Await.until("the hand-over is done", LIMIT, () -> {
                try (ResultSet row = look.executeQuery()) {
                    if (!row.next()) {
                        return false;
                    }
                    seconds[0] = row.getDouble(1);
                    return true;
                }
            });
        }
        return seconds[0];
    }

    /** Whether both ways made the same of the records; those of split communes are as they were. */
    boolean isEqual() throws SQLException {
        return hash("public.case_file").equals(hash(BARE));
    }

    private String hash(String table) throws SQLException {
        return one(
                "SELECT count(*) || ' ' || sum(hashtextextended(ROW(case_number, unit_code, unit_vintage, hamlet, status)::text,"
                        + " 0)) FROM " + table);
    }

    /** Records by what became of them, as the ledger has them. */
    String outcomes() throws SQLException {
        return one("SELECT string_agg(outcome || ' ' || n, ', ' ORDER BY outcome)"
                + " FROM (SELECT outcome, count(*) AS n FROM sync.handed_over GROUP BY 1) o");
    }

    private String one(String query) throws SQLException {
        try (Connection connection = connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    long syncPid() {
        return fleet.service(Service.SYNC).pid();
    }

    @Override
    public void close() {
        fleet.close();
        platform.close();
    }

    Connection connect(String database) throws SQLException {
        return databases.connect(database, Account.POSTGRES);
    }

    private void administer(String... statements) throws SQLException {
        try (Connection connection = connect(DATABASE);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
