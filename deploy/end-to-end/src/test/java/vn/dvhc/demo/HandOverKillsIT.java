package vn.dvhc.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.ProjectRoot;
import vn.dvhc.local.Service;
import vn.dvhc.local.ServiceProcess;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitRef;

/**
 * sync-service is killed at every boundary of the batches of a hand-over: once while a batch is written, so that it is done twice, and
 * once a moment after it was. One home re-codes in place, the other gives its records to it.
 */
class HandOverKillsIT {

    private static final String ENDING = "commune_30";
    private static final String HEIR = "commune_31";
    private static final int BATCH = 4;
    private static final int RECORDS = 9;
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration CALM = Duration.ofSeconds(2);

    /** Once before and once after each batch; the name of the batch is the first argument. */
    private static final String KILL = """
            cat > /dev/null
            dir=%s
            if mkdir "$dir/$1.written" 2> /dev/null; then kill -9 "$(cat "$dir/pid")"
            elif mkdir "$dir/$1.committed" 2> /dev/null; then (sleep 0.05; kill -9 "$(cat "$dir/pid")") > /dev/null 2>&1 &
            fi
            """;

    private static Path dir = Path.of("");
    private static PlatformProcess platform;
    private static Fleet fleet;

    @BeforeAll
    static void start() throws IOException, SQLException {
        dir = ProjectRoot.find().resolve("deploy/end-to-end/target/kills-it");
        Fleet.reap(dir);
        Files.createDirectories(dir);
        Path clock = dir.resolve("clock");
        BusinessClock.set(
                clock,
                Reform.EVE.atTime(LocalTime.NOON).atZone(BusinessClock.ZONE).toInstant());
        platform = PlatformProcess.start(
                PlatformOptions.withFreePorts(dir.resolve("platform"))
                        .withFresh(true)
                        .withKeycloak(false)
                        .withParent(OptionalLong.of(ProcessHandle.current().pid())),
                line -> {});
        Databases databases = new Databases(platform.postgresPort());
        for (String home : List.of(ENDING, HEIR)) {
            databases.createSource(home, "commune");
        }
        fleet = new Fleet(dir, Ports.free(), platform)
                .setAll("DVHC_CLOCK_FILE", clock.toString())
                .set(Service.SYNC, "DVHC_SYNC_CONFIG", plan().toString())
                .set(Service.SYNC, "DVHC_SYNC_HANDOVER_BATCH", Integer.toString(BATCH));
        fleet.start(Service.REGISTRY);
        fleet.start(Service.SYNC);
        fleet.service(Service.REGISTRY).awaitLive(START_LIMIT);
        fleet.registerOutbox();
        fleet.awaitReady(START_LIMIT);
    }

    @AfterAll
    static void stop() {
        if (fleet != null) {
            fleet.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void records_areHandedOverOnce_whenTheServiceIsKilledAtEveryBoundary() throws Exception {
        Reform reform = Reform.ofCatalogue();
        Map<String, String> expected = new TreeMap<>();
        fill(reform, ENDING, "30", expected);
        fill(reform, HEIR, "31", expected);
        Await.until(
                "the copies",
                () -> one("national", "SELECT count(*) FROM replica.case_file").equals(Integer.toString(2 * RECORDS)));
        layTraps();

        BusinessClock.set(
                dir.resolve("clock"),
                Reform.DAY.atStartOfDay(BusinessClock.ZONE).toInstant());
        ServiceProcess sync = fleet.service(Service.SYNC);
        Await.until("the hand-over", Duration.ofMillis(50), () -> {
            if (!sync.isAlive()) {
                sync.start();
                writePid();
            }
            return one(
                            "national",
                            "SELECT count(*) FROM sync.enactment WHERE date = '" + Reform.DAY + "' AND state = 'done'")
                    .equals("1");
        });
        // The last batch is killed a moment after its end too.
        long calm = System.nanoTime() + CALM.toNanos();
        Await.until("the last trap", Duration.ofMillis(50), () -> !sync.isAlive() || System.nanoTime() > calm);
        if (!sync.isAlive()) {
            sync.start();
            writePid();
        }

        assertThat(traps(ENDING))
                .as("the home that ends has three batches, each killed while it was written and after it was")
                .hasSize(6);
        assertThat(traps(HEIR))
                .as("so has the home that stays, in two stretches at a time; what arrives meanwhile makes further ones")
                .hasSizeGreaterThanOrEqualTo(6);
        assertThat(records())
                .as("each record once, under the unit that the acts give it")
                .isEqualTo(expected);
        assertThat(one(
                        HEIR,
                        "SELECT string_agg(from_home || ' ' || read_count || ' ' || finished, ', ' ORDER BY from_home)"
                                + " FROM sync.handover_run"))
                .isEqualTo(ENDING + " " + RECORDS + " true, " + HEIR + " " + RECORDS + " true");
        assertThat(one(HEIR, "SELECT count(*) || ' ' || count(DISTINCT record_key) FROM sync.handed_over"))
                .isEqualTo(2 * RECORDS + " " + 2 * RECORDS);
        assertThat(one(HEIR, "SELECT sum(read_count - kept_count) FROM sync.handover_unit"))
                .isEqualTo(Integer.toString(2 * RECORDS));
        assertThat(one(HEIR, "SELECT count(*) || ' ' || count(DISTINCT record_key) FROM sync.queued_record"))
                .as("what was split waits, each record once")
                .isEqualTo(2 * RECORDS / 3 + " " + 2 * RECORDS / 3);
        Await.until("the copies follow", () -> copies().equals(expected));
    }

    /**
     * Records of two communes that went whole into another, and of one that was split, in turn; the code each is to bear is entered into
     * {@code expected}.
     */
    private static void fill(Reform reform, String home, String province, Map<String, String> expected)
            throws SQLException {
        List<Unit> communes = reform.oldUnits().stream()
                .filter(unit -> unit.level() == Level.COMMUNE)
                .filter(unit -> reform.before()
                        .find(unit.parent())
                        .flatMap(district -> district.at(Reform.EVE))
                        .flatMap(district -> reform.before().find(district.parent()))
                        .flatMap(above -> above.at(Reform.EVE))
                        .filter(above -> above.code().value().equals(province))
                        .isPresent())
                .toList();
        List<Unit> chosen = new ArrayList<>(
                of(Recoding.Kind.ONE_SUCCESSOR, reform, communes).subList(0, 2));
        chosen.add(of(Recoding.Kind.SPLIT, reform, communes).get(0));
        for (int i = 0; i < RECORDS; i++) {
            Unit commune = chosen.get(i % chosen.size());
            String key = province + "-" + i;
            Recoding recoding = recoding(reform, commune);
            expected.put(
                    key,
                    recoding instanceof Recoding.OneSuccessor moved
                            ? moved.successor().unit().code().value()
                            : commune.code().value());
            execute(
                    home,
                    "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps) VALUES ('"
                            + key + "', '" + commune.code().value() + "', '" + Reform.EVE
                            + "', 'khai sinh', 'mở', 'tiếp nhận')");
        }
    }

    private static List<Unit> of(Recoding.Kind kind, Reform reform, List<Unit> communes) {
        return communes.stream()
                .filter(commune -> recoding(reform, commune).kind() == kind)
                .toList();
    }

    private static Recoding recoding(Reform reform, Unit commune) {
        return reform.after().recode(new UnitRef(commune.code(), Reform.EVE), Reform.DAY, Following.PEOPLE);
    }

    private static void layTraps() throws IOException, SQLException {
        Path script = dir.resolve("kill.sh");
        Files.createDirectories(dir.resolve("traps"));
        try (Stream<Path> old = Files.list(dir.resolve("traps"))) {
            for (Path trap : old.toList()) {
                Files.delete(trap);
            }
        }
        Files.writeString(script, String.format(Locale.ROOT, KILL, dir.resolve("traps")));
        writePid();
        execute(
                HEIR,
                "CREATE FUNCTION public.trap() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
                        + " EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', 'sh " + script
                        + " ' || NEW.from_home || '.'"
                        + " || NEW.number || md5(NEW.last_key || NEW.finished)); RETURN NEW; END $$;"
                        + " CREATE TRIGGER trap BEFORE UPDATE ON sync.handover_stretch FOR EACH ROW EXECUTE FUNCTION public.trap()");
    }

    private static void writePid() throws IOException {
        Files.writeString(
                dir.resolve("traps/pid"),
                Long.toString(fleet.service(Service.SYNC).pid()));
    }

    /** What was sprung by the hand-over of a home. */
    private static List<String> traps(String home) throws IOException {
        try (Stream<Path> sprung = Files.list(dir.resolve("traps"))) {
            return sprung.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(home))
                    .sorted()
                    .toList();
        }
    }

    /** The plan of {@code deploy/sync} with the two homes. */
    private static Path plan() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String home : List.of(ENDING, HEIR)) {
            sources.append(String.format(
                    Locale.ROOT,
                    "  - {name: %s, tier: commune, province: \"%s\", vintage: %s, epoch: 1, database: \"%s\"}%n",
                    home,
                    home.substring(home.length() - 2),
                    Reform.EVE,
                    platform.database(home)));
        }
        String declared = Files.readString(ProjectRoot.find().resolve("deploy/sync/sources.yaml"))
                .replace("${DVHC_POSTGRES:127.0.0.1:15432}", "127.0.0.1:" + platform.postgresPort())
                .replace("\ndatasets:", sources + "\ndatasets:");
        return Files.writeString(dir.resolve("sources.yaml"), declared);
    }

    private static Map<String, String> records() throws SQLException {
        return pairs(HEIR, "SELECT case_number, unit_code FROM case_file");
    }

    private static Map<String, String> copies() throws SQLException {
        return pairs("national", "SELECT case_number, unit_code FROM replica.case_file WHERE ended_at IS NULL");
    }

    private static Map<String, String> pairs(String database, String query) throws SQLException {
        Map<String, String> pairs = new TreeMap<>();
        List<String> twice = new ArrayList<>();
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                if (pairs.put(row.getString(1), row.getString(2)) != null) {
                    twice.add(row.getString(1));
                }
            }
        }
        assertThat(twice).isEmpty();
        return pairs;
    }

    private static String one(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(String database) throws SQLException {
        return new Databases(platform.postgresPort()).connect(database, Account.POSTGRES);
    }
}
