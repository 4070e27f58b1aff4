package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Collectors;
import vn.dvhc.benchmark.Await;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.ProjectRoot;
import vn.dvhc.local.Service;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.unit.Unit;

/**
 * A platform with commune databases, a national one and one for the others' copies, a sync-service that knows the whole catalogue, and
 * a worker for the JDBC sink. Nothing is captured until a contender joins.
 */
final class House implements AutoCloseable {

    /** Holds the copies of those contenders that know no national database. */
    static final String COPY = "copy";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Path plan;
    private final PlatformProcess platform;
    private final Fleet fleet;
    private final SinkWorker sink;
    private final Databases databases;
    private final List<SourceDatabase> sources = new ArrayList<>();

    private House(Path plan, PlatformProcess platform, Fleet fleet, SinkWorker sink) {
        this.plan = plan;
        this.platform = platform;
        this.fleet = fleet;
        this.sink = sink;
        this.databases = new Databases(platform.postgresPort());
    }

    static House open(Path dir, int sources, Progress progress) throws IOException, SQLException {
        Fleet.reap(dir);
        Files.createDirectories(dir);
        Path clock = dir.resolve("clock");
        BusinessClock.set(clock, Units.VINTAGE.atStartOfDay(BusinessClock.ZONE).toInstant());
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
                .set(Service.SYNC, "DVHC_SYNC_PLAN_CHECK", "500ms")
                .set(Service.SYNC, "DVHC_SYNC_CONNECT_CHECK", "500ms");
        House house = new House(plan, platform, fleet, SinkWorker.start(dir, platform.kafkaBootstrap()));
        try {
            house.furnish(sources);
        } catch (IOException | SQLException | RuntimeException | Error failure) {
            house.close();
            throw failure;
        }
        progress.say("%d commune databases, sync-service knows the catalogue", sources);
        return house;
    }

    private void furnish(int count) throws IOException, SQLException {
        Units units = Units.publish(platform.kafkaBootstrap());
        for (Unit province : units.provinces().subList(0, count)) {
            SourceDatabase source = new SourceDatabase(
                    "commune_" + province.code().value(), province.code().value(), units.communes(province));
            databases.createSource(source.name(), "commune");
            Writers.prepare(this, source);
            sources.add(source);
        }
        databases.create(COPY, Account.APP);
        // What the others copy into has a key and no other index, as the national copy has.
        administer(
                COPY,
                "CREATE TABLE public.case_file (case_number text PRIMARY KEY, unit_code text NOT NULL,"
                        + " unit_vintage date NOT NULL, hamlet text, procedure text NOT NULL, status text NOT NULL,"
                        + " steps text NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)"
                        + " WITH (fillfactor = 70)",
                "ALTER TABLE public.case_file OWNER TO app");
        declare(List.of());
        fleet.start(Service.SYNC).awaitLive(START_LIMIT);
        fleet.awaitReady(START_LIMIT);
    }

    /** Says in the plan's file which sources take part in sync-service's work. */
    void declare(List<SourceDatabase> declared) throws IOException {
        String file = Files.readString(ProjectRoot.find().resolve("deploy/sync/sources.yaml"))
                .replace("${DVHC_POSTGRES:127.0.0.1:15432}", "127.0.0.1:" + platform.postgresPort())
                // Its rival keeps no journal.
                .replace("    journal: [status, steps]\n", "");
        String more = declared.stream()
                .map(source -> String.format(
                        Locale.ROOT,
                        "  - {name: %s, tier: commune, province: \"%s\", vintage: %s, epoch: 1, database: \"%s\"}%n",
                        source.name(),
                        source.province(),
                        Units.VINTAGE,
                        platform.database(source.name())))
                .collect(Collectors.joining());
        Files.writeString(plan, file.replace("\ndatasets:", more + "\ndatasets:"));
    }

    /** The first so many of the commune databases. */
    List<SourceDatabase> sources(int count) {
        return List.copyOf(sources.subList(0, count));
    }

    Connection connect(String database, Account account) throws SQLException {
        Connection connection = databases.connect(database, account);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on; SET timezone = 'UTC'");
        }
        return connection;
    }

    /** Runs statements as superuser, each by itself. */
    void administer(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Empties the sources and the copy: a contender that joins would take what is there over, and bring it at any time. */
    void empty(List<SourceDatabase> emptied, Contender contender) throws SQLException {
        for (SourceDatabase source : emptied) {
            administer(source.name(), "TRUNCATE public.case_file");
        }
        if (contender.copy().isPresent()) {
            Contender.Copy copy = contender.copy().get();
            // A copy of ours refuses to be emptied by anybody but its keeper.
            administer(copy.database(), "SET session_replication_role = replica", "TRUNCATE " + copy.table());
        }
    }

    /** Drops a slot when nobody reads it any more. */
    void dropSlot(String slot) throws IOException, InterruptedException {
        Await.until("slot " + slot + " is free", Duration.ofSeconds(60), () -> {
            administer(
                    "postgres",
                    "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + slot
                            + "' AND NOT active");
            return !hasSlot(slot);
        });
    }

    boolean hasSlot(String slot) throws SQLException {
        return is("postgres", "EXISTS (SELECT 1 FROM pg_replication_slots WHERE slot_name = '" + slot + "')");
    }

    /** Whether somebody reads the slot. */
    boolean isActive(String slot) throws SQLException {
        return is(
                "postgres", "EXISTS (SELECT 1 FROM pg_replication_slots WHERE slot_name = '" + slot + "' AND active)");
    }

    boolean is(String database, String condition) throws SQLException {
        try (Connection connection = connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT " + condition)) {
            answer.next();
            return answer.getBoolean(1);
        }
    }

    int postgresPort() {
        return platform.postgresPort();
    }

    String kafka() {
        return platform.kafkaBootstrap();
    }

    Connectors connectors() {
        return new Connectors(platform.connectUrl());
    }

    SinkWorker sink() {
        return sink;
    }

    /** Kafka and Kafka Connect: one JVM. */
    long platformPid() {
        return platform.pid();
    }

    long syncPid() {
        return fleet.service(Service.SYNC).pid();
    }

    long postgresPid() throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(platform.dir().resolve("platform.properties"))) {
            properties.load(reader);
        }
        return Long.parseLong(properties.getProperty("postgres.pid"));
    }

    @Override
    public void close() {
        sink.close();
        fleet.close();
        platform.close();
    }
}
