package vn.dvhc.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.sync.conflict.ConflictInbox;

/** Writes to copies by others, and keys of two owners. Leaves no open conflict and no record behind. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestSecurity(user = "an", roles = "operator")
class ConflictsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    ConflictInbox inbox;

    @Inject
    SyncConfig config;

    @BeforeAll
    static void showRefusals() {
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    }

    @Test
    @Order(1)
    void writeByAnother_isUndoneFromTheOwner_whateverItDid() throws Exception {
        insert("commune_30", "30-F1", "mở");
        await(
                "the copies",
                () -> status("national", "30-F1").equals("mở")
                        && status("province_30", "30-F1").equals("mở"));
        String position = text("national", "SELECT sync_position FROM replica.case_file WHERE case_number = '30-F1'");

        tamper("national", "UPDATE replica.case_file SET status = 'lén' WHERE case_number = '30-F1'");
        await("undone", () -> status("national", "30-F1").equals("mở"));
        await("it is told", () -> undone("30-F1") == 1);
        Response found = RestAssured.get("/v1/conflicts?state=undone&source=commune_30&dataset=case_file&limit=1");
        found.then()
                .statusCode(200)
                .body("conflicts", hasSize(1))
                .body("conflicts[0].kind", equalTo("foreign-write"))
                .body("conflicts[0].key", equalTo("30-F1"))
                .body("conflicts[0].owner", equalTo("commune_30"))
                .body("conflicts[0].other", equalTo("postgres"))
                .body("unreachable", hasSize(0));
        RestAssured.get("/v1/conflicts/" + found.<String>path("conflicts[0].id"))
                .then()
                .statusCode(200)
                .body("differing", equalTo(List.of("status")))
                .body("ownerVersion.status", equalTo("mở"))
                .body("otherVersion.status", equalTo("lén"));

        tamper("province_30", "DELETE FROM replica.case_file WHERE case_number = '30-F1'");
        await("it is back", () -> status("province_30", "30-F1").equals("mở"));
        tamper(
                "national",
                "UPDATE replica.case_file SET case_number = '30-F2', status = 'lén' WHERE case_number = '30-F1'");
        await("the key too", () -> status("national", "30-F1").equals("mở"));
        await("and nothing beside it", () -> status("national", "30-F2").equals("-"));
        tamper(
                "national",
                "UPDATE replica.case_file SET sync_position = 4611686018427387904, sync_home = 'ai đó', status = 'lén'"
                        + " WHERE case_number = '30-F1'");
        await(
                "with its position",
                () -> text(
                                "national",
                                "SELECT sync_home || sync_position FROM replica.case_file WHERE case_number = '30-F1' AND status = 'mở'")
                        .equals("commune_30" + position));
        assertThatThrownBy(() -> execute("national", Account.POSTGRES, "TRUNCATE replica.case_file"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("bản sao");

        execute("commune_30", Account.POSTGRES, "UPDATE case_file SET status = 'xong' WHERE case_number = '30-F1'");
        await("the owner goes on", () -> status("national", "30-F1").equals("xong"));
        await(
                "nothing waits",
                () -> text("national", "SELECT count(*) FROM sync.foreign_write")
                        .equals("0"));
        assertThat(inbox.openCount()).isZero();
    }

    @Test
    @Order(2)
    void deletedRecord_staysDeleted_whenSomebodyRevivesItsCopy() throws Exception {
        insert("commune_30", "30-F3", "mở");
        await("the copy", () -> status("national", "30-F3").equals("mở"));
        execute("commune_30", Account.POSTGRES, "DELETE FROM case_file WHERE case_number = '30-F3'");
        await("its end", () -> !ended("30-F3").equals("-"));
        String end = ended("30-F3");

        tamper("national", "UPDATE replica.case_file SET ended_at = NULL, status = 'sống' WHERE case_number = '30-F3'");

        await(
                "ended again",
                () -> ended("30-F3").equals(end) && status("national", "30-F3").equals("mở"));
    }

    @Test
    @Order(3)
    void writeByAnother_waitsForADecision_whereTheDatasetAsks() throws Exception {
        try (Rule rule = new Rule("ask")) {
            tamper("national", "UPDATE replica.case_file SET status = 'đề nghị' WHERE case_number = '30-F1'");
            await("it waits", () -> inbox.openCount() == 1);
            assertThat(status("national", "30-F1")).isEqualTo("xong");
            await(
                    "the metric",
                    () -> RestAssured.get("/q/metrics")
                            .asString()
                            .contains("dvhc_conflicts{kind=\"foreign-write\"} 1.0"));
            RestAssured.get("/v1/sync/status").then().body("conflicts", equalTo(1));
            String id = RestAssured.get("/v1/conflicts").path("conflicts[0].id");

            decide(id, "{\"decision\":\"accept\"}").then().statusCode(400);
            decide(id, "{\"decision\":\"maybe\",\"reason\":\"x\"}").then().statusCode(400);
            execute("commune_30", Account.POSTGRES, "UPDATE case_file SET status = 'khác' WHERE case_number = '30-F1'");
            decide(id, "{\"decision\":\"accept\",\"reason\":\"đã gọi điện hỏi\"}")
                    .then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("conflict.ownerVersion.status", equalTo("khác"));
            decide(id, "{\"decision\":\"accept\",\"reason\":\"đã gọi điện hỏi\",\"version\":\"cũ\"}")
                    .then()
                    .statusCode(409);
            String version = RestAssured.get("/v1/conflicts/" + id).path("version");
            decide(id, "{\"decision\":\"accept\",\"reason\":\"đã gọi điện hỏi\",\"version\":\"" + version + "\"}")
                    .then()
                    .statusCode(200)
                    .body("conflict.state", equalTo("accepted"))
                    .body("conflict.decidedBy", equalTo("an"));
            decide(id, "{\"decision\":\"keep\",\"reason\":\"lần nữa\"}").then().statusCode(409);

            assertThat(text("commune_30", "SELECT status FROM case_file WHERE case_number = '30-F1'"))
                    .isEqualTo("đề nghị");
            for (String copy : List.of("national", "province_30")) {
                await("it flows to " + copy, () -> status(copy, "30-F1").equals("đề nghị"));
            }
            RestAssured.get("/v1/audit?subject=conflict:" + id)
                    .then()
                    .body(
                            "action",
                            equalTo(List.of("conflict-keep", "conflict-accept", "conflict-accept", "conflict-accept")))
                    .body("outcome", equalTo(List.of("closed", "done", "changed", "changed")));
        }
    }

    @Test
    @Order(4)
    void writeByAnother_isWrittenToTheOwner_whereTheDatasetAccepts() throws Exception {
        try (Rule rule = new Rule("accept")) {
            tamper("province_30", "UPDATE replica.case_file SET status = 'tỉnh sửa' WHERE case_number = '30-F1'");
            await(
                    "at the owner",
                    () -> text("commune_30", "SELECT status FROM case_file WHERE case_number = '30-F1'")
                            .equals("tỉnh sửa"));
            for (String copy : List.of("national", "province_30")) {
                await("it flows to " + copy, () -> status(copy, "30-F1").equals("tỉnh sửa"));
            }
            tamper("province_30", "DELETE FROM replica.case_file WHERE case_number = '30-F1'");
            await(
                    "deleted at the owner",
                    () -> text("commune_30", "SELECT count(*) FROM case_file WHERE case_number = '30-F1'")
                            .equals("0"));
            await("and in the nation", () -> !ended("30-F1").equals("-"));
        }
        RestAssured.get("/v1/conflicts?state=accepted&kind=foreign-write")
                .then()
                .body("conflicts", hasSize(3))
                .body("next", nullValue());
        Response first = RestAssured.get("/v1/conflicts?state=accepted&kind=foreign-write&limit=2");
        first.then().body("conflicts", hasSize(2)).body("next", notNullValue());
        RestAssured.given()
                .queryParam("state", "accepted")
                .queryParam("kind", "foreign-write")
                .queryParam("cursor", first.<String>path("next"))
                .get("/v1/conflicts")
                .then()
                .statusCode(200)
                .body("conflicts", hasSize(1));
    }

    @Test
    @Order(5)
    void keyOfTwoOwners_isAConflict_andTheFirstStays() throws Exception {
        insert("commune_30", "30-F9", "của 30");
        await("the first", () -> status("national", "30-F9").equals("của 30"));
        insert("commune_31", "30-F9", "của 31");
        await("the conflict", () -> inbox.openCount() == 1);
        Response found = RestAssured.get("/v1/conflicts?kind=key-collision");
        found.then()
                .body("conflicts", hasSize(1))
                .body("conflicts[0].owner", equalTo("commune_30"))
                .body("conflicts[0].other", equalTo("commune_31"));
        String id = found.path("conflicts[0].id");
        RestAssured.get("/v1/conflicts/" + id)
                .then()
                .body("ownerVersion.status", equalTo("của 30"))
                .body("otherVersion.status", equalTo("của 31"));
        execute("commune_31", Account.POSTGRES, "UPDATE case_file SET status = 'sửa ở 31' WHERE case_number = '30-F9'");
        await(
                "the same conflict tells the latest",
                () -> RestAssured.get("/v1/conflicts/" + id)
                        .<String>path("otherVersion.status")
                        .equals("sửa ở 31"));
        assertThat(inbox.openCount()).isEqualTo(1);
        assertThat(status("national", "30-F9")).isEqualTo("của 30");

        decide(id, "{\"decision\":\"keep\",\"reason\":\"số của 31 sẽ được cấp lại\"}")
                .then()
                .statusCode(200)
                .body("conflict.state", equalTo("kept"));
        execute("commune_31", Account.POSTGRES, "DELETE FROM case_file WHERE case_number = '30-F9'");
    }

    @Test
    @Order(6)
    void api_refusesWhatIsUnknown() {
        RestAssured.get("/v1/conflicts/national:987654321").then().statusCode(404);
        RestAssured.get("/v1/conflicts/nowhere:1").then().statusCode(404);
        RestAssured.get("/v1/conflicts/1").then().statusCode(404).contentType("application/problem+json");
        RestAssured.get("/v1/conflicts?state=maybe").then().statusCode(400);
        RestAssured.get("/v1/conflicts?cursor=x").then().statusCode(400);
        RestAssured.get("/v1/conflicts?limit=0").then().statusCode(400);
        decide("national:987654321", "{\"decision\":\"keep\",\"reason\":\"x\"}")
                .then()
                .statusCode(404);
    }

    @Test
    @Order(6)
    @TestSecurity(user = "binh", roles = "decision-drafter")
    void api_isForOperatorsOnly() {
        RestAssured.get("/v1/conflicts").then().statusCode(403);
        decide("national:1", "{\"decision\":\"keep\",\"reason\":\"x\"}").then().statusCode(403);
    }

    @Test
    @Order(7)
    void nothingIsLeft() throws Exception {
        execute("commune_30", Account.POSTGRES, "DELETE FROM case_file WHERE case_number LIKE '30-F%'");
        await(
                "ended copies",
                () -> text(
                                "national",
                                "SELECT count(*) FROM replica.case_file WHERE case_number LIKE '30-F%' AND ended_at IS NULL")
                        .equals("0"));
        assertThat(inbox.openCount()).isZero();
    }

    /** What becomes of foreign writes to case files, until it is closed. */
    private final class Rule implements AutoCloseable {

        private final Path file = config.plan().orElseThrow();
        private final String before;

        Rule(String rule) throws Exception {
            before = Files.readString(file);
            Files.writeString(file, before.replace("follows: people", "follows: people\n    foreignWrites: " + rule));
            awaitRule(rule);
        }

        @Override
        public void close() throws Exception {
            Files.writeString(file, before);
            awaitRule("undo");
        }

        private void awaitRule(String rule) throws Exception {
            await(
                    "the rule is in use",
                    () -> RestAssured.get("/v1/datasets/case_file")
                            .path("foreignWrites")
                            .equals(rule));
        }
    }

    private static long undone(String key) {
        List<String> keys =
                RestAssured.get("/v1/conflicts?state=undone").jsonPath().getList("conflicts.key");
        return keys.stream().filter(key::equals).count();
    }

    private static Response decide(String id, String body) {
        return RestAssured.given().contentType("application/json").body(body).post("/v1/conflicts/" + id + "/decision");
    }

    private static String status(String database, String key) throws SQLException {
        return text(
                database,
                "SELECT coalesce((SELECT status FROM replica.case_file WHERE case_number = '" + key + "'), '-')");
    }

    private static String ended(String key) throws SQLException {
        return text(
                "national",
                "SELECT coalesce((SELECT ended_at::text FROM replica.case_file WHERE case_number = '" + key
                        + "'), '-')");
    }

    private static void insert(String database, String key, String status) throws SQLException {
        execute(
                database,
                Account.POSTGRES,
                "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps) VALUES ('" + key
                        + "', '10507', '2025-06-30', 'khai sinh', '" + status + "', 'x')");
    }

    /** Like somebody who owns nothing there; in another time zone, since versions are compared as text. */
    private static void tamper(String database, String sql) throws SQLException {
        execute(database, Account.POSTGRES, "SET timezone = 'Asia/Ho_Chi_Minh'; " + sql);
    }

    private static String text(String database, String sql) throws SQLException {
        try (Connection connection = connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "-";
        }
    }

    private static void execute(String database, Account account, String sql) throws SQLException {
        try (Connection connection = connect(database, account);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(String database, Account account) throws SQLException {
        return new Databases(PlatformResource.platform().postgresPort()).connect(database, account);
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
