package vn.dvhc.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static vn.dvhc.sync.Probe.await;
import static vn.dvhc.sync.Probe.execute;
import static vn.dvhc.sync.Probe.text;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.sync.letter.Letters;

/** Messages that can't be applied, from being found to their end. Leaves no open letter and no record behind. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestSecurity(user = "an", roles = "operator")
class LettersIT {

    @Inject
    Letters letters;

    @BeforeAll
    static void showRefusals() {
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    }

    @Test
    @Order(1)
    void group_isMendedAndAppliedInOneCallEach_atTheCopiesAndAtTheOwner() throws Exception {
        for (int i = 1; i <= 3; i++) {
            insert("30-L" + i, "99997");
        }
        await("three letters", () -> letters.openCount() == 3);
        Response groups = RestAssured.get("/v1/dead-letters/groups");
        groups.then()
                .statusCode(200)
                .body("", hasSize(1))
                .body("[0].cause", equalTo("UNIT_REFUSED"))
                .body("[0].source", equalTo("commune_30"))
                .body("[0].dataset", equalTo("case_file"))
                .body("[0].count", equalTo(3))
                .body("[0].keys", equalTo(3))
                .body("[0].pattern", containsString("#"));
        String group = groups.path("[0].group");

        post("dry-run", "{\"group\":\"" + group + "\"}").then().statusCode(200).body("stillRefused", equalTo(3));
        String correction = "{\"group\":\"" + group + "\",\"unit\":{\"from\":\"99997\",\"to\":\"10507\"}";
        post("corrections", correction + ",\"dryRun\":true}").then().body("amended", equalTo(3));
        post("dry-run", "{\"group\":\"" + group + "\"}").then().body("applied", equalTo(0));
        post("corrections", correction.replace("10507", "99998") + "}").then().body("stillRefused", equalTo(3));
        post("corrections", correction + "}").then().statusCode(200).body("amended", equalTo(3));
        post("dry-run", "{\"group\":\"" + group + "\"}").then().body("applied", equalTo(3));
        assertThat(copies("30-L")).isEqualTo("0");

        post("redrive", "{\"group\":\"" + group + "\",\"limit\":2}")
                .then()
                .statusCode(200)
                .body("applied", equalTo(2))
                .body("more", equalTo(true));
        post("redrive", "{\"group\":\"" + group + "\"}")
                .then()
                .body("applied", equalTo(1))
                .body("more", equalTo(false))
                .body("next", nullValue());

        assertThat(letters.openCount()).isZero();
        for (String database : List.of("national", "province_30")) {
            assertThat(
                            text(
                                    database,
                                    "SELECT string_agg(DISTINCT unit_code, ',') FROM replica.case_file WHERE case_number ~ '^30-L[123]'"))
                    .isEqualTo("10507");
        }
        assertThat(text(
                        "commune_30",
                        "SELECT string_agg(DISTINCT unit_code, ',') FROM case_file WHERE case_number ~ '^30-L[123]'"))
                .as("the owner's record is mended too, or the next change would bring the wrong code again")
                .isEqualTo("10507");
        Response ended = RestAssured.get("/v1/dead-letters?state=applied&key=30-L1");
        int id = ended.path("[0].id");
        RestAssured.get("/v1/dead-letters/" + id)
                .then()
                .statusCode(200)
                .body("letter.state", equalTo("applied"))
                .body("letter.amended", equalTo(true))
                .body("payload", containsString("99997"))
                .body("amendedPayload", containsString("10507"))
                .body("audit.action", equalTo(List.of("dead-letter-correct", "dead-letter-redrive")))
                .body("audit.who", equalTo(List.of("an", "an")))
                .body("audit[1].outcome", equalTo("applied"));
        post("redrive", "{\"ids\":[" + id + "]}").then().body("skipped", equalTo(1));
        RestAssured.get("/v1/audit?action=dead-letter-redrive&limit=2")
                .then()
                .statusCode(200)
                .body("", hasSize(2));
    }

    @Test
    @Order(2)
    void letter_isSuperseded_whenANewerVersionIsThere() throws Exception {
        insert("30-L4", "99997");
        await("a letter", () -> letters.openCount() == 1);
        execute("commune_30", "UPDATE case_file SET unit_code = '10507', status = 'mới' WHERE case_number = '30-L4'");
        await("the owner's correction", () -> copies("30-L4").equals("1"));

        amend(open("30-L4", 0), "99997", "10507").then().statusCode(200);
        post("redrive", "{\"all\":true}").then().body("superseded", equalTo(1));

        assertThat(text("national", "SELECT status FROM replica.case_file WHERE case_number = '30-L4'"))
                .isEqualTo("mới");
        assertThat(letters.openCount()).isZero();
    }

    @Test
    @Order(3)
    void versionsOfARecord_areAppliedInOrder_andNoneBeforeItsElder() throws Exception {
        insert("30-L5", "99997");
        execute("commune_30", "UPDATE case_file SET status = 'sau' WHERE case_number = '30-L5'");
        await("two letters", () -> letters.openCount() == 2);
        int younger = open("30-L5", 0);
        int elder = open("30-L5", 1);
        amend(younger, "99997", "10507").then().statusCode(200);

        post("redrive", "{\"ids\":[" + younger + "]}")
                .then()
                .body("skipped", equalTo(1))
                .body("items[0].detail", containsString("cũ hơn"));
        post("redrive", "{\"all\":true}")
                .then()
                .body("stillRefused", equalTo(1))
                .body("skipped", equalTo(1));
        amend(elder, "99997", "10507").then().statusCode(200);
        post("redrive", "{\"ids\":[" + younger + "," + elder + "]}")
                .then()
                .body("items.id", equalTo(List.of(elder, younger)))
                .body("items[0].outcome", equalTo("applied"))
                // The elder's correction at the owner may come back through the stream before the younger's turn.
                .body("items[1].outcome", anyOf(equalTo("applied"), equalTo("superseded")));

        assertThat(text("national", "SELECT status FROM replica.case_file WHERE case_number = '30-L5'"))
                .isEqualTo("sau");
    }

    @Test
    @Order(4)
    void letter_isNotTriedForEver_untilSomethingHasChanged() throws Exception {
        insert("30-L6", "99997");
        await("a letter", () -> letters.openCount() == 1);
        int id = open("30-L6", 0);
        String one = "{\"ids\":[" + id + "]}";
        for (int i = 0; i < 5; i++) {
            post("redrive", one).then().body("stillRefused", equalTo(1));
        }
        post("redrive", one).then().body("skipped", equalTo(1));
        post("redrive", one.replace("}", ",\"force\":true}")).then().body("stillRefused", equalTo(1));
        await(
                "the metric",
                () -> RestAssured.get("/q/metrics")
                        .asString()
                        .contains("dvhc_dead_letters{cause=\"UNIT_REFUSED\",source=\"commune_30\"} 1.0"));

        amend(id, "99997", "99998").then().statusCode(200).body("letter.attempts", equalTo(0));
        post("redrive", one).then().body("stillRefused", equalTo(1));
        RestAssured.delete("/v1/dead-letters/" + id + "/payload")
                .then()
                .statusCode(200)
                .body("amendedPayload", nullValue());

        String path = "/v1/dead-letters/" + id + "/discard";
        request("{}").post(path).then().statusCode(400);
        request("{\"reason\":\"nhập thử\"}")
                .post(path)
                .then()
                .statusCode(200)
                .body("letter.state", equalTo("discarded"))
                .body("audit.reason", hasItems("nhập thử"));
        request("{\"reason\":\"lần nữa\"}").post(path).then().statusCode(409);
        amend(id, "99997", "10507").then().statusCode(409);
        assertThat(letters.openCount()).isZero();
    }

    @Test
    @Order(5)
    void amendment_isRefused_whenItIsAnotherRecordOrAnotherPlace() throws Exception {
        insert("30-L7", "99997");
        await("a letter", () -> letters.openCount() == 1);
        int id = open("30-L7", 0);
        String payload = RestAssured.get("/v1/dead-letters/" + id).path("payload");
        String path = "/v1/dead-letters/" + id + "/payload";
        request(payload.replace("30-L7", "30-L8"))
                .put(path)
                .then()
                .statusCode(422)
                .body("detail", containsString("khoá"));
        request(payload.replaceFirst("\"lsn\":\\d+", "\"lsn\":9"))
                .put(path)
                .then()
                .statusCode(422);
        request("[]").put(path).then().statusCode(422).contentType("application/problem+json");
        request(payload).put("/v1/dead-letters/987654321/payload").then().statusCode(404);
        for (String selection : List.of("{}", "[]", "{\"all\":true,\"ids\":[1]}", "{\"all\":true,\"surprise\":1}")) {
            post("redrive", selection).then().statusCode(400).contentType("application/problem+json");
        }
        RestAssured.get("/v1/dead-letters?state=closed").then().statusCode(400);
        RestAssured.get("/v1/dead-letters/987654321").then().statusCode(404);
        request("{\"reason\":\"xong\"}")
                .post("/v1/dead-letters/" + id + "/discard")
                .then()
                .statusCode(200);
    }

    @Test
    @Order(6)
    void letterOfAnUndeclaredSource_isApplied_onceTheSourceIsDeclared() throws Exception {
        try (KafkaProducer<String, String> producer =
                UnitTopic.producer(PlatformResource.platform().kafkaBootstrap())) {
            for (int i = 1; i <= 2; i++) {
                producer.send(new ProducerRecord<>(
                        "cdc.commune_36.public.case_file",
                        0,
                        "{\"case_number\":\"36-1\"}",
                        "{\"op\":\"c\",\"source\":{\"lsn\":" + i + ",\"txId\":7,\"ts_ms\":1750000000000},\"after\":{"
                                + "\"case_number\":\"36-1\",\"unit_code\":\"10507\",\"unit_vintage\":20269,\"procedure\":\"p\","
                                + "\"status\":\"lần " + i + "\",\"steps\":\"s\"}}"));
            }
        }
        await("two letters", () -> letters.openCount() == 2);
        post("redrive", "{\"filter\":{\"source\":\"commune_36\"}}").then().body("stillRefused", equalTo(2));
        int younger = RestAssured.get("/v1/dead-letters?source=commune_36").path("[0].id");

        new Databases(PlatformResource.platform().postgresPort()).createSource("commune_36", "commune");
        request(
                        "{\"name\":\"commune_36\",\"tier\":\"commune\",\"province\":\"33\",\"vintage\":\"2025-06-30\",\"epoch\":1,"
                                + "\"database\":\"127.0.0.1:"
                                + PlatformResource.platform().postgresPort() + "/commune_36\"}")
                .post("/v1/sources")
                .then()
                .statusCode(201);
        await("it is in use", () -> RestAssured.get("/v1/sources/commune_36").statusCode() == 200);
        post("redrive", "{\"ids\":[" + younger + "]}").then().body("skipped", equalTo(1));
        post("redrive", "{\"filter\":{\"source\":\"commune_36\"}}").then().body("applied", equalTo(2));

        assertThat(text("national", "SELECT status FROM replica.case_file WHERE case_number = '36-1'"))
                .isEqualTo("lần 2");
        RestAssured.delete("/v1/sources/commune_36").then().statusCode(204);
        try (Connection connection =
                        new Databases(PlatformResource.platform().postgresPort()).connect("national", Account.SYNC);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM replica.case_file WHERE sync_home = 'commune_36'");
        }
        await(
                "no slot is left",
                () -> text("national", "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'dvhc_commune_36'")
                        .equals("0"));
    }

    @Test
    @Order(7)
    void letterWithoutMessage_staysRefused_withTheReason() throws Exception {
        execute(
                "national",
                "INSERT INTO sync.dead_letter (topic, partition, kafka_offset, dataset, cause, detail) VALUES"
                        + " ('cdc.commune_30.public.case_file', 0, 999999999, 'case_file', 'PERSONAL_DATA', 'Cột x phải được thay.')");
        post("redrive", "{\"filter\":{\"cause\":\"PERSONAL_DATA\"}}")
                .then()
                .body("stillRefused", equalTo(1))
                .body("items[0].detail", containsString("không được giữ lại"));
        execute("national", "DELETE FROM sync.dead_letter WHERE kafka_offset = 999999999");
    }

    @Test
    @Order(8)
    void trail_canOnlyGrow() {
        assertThatThrownBy(() -> execute("national", "UPDATE sync.audit SET who = 'ai đó'"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> execute("national", "TRUNCATE sync.audit")).isInstanceOf(SQLException.class);
    }

    @Test
    @Order(8)
    @TestSecurity(user = "binh", roles = "decision-drafter")
    void api_isForOperatorsOnly() {
        RestAssured.get("/v1/dead-letters").then().statusCode(403);
        RestAssured.get("/v1/audit").then().statusCode(403);
        post("redrive", "{\"all\":true}").then().statusCode(403);
    }

    @Test
    @Order(9)
    void nothingIsLeft() throws Exception {
        execute("commune_30", "DELETE FROM case_file WHERE case_number LIKE '30-L%'");
        await(
                "ended copies",
                () -> text(
                                "national",
                                "SELECT count(*) FROM replica.case_file WHERE case_number LIKE '30-L%' AND ended_at IS NULL")
                        .equals("0"));
        assertThat(letters.openCount()).isZero();
    }

    private static int open(String key, int place) {
        return RestAssured.get("/v1/dead-letters?key=" + key).path("[" + place + "].id");
    }

    private static Response amend(int id, String from, String to) {
        String payload = RestAssured.get("/v1/dead-letters/" + id).path("payload");
        return request(payload.replace(from, to)).put("/v1/dead-letters/" + id + "/payload");
    }

    private static Response post(String path, String body) {
        return request(body).post("/v1/dead-letters/" + path);
    }

    private static RequestSpecification request(String body) {
        return RestAssured.given().contentType("application/json").body(body);
    }

    private static String copies(String prefix) throws SQLException {
        return text("national", "SELECT count(*) FROM replica.case_file WHERE case_number LIKE '" + prefix + "%'");
    }

    private static void insert(String key, String code) throws SQLException {
        execute(
                "commune_30",
                "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps) VALUES ('" + key
                        + "', '" + code + "', '2025-06-30', 'khai sinh', 'mở', 'x')");
    }
}
