package vn.dvhc.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import vn.dvhc.demo.Await;
import vn.dvhc.demo.Operations;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.Service;
import vn.dvhc.time.BusinessClock;

/**
 * Everything, on the morning after the reform of 2025-07-01, with a little of all that may be wrong: Hải Dương's records were handed over
 * to Hải Phòng, some wait for a clerk, one message can't be read, three bear a code of nobody, somebody wrote to a copy, and the
 * database of Hưng Yên does not answer.
 */
final class ConsoleHouse implements AutoCloseable {

    static final LocalDate DAY = LocalDate.parse("2025-07-01");

    private static final LocalDate EVE = DAY.minusDays(1);
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Instant AFTERNOON = Instant.parse("2025-06-30T08:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2025-06-30T17:00:00Z");
    private static final String INSERT =
            "INSERT INTO case_file (case_number, unit_code, unit_vintage, hamlet, procedure, status, steps) ";

    private final PlatformProcess platform;
    private final Databases databases;
    private final Fleet fleet;
    private final Path clock;
    private final Operations operations;

    private ConsoleHouse(PlatformProcess platform, Fleet fleet, Path clock) {
        this.platform = platform;
        this.databases = new Databases(platform.postgresPort());
        this.fleet = fleet;
        this.clock = clock;
        this.operations = new Operations(URI.create(fleet.url(Service.GATEWAY)), platform.oidcUrl());
    }

    static ConsoleHouse open(Path dir) throws Exception {
        Fleet.reap(dir);
        Files.createDirectories(dir);
        Path clock = dir.resolve("clock");
        BusinessClock.set(clock, AFTERNOON);
        Ports ports = Ports.free();
        PlatformProcess platform = PlatformProcess.start(
                PlatformOptions.withFreePorts(dir.resolve("platform"))
                        .withFresh(true)
                        .withGateway(ports.gateway())
                        .withParent(OptionalLong.of(ProcessHandle.current().pid())),
                line -> {});
        ConsoleHouse house = new ConsoleHouse(
                platform, new Fleet(dir, ports, platform).setAll("DVHC_CLOCK_FILE", clock.toString()), clock);
        try {
            house.furnish();
        } catch (Exception | Error failure) {
            house.close();
            throw failure;
        }
        return house;
    }

    private void furnish() throws Exception {
        List<String> provinces = List.of("30", "31", "33");
        provinces.forEach(province -> databases.createSource("commune_" + province, "commune"));
        for (Service service : Service.values()) {
            fleet.start(service);
        }
        fleet.service(Service.REGISTRY).awaitLive(START_LIMIT);
        fleet.registerOutbox();
        fleet.awaitReady(START_LIMIT);
        run(
                "commune_30",
                INSERT + "SELECT '30-' || i, '10510', '2025-06-30', 'Khu 1', 'khai sinh', 'mở', 'x'"
                        + " FROM generate_series(1, 12) i");
        run(
                "commune_30",
                INSERT + "SELECT '30-S' || i, '10528', '2025-06-30', CASE WHEN i < 6 THEN 'Khu 9' END, 'khai tử',"
                        + " 'mở', 'x' FROM generate_series(1, 7) i");
        run(
                "commune_33",
                INSERT + "SELECT '33-' || i, '11989', '2025-06-30', 'Thôn Một', 'khai sinh', 'mở', 'x'"
                        + " FROM generate_series(1, 3) i");
        for (String province : provinces) {
            operations.declareSource(
                    "commune_" + province, "commune", province, EVE, platform.database("commune_" + province));
        }
        Await.until("the copies", () -> count("SELECT count(*) FROM replica.case_file") == 22);
        BusinessClock.set(clock, MIDNIGHT.minusSeconds(1));
        Await.until(
                "the hand-over",
                () -> operations
                                .syncStatus()
                                .path("enactment")
                                .path("state")
                                .asText()
                                .equals("done")
                        && operations
                                .syncStatus()
                                .path("enactment")
                                .path("date")
                                .asText()
                                .equals(DAY.toString()));
    }

    /** A record of Hải Phòng in a message that a broken program cut off. */
    void sendCutMessage() throws Exception {
        Properties settings = new Properties();
        settings.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.kafkaBootstrap());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(
                            "cdc.commune_31.public.case_file", wholeMessage().substring(0, 120)))
                    .get();
        }
    }

    /** The same message, whole. */
    static String wholeMessage() {
        return "{\"op\":\"c\",\"source\":{\"lsn\":99,\"txId\":7,\"ts_ms\":1750000000000},\"after\":{\"case_number\":\"31-C\","
                + "\"unit_code\":\"10507\",\"unit_vintage\":20270,\"procedure\":\"khai sinh\",\"status\":\"mở\",\"steps\":\"x\"}}";
    }

    /** Three records with a code that no unit ever bore. */
    void writeUnknownCodes() throws SQLException {
        run(
                "commune_31",
                INSERT + "SELECT '31-' || i, '99997', '2025-07-01', NULL, 'khai sinh', 'mở', 'x'"
                        + " FROM generate_series(1, 3) i");
    }

    /** A record is edited in its new home; afterwards a change of its former home arrives. */
    void writeInBothHomes(String record) throws Exception {
        run("commune_31", "UPDATE case_file SET status = 'nhà mới sửa' WHERE case_number = '" + record + "'");
        Await.until("the copy", () -> withStatus(record, "nhà mới sửa") == 1);
        run("commune_30", "UPDATE case_file SET status = 'nhà cũ sửa' WHERE case_number = '" + record + "'");
    }

    /** How often the copy holds the record with that status. */
    long withStatus(String record, String status) throws SQLException {
        return count("SELECT count(*) FROM replica.case_file WHERE case_number = '" + record + "' AND status = '"
                + status + "'");
    }

    /** Somebody deletes a record's line from the ledger of the hand-over to Hải Phòng. */
    void loseInTheLedger(String record) throws SQLException {
        run("commune_31", "DELETE FROM sync.handed_over WHERE record_key = '" + record + "'");
    }

    /** Somebody deletes a record in the national copy. */
    void loseInTheCopy(String record) throws SQLException {
        run("national", "DELETE FROM replica.case_file WHERE case_number = '" + record + "'");
    }

    /** A decision that the drafter has written; its title. */
    String draftDecision(LocalDate effective) throws Exception {
        String title = "Đổi tên phường Ba Đình từ " + effective;
        call("drafter", "/v1/decisions", """
                {"effectiveDate":"%s","title":"%s",
                 "acts":[{"number":"12/NQ-HĐND","issuer":"Hội đồng nhân dân thành phố Hà Nội","signedOn":"2025-06-25","clauses":["1"]}],
                 "changes":[{"operation":"rename","code":"00004","name":"Ba Đình Mới","legalBasis":["12/NQ-HĐND"],"clause":"1"}]}
                """.formatted(effective, title));
        return title;
    }

    /** A subscription of the operator to everything. */
    void subscribe(String url) throws Exception {
        call("ops", "/v1/subscriptions", "{\"url\":\"" + url + "\",\"description\":\"Cổng thử\"}");
    }

    private void call(String who, String path, String body) throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        String form = "grant_type=password&client_id=console&username=" + who + "&password=local-development-" + who;
        String token = new ObjectMapper()
                .readTree(http.send(
                                HttpRequest.newBuilder(
                                                URI.create(platform.oidcUrl() + "/protocol/openid-connect/token"))
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(HttpRequest.BodyPublishers.ofString(form))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .path("access_token")
                .asText();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(address() + path))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    /** Nobody gets into the database any more. */
    void lockOut(String database) throws SQLException {
        run("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false");
        run("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    void letIn(String database) throws SQLException {
        run("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
    }

    /** Rows of the national copy and the like. */
    long count(String query) throws SQLException {
        try (Connection connection = databases.connect("national", Account.POSTGRES);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void run(String database, String sql) throws SQLException {
        try (Connection connection = databases.connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String address() {
        return fleet.url(Service.GATEWAY);
    }

    /** The status of an answer of a door to whoever bears the token. */
    static int status(String url, String authorization) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", authorization)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Another door of the same services, at which nobody may ask much; whoever opens it closes it. */
    Fleet openStrictDoor(Path dir, int requestsAMinute) {
        Fleet.reap(dir);
        Fleet strict = new Fleet(dir, Ports.free(), platform)
                .set(Service.GATEWAY, "DVHC_CLOCK_FILE", clock.toString())
                .set(Service.GATEWAY, "DVHC_HISTORY_URL", fleet.url(Service.HISTORY))
                .set(Service.GATEWAY, "DVHC_REGISTRY_URL", fleet.url(Service.REGISTRY))
                .set(Service.GATEWAY, "DVHC_SYNC_URL", fleet.url(Service.SYNC))
                .set(Service.GATEWAY, "DVHC_GATEWAY_LIMITS_THIS_MACHINE", "true")
                .set(Service.GATEWAY, "DVHC_GATEWAY_LIMITS_CLIENT_REQUESTS", Integer.toString(requestsAMinute));
        try {
            strict.start(Service.GATEWAY).awaitLive(START_LIMIT);
        } catch (RuntimeException | Error failure) {
            strict.close();
            throw failure;
        }
        return strict;
    }

    void stopSync() {
        fleet.service(Service.SYNC).stop();
    }

    void startSync() {
        fleet.service(Service.SYNC).start();
        fleet.service(Service.SYNC).awaitReady(START_LIMIT);
    }

    @Override
    public void close() {
        fleet.close();
        platform.close();
    }
}
