package vn.dvhc.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitRef;

/** The levels are compared and made equal while people write: in databases of a province of their own. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestSecurity(user = "an", roles = "operator")
class ReconciliationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECORDS = 6_000;
    private static final String OWNER = "commune_35";
    private static final String PROVINCE = "province_35";
    private static final String HERE = "\"datasets\":[\"case_file\"],\"sources\":[\"commune_35\"]";

    @Inject
    UnitKnowledge knowledge;

    @BeforeAll
    static void showRefusals() {
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    }

    @Test
    @Order(1)
    void copies_areFoundEqual_whenNothingIsWrong() throws Exception {
        await("the units are known", () -> RestAssured.get("/q/health/ready").statusCode() == 200);
        databases().createSource(OWNER, "commune");
        databases().createSource(PROVINCE, "province");
        List<String> codes = communes(7);
        execute(
                OWNER,
                "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps)"
                        + " SELECT '35-' || i, (ARRAY['" + String.join("','", codes) + "'])[1 + i % 7], '" + today()
                        + "', 'khai sinh', 'mở', repeat('x', 200) FROM generate_series(1, " + RECORDS + ") i");
        declare(PROVINCE, "province");
        declare(OWNER, "commune");
        await("copies", () -> copies("national") == RECORDS && copies(PROVINCE) == RECORDS);

        JsonPath run = reconcile("{" + HERE + ",\"wait\":true}");

        assertThat(run.getString("reconciliation.state")).isEqualTo("done");
        assertThat(run.getString("reconciliation.askedBy")).isEqualTo("an");
        assertThat(run.getLong("reconciliation.rowsRead")).isGreaterThanOrEqualTo(3L * RECORDS);
        for (String copy : List.of("national", PROVINCE)) {
            assertThat(pair(run, copy, "state")).isEqualTo("equal");
            assertThat(pair(run, copy, "ownerRows")).isEqualTo(RECORDS);
            assertThat(pair(run, copy, "copyRows")).isEqualTo(RECORDS);
            assertThat(pair(run, copy, "units")).isEqualTo(7);
            assertThat(figures(run, copy)).containsExactly(0, 0, 0, 0, 0);
        }
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(ints = {1, 100, 700})
    void seededDifferences_areFoundExactly_andRepaired_whilePeopleWrite(int each) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Integer> people = CompletableFuture.supplyAsync(() -> write(each, enough));
        try {
            seed(each);

            JsonPath found = reconcile("{" + HERE + ",\"copies\":[\"national\"],\"wait\":true}");
            assertThat(figures(found, "national").subList(0, 3)).containsExactly(each, each, each);
            assertThat(pair(found, "national", "state")).isEqualTo("different");
            assertThat(keys(found, "missing")).containsExactlyInAnyOrderElementsOf(range("35-", 1, each));
            assertThat(keys(found, "different")).containsExactlyInAnyOrderElementsOf(range("35-", 1001, each));
            assertThat(keys(found, "extra")).containsExactlyInAnyOrderElementsOf(range("35-extra-", 1, each));
            assertThat(differences(found, "different").getList("differences.columns[0]"))
                    .containsExactly("status");

            JsonPath repaired = reconcile("{" + HERE + ",\"copies\":[\"national\"],\"repair\":true,\"wait\":true}");
            assertThat(pair(repaired, "national", "repaired")).isEqualTo(3 * each);
            assertThat(pair(repaired, "national", "open")).isEqualTo(0);
        } finally {
            enough.set(true);
        }
        assertThat(people.join()).isPositive();

        JsonPath clean = reconcile("{" + HERE + ",\"wait\":true}");
        assertThat(figures(clean, "national").subList(0, 3)).containsExactly(0, 0, 0);
        assertThat(figures(clean, PROVINCE).subList(0, 3)).containsExactly(0, 0, 0);
        await("the copy is the owner's", () -> checksum("national", "replica").equals(checksum(OWNER, "public")));
    }

    @Test
    @Order(3)
    void recordReCodedAtOneEndOnly_isTheSameRecord() throws Exception {
        Unit former = formerUnit();
        String successor = successor(former);
        execute(
                OWNER,
                "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps) VALUES ('35-half', '"
                        + successor + "', '" + today() + "', 'khai sinh', 'mở', 'x')");
        await("the copy", () -> copies("national", "35-half") == 1);
        asCopyWriter(
                "national",
                "UPDATE replica.case_file SET unit_code = '" + former.code().value() + "', unit_vintage = '"
                        + former.validFrom() + "' WHERE case_number = '35-half'");

        assertThat(figures(reconcile("{" + HERE + ",\"wait\":true}"), "national"))
                .containsExactly(0, 0, 0, 0, 0);

        asCopyWriter(
                "national",
                "UPDATE replica.case_file SET unit_code = (SELECT unit_code FROM replica.case_file WHERE case_number = '35-7'),"
                        + " unit_vintage = '" + today() + "' WHERE case_number = '35-half'");
        JsonPath run = reconcile("{" + HERE + ",\"repair\":true,\"wait\":true}");
        assertThat(figures(run, "national")).containsExactly(0, 0, 1, 0, 1);
        assertThat(differences(run, "different").getString("differences[0].columns[0]"))
                .isEqualTo("unit_code");
    }

    @Test
    @Order(4)
    void run_tellsByPresentUnit_andMayBeNarrowedToSome() throws Exception {
        String wrong = communes(7).get(1);
        asCopyWriter("national", "DELETE FROM replica.case_file WHERE case_number IN ('35-1', '35-2')");

        JsonPath narrowed = reconcile("{" + HERE + ",\"units\":[\"" + wrong + "\"],\"wait\":true}");
        assertThat(figures(narrowed, "national")).containsExactly(1, 0, 0, 0, 0);
        assertThat(keys(narrowed, "missing")).containsExactly("35-1");

        JsonPath whole = reconcile("{" + HERE + ",\"repair\":true,\"wait\":true}");
        JsonPath units = RestAssured.get("/v1/reconciliations/" + id(whole) + "/units?copy=national&differing=true")
                .jsonPath();
        assertThat(units.getList("units.code")).hasSize(2).contains(wrong);
        assertThat(units.getList("units.missing")).containsOnly(1);
        assertThat(units.getString("units[0].name")).isNotBlank();
        JsonPath first = RestAssured.get("/v1/reconciliations/" + id(whole) + "/units?limit=1")
                .jsonPath();
        JsonPath second = RestAssured.get(
                        "/v1/reconciliations/" + id(whole) + "/units?limit=1&cursor=" + first.getString("next"))
                .jsonPath();
        assertThat(second.getString("units[0].unit") + second.getString("units[0].copy"))
                .isGreaterThan(first.getString("units[0].unit") + first.getString("units[0].copy"));
    }

    @Test
    @Order(5)
    void status_metricsAndCommunes_tellWhatWasFound() throws Exception {
        asCopyWriter("national", "DELETE FROM replica.case_file WHERE case_number IN ('35-1', '35-2')");
        reconcile("{" + HERE + ",\"wait\":true}");

        String copy = "sources.find { it.source == 'commune_35' }.datasets[0].copies.find { it.copy == 'national' }.";
        await(
                "the status knows",
                () -> RestAssured.get("/v1/sync/status").jsonPath().getLong(copy + "open") == 2);
        JsonPath status = RestAssured.get("/v1/sync/status").jsonPath();
        assertThat(status.getDouble(copy + "completeness")).isBetween(0.99, 0.9999);
        assertThat(status.getLong(copy + "ownerRows") - status.getLong(copy + "copyRows"))
                .isEqualTo(2);
        assertThat(Instant.parse(status.getString(copy + "comparedAt"))).isBefore(Instant.now());
        assertThat(status.getLong("provinces.find { it.province == '35' }.open"))
                .isEqualTo(2);
        await(
                "freshness is measured",
                () -> RestAssured.get("/q/metrics")
                        .asString()
                        .contains("dvhc_freshness_seconds{dataset=\"case_file\",source=\"commune_35\"}"));
        RestAssured.get("/q/metrics")
                .then()
                .body(containsString(
                        "dvhc_divergence{copy=\"national\",dataset=\"case_file\",source=\"commune_35\"} 2.0"))
                .body(containsString(
                        "dvhc_completeness_ratio{copy=\"national\",dataset=\"case_file\",source=\"commune_35\"} 0.99"));

        String code = communes(7).get(1);
        String before = Integer.toString(Integer.parseInt(code) - 1);
        JsonPath communes = RestAssured.get("/v1/sync/communes?dataset=case_file&limit=1&cursor="
                        + "0".repeat(5 - before.length()) + before)
                .jsonPath();
        assertThat(communes.getString("communes[0].code")).isEqualTo(code);
        assertThat(communes.getLong("communes[0].datasets[0].rows")).isGreaterThan(RECORDS / 7 - 10);
        assertThat(communes.getLong("communes[0].datasets[0].open")).isEqualTo(1);
        assertThat(RestAssured.get("/v1/sync/communes?province=30&limit=1000")
                        .jsonPath()
                        .getList("communes.province"))
                .isNotNull()
                .allMatch(province -> province.equals("30"));

        reconcile("{" + HERE + ",\"repair\":true,\"wait\":true}");
    }

    @Test
    @Order(6)
    void whatTheStreamHasNotBroughtYet_isLateAndNotWrong_andARunThatWaitsForItCanBeStopped() throws Exception {
        connector("pause");
        try {
            execute(
                    OWNER,
                    "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps)"
                            + " SELECT '35-late-' || i, unit_code, unit_vintage, 'khai sinh', 'mở', 'x' FROM case_file,"
                            + " generate_series(1, 20) i WHERE case_number = '35-1'",
                    "UPDATE case_file SET status = 'muộn' WHERE case_number = '35-2'",
                    "DELETE FROM case_file WHERE case_number = '35-3'");

            JsonPath run = reconcile("{" + HERE + ",\"copies\":[\"national\"],\"repair\":true,\"wait\":true}");

            assertThat(figures(run, "national")).containsExactly(0, 0, 0, 22, 0);
            assertThat(pair(run, "national", "state")).isEqualTo("equal");

            Response waiting = post("/v1/reconciliations", "{" + HERE + "}");
            Response queued = post("/v1/reconciliations", "{" + HERE + "}");
            for (Response one : List.of(queued, waiting)) {
                RestAssured.delete("/v1/reconciliations/" + one.path("id"))
                        .then()
                        .statusCode(202);
                await(
                        "it stops",
                        () -> RestAssured.get("/v1/reconciliations/" + one.path("id"))
                                .path("reconciliation.state")
                                .equals("cancelled"));
            }
        } finally {
            connector("resume");
        }
        await("the stream", () -> checksum("national", "replica").equals(checksum(OWNER, "public")));
    }

    @Test
    @Order(7)
    void repair_waitsForTransactionsThatAreOpen_soThatNothingOlderWins() throws Exception {
        asCopyWriter("national", "DELETE FROM replica.case_file WHERE case_number = '35-10'");
        try (Connection open = databases().connect(OWNER, Account.APP);
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("UPDATE case_file SET status = 'đang sửa' WHERE case_number = '35-10'");

            JsonPath run = reconcile("{" + HERE + ",\"copies\":[\"national\"],\"repair\":true,\"wait\":true}");
            assertThat(figures(run, "national")).containsExactly(1, 0, 0, 0, 0);
            assertThat(differences(run, "missing").getString("differences[0].repair"))
                    .isEqualTo("not-yet");
            open.commit();
        }
        reconcile("{" + HERE + ",\"copies\":[\"national\"],\"repair\":true,\"wait\":true}");
        await(
                "the newer",
                () -> text("national", "SELECT status FROM replica.case_file WHERE case_number = '35-10'")
                        .equals("đang sửa"));
    }

    @Test
    @Order(8)
    void pseudonyms_areKept_andRowsThatLackThemNeedTheConnector() throws Exception {
        execute(
                OWNER,
                "CREATE TABLE person (book text, sheet integer, unit_code text NOT NULL, head_name text, head_id text,"
                        + " members integer, PRIMARY KEY (book, sheet))",
                "ALTER TABLE person REPLICA IDENTITY FULL",
                "GRANT SELECT ON person TO sync",
                "INSERT INTO person SELECT 'A', i, '" + communes(1).get(0)
                        + "', 'Nguyễn Văn ' || i, '0350' || i, 4 FROM generate_series(1, 50) i",
                "ALTER PUBLICATION dvhc ADD TABLE person");
        post(
                        "/v1/datasets",
                        "{\"name\":\"person\",\"owner\":\"commune\",\"table\":\"public.person\",\"sources\":[\"commune_35\"],"
                                + "\"key\":[\"book\",\"sheet\"],\"unit\":\"unit_code\",\"vintage\":{\"rule\":\"source\"},"
                                + "\"follows\":\"people\",\"up\":[\"nation\"],\"personal\":{\"head_name\":\"drop\",\"head_id\":"
                                + "\"pseudonym\"},\"columns\":{\"book\":\"text\",\"sheet\":\"integer\",\"unit_code\":\"text\","
                                + "\"head_name\":\"text\",\"head_id\":\"text\",\"members\":\"integer\"}}")
                .then()
                .statusCode(201);
        await(
                "copies",
                () -> text("national", "SELECT to_regclass('replica.person') IS NOT NULL")
                                .equals("t")
                        && text("national", "SELECT count(*) FROM replica.person")
                                .equals("50"));
        String pseudonym = text("national", "SELECT head_id FROM replica.person WHERE sheet = 1");
        asCopyWriter(
                "national",
                "UPDATE replica.person SET members = 99 WHERE sheet = 1",
                "DELETE FROM replica.person WHERE sheet = 2");

        JsonPath run = reconcile("{\"datasets\":[\"person\"],\"repair\":true,\"wait\":true}");

        assertThat(figures(run, "national")).containsExactly(1, 0, 1, 0, 1);
        assertThat(run.<String>getList("pairs[0].notCompared")).containsExactlyInAnyOrder("head_name", "head_id");
        assertThat(differences(run, "missing").getString("differences[0].repair"))
                .isEqualTo("needs-snapshot");
        assertThat(differences(run, "missing").getString("differences[0].key")).isEqualTo("A\u001f2");
        assertThat(text("national", "SELECT members || head_id FROM replica.person WHERE sheet = 1"))
                .isEqualTo("4" + pseudonym);

        RestAssured.post("/v1/sources/commune_35/snapshots").then().statusCode(202);
        await(
                "the snapshot",
                () -> text("national", "SELECT count(*) FROM replica.person WHERE head_id ~ '^[0-9a-f]{64}$'")
                        .equals("50"));
    }

    @Test
    @Order(9)
    void databaseThatIsAway_takesOnlyItsPairsOut() throws Exception {
        execute("postgres", "ALTER DATABASE province_35 ALLOW_CONNECTIONS false", terminate(PROVINCE));
        try {
            JsonPath run = reconcile("{" + HERE + ",\"wait\":true}");

            assertThat(pair(run, PROVINCE, "state")).isEqualTo("unreachable");
            assertThat(pair(run, "national", "state")).isEqualTo("equal");
            assertThat(run.getString("reconciliation.state")).isEqualTo("done");
        } finally {
            execute("postgres", "ALTER DATABASE province_35 ALLOW_CONNECTIONS true");
        }
    }

    @Test
    @Order(10)
    void api_refusesWhatNamesNothing_andListsAndStops() throws Exception {
        for (String body : List.of(
                "[]",
                "{\"datasets\":[\"nothing\"]}",
                "{\"sources\":[\"nobody\"]}",
                "{\"copies\":\"national\"}",
                "{\"units\":[\"99999\"]}",
                "{\"units\":[10507]}",
                "{\"repair\":\"yes\"}",
                "{")) {
            post("/v1/reconciliations", body).then().statusCode(400).contentType("application/problem+json");
        }
        Response asked = post("/v1/reconciliations", "{" + HERE + "}");
        asked.then().statusCode(202).header("Location", containsString("/v1/reconciliations/" + asked.path("id")));
        await(
                "it is over",
                () -> !List.of("queued", "running")
                        .contains(RestAssured.get("/v1/reconciliations/" + asked.path("id"))
                                .<String>path("reconciliation.state")));
        RestAssured.delete("/v1/reconciliations/" + asked.path("id")).then().statusCode(409);
        RestAssured.delete("/v1/reconciliations/999999").then().statusCode(404);
        RestAssured.get("/v1/reconciliations/999999").then().statusCode(404).body("detail", startsWith("Không có"));
        RestAssured.get("/v1/reconciliations?limit=0").then().statusCode(400);
        JsonPath page = RestAssured.get("/v1/reconciliations?limit=2").jsonPath();
        assertThat(page.getList("reconciliations")).hasSize(2);
        assertThat(RestAssured.get("/v1/reconciliations?limit=2&cursor=" + page.getLong("next"))
                        .jsonPath()
                        .getLong("reconciliations[0].id"))
                .isLessThan(page.getLong("reconciliations[1].id"));
    }

    @Test
    @Order(11)
    @TestSecurity(user = "binh", roles = "decision-drafter")
    void api_isForOperatorsOnly() {
        RestAssured.get("/v1/reconciliations").then().statusCode(403);
        RestAssured.get("/v1/sync/communes").then().statusCode(403);
        post("/v1/reconciliations", "{}").then().statusCode(403);
    }

    @Test
    @Order(12)
    void province_leaves() throws Exception {
        RestAssured.delete("/v1/datasets/person").then().statusCode(204);
        for (String source : List.of(OWNER, PROVINCE)) {
            RestAssured.delete("/v1/sources/" + source).then().statusCode(204);
        }
        await(
                "no slot is left",
                () -> text("national", "SELECT count(*) FROM pg_replication_slots WHERE slot_name LIKE '%35'")
                        .equals("0"));
        await(
                "it is not in use",
                () -> RestAssured.get("/v1/sources/commune_35").statusCode() == 404);
        // What other tests count is as it was.
        asCopyWriter("national", "DELETE FROM replica.case_file WHERE sync_home = 'commune_35'");
        assertThat(RestAssured.get("/v1/reconciliations?limit=1").jsonPath().getList("reconciliations"))
                .hasSize(1);
    }

    /** Deletes, adds and changes copies behind the stream's back. */
    private static void seed(int each) throws SQLException {
        asCopyWriter(
                "national",
                "DELETE FROM replica.case_file WHERE case_number IN (SELECT '35-' || i FROM generate_series(1, " + each
                        + ") i)",
                "UPDATE replica.case_file SET status = 'sai' WHERE case_number IN (SELECT '35-' || i FROM generate_series("
                        + "1001, " + (1000 + each) + ") i)",
                "INSERT INTO replica.case_file SELECT '35-extra-' || i, unit_code, unit_vintage, hamlet, procedure, status,"
                        + " steps, created_at, updated_at, sync_home, sync_epoch, sync_position, sync_applied_at, ended_at"
                        + " FROM replica.case_file, generate_series(1, " + each + ") i WHERE case_number = '35-2500'"
                        + " ON CONFLICT (case_number) DO UPDATE SET ended_at = NULL");
    }

    /** Writes until it is enough, beside what is seeded; answers how often. */
    private static int write(int each, AtomicBoolean enough) {
        int written = 0;
        try (Connection connection = databases().connect(OWNER, Account.APP);
                Statement statement = connection.createStatement()) {
            while (!enough.get()) {
                written++;
                statement.execute(
                        "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps) SELECT '35-new-"
                                + each + "-" + written
                                + "', unit_code, unit_vintage, 'khai sinh', 'mở', 'x' FROM case_file"
                                + " WHERE case_number = '35-4000'");
                statement.execute("UPDATE case_file SET status = 'lần " + written + "' WHERE case_number = '35-"
                        + (3_000 + written * 37 % 3_000) + "'");
                LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
            }
            return written;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static JsonPath reconcile(String body) throws Exception {
        Response asked = post("/v1/reconciliations", body);
        asked.then().statusCode(202);
        String run = "/v1/reconciliations/" + asked.path("id");
        await(
                "it is over",
                () -> !List.of("queued", "running")
                        .contains(RestAssured.get(run).<String>path("reconciliation.state")));
        RestAssured.get(run).then().body("reconciliation.state", equalTo("done"));
        return RestAssured.get(run).jsonPath();
    }

    private static long id(JsonPath run) {
        return run.getLong("reconciliation.id");
    }

    private static Object pair(JsonPath run, String copy, String field) {
        return run.get("pairs.find { it.copy == '" + copy + "' }." + field);
    }

    /** missing, extra, different, late, repaired. */
    private static List<Object> figures(JsonPath run, String copy) {
        return Stream.of("missing", "extra", "different", "late", "repaired")
                .map(field -> pair(run, copy, field))
                .toList();
    }

    private static JsonPath differences(JsonPath run, String kind) {
        return RestAssured.get("/v1/reconciliations/" + id(run) + "/differences?copy=national&limit=1000&kind=" + kind)
                .jsonPath();
    }

    private static List<String> keys(JsonPath run, String kind) {
        return new ArrayList<>(differences(run, kind).<String>getList("differences.key"));
    }

    private static List<String> range(String prefix, int first, int count) {
        return IntStream.range(first, first + count).mapToObj(i -> prefix + i).toList();
    }

    private LocalDate today() {
        return knowledge.state().lastDay();
    }

    private List<String> communes(int count) {
        return knowledge.state().timeline().units(today(), Level.COMMUNE, null).stream()
                .map(unit -> unit.code().value())
                .sorted()
                .skip(100)
                .limit(count)
                .toList();
    }

    /** A unit that has ended and has one successor today. */
    private Unit formerUnit() {
        return knowledge
                .state()
                .timeline()
                .histories()
                .map(history -> history.first())
                .filter(unit -> unit.level() == Level.COMMUNE)
                .filter(unit -> recoding(unit).kind() == Recoding.Kind.ONE_SUCCESSOR)
                .findFirst()
                .orElseThrow();
    }

    private String successor(Unit former) {
        return recoding(former)
                .fold(
                        same -> "",
                        one -> one.successor().unit().code().value(),
                        split -> "",
                        ended -> "",
                        unknown -> "",
                        ambiguous -> "");
    }

    private Recoding recoding(Unit unit) {
        return knowledge.state().timeline().recode(new UnitRef(unit.code(), unit.validFrom()), today());
    }

    private void declare(String name, String tier) {
        post(
                        "/v1/sources",
                        "{\"name\":\"" + name + "\",\"tier\":\"" + tier
                                + "\",\"province\":\"35\",\"vintage\":\"2025-06-30\","
                                + "\"epoch\":1,\"database\":\"127.0.0.1:"
                                + PlatformResource.platform().postgresPort() + "/" + name + "\"}")
                .then()
                .statusCode(201);
    }

    private static void connector(String action) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(PlatformResource.platform()
                                                .connectUrl() + "/connectors/" + OWNER + "/" + action))
                                .PUT(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(202);
        String state = Map.of("pause", "PAUSED", "resume", "RUNNING").getOrDefault(action, "");
        await(
                "the connector is told",
                () -> !PlatformResource.platform()
                        .connect()
                        .status(OWNER)
                        .replaceAll("\"worker_id\":\"[^\"]*\"", "")
                        .replace(state, "")
                        .matches(".*(RUNNING|PAUSED).*"));
    }

    private static Response post(String path, String body) {
        return RestAssured.given().contentType("application/json").body(body).post(path);
    }

    private static long copies(String database) throws SQLException {
        return Long.parseLong(text(
                database,
                "SELECT count(*) FROM replica.case_file WHERE sync_home = 'commune_35' AND ended_at IS NULL"));
    }

    private static long copies(String database, String key) throws SQLException {
        return Long.parseLong(
                text(database, "SELECT count(*) FROM replica.case_file WHERE case_number = '" + key + "'"));
    }

    private static String checksum(String database, String schema) throws SQLException {
        String only = schema.equals("replica") ? " WHERE sync_home = 'commune_35' AND ended_at IS NULL" : "";
        return text(
                database,
                "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(case_number || status || steps || unit_code, 0)), 0) FROM "
                        + schema + ".case_file" + only);
    }

    private static String terminate(String database) {
        return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'";
    }

    private static String text(String database, String sql) throws SQLException {
        try (Connection connection = databases().connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }

    private static void execute(String database, String... statements) throws SQLException {
        try (Connection connection = databases().connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** As the stream writes copies, so that nobody notices. */
    private static void asCopyWriter(String database, String... statements) throws SQLException {
        execute(
                database,
                Stream.concat(Stream.of("SET session_replication_role = replica"), Stream.of(statements))
                        .toArray(String[]::new));
    }

    private static Databases databases() {
        return new Databases(PlatformResource.platform().postgresPort());
    }

    /** Waits for a visible effect. */
    private static void await(String what, Callable<Boolean> effect) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!effect.call()) {
            assertThat(Instant.now()).as("waiting for: " + what).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
