package vn.dvhc.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static vn.dvhc.sync.Probe.await;
import static vn.dvhc.sync.Probe.connect;
import static vn.dvhc.sync.Probe.execute;
import static vn.dvhc.sync.Probe.text;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.security.SecurityAttribute;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.PlanLine;
import vn.dvhc.contract.PlanText;
import vn.dvhc.contract.Topics;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.unit.UnitId;

/**
 * The reform of 2025-07-01 as those see it who answer for it: what stops it, what is sealed, who signs, and where a record has been. On a
 * platform of its own, since the night comes once. The order of the tests is that of time.
 */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@TestProfile(ManifestIT.Night.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestSecurity(user = "van-hanh", roles = "operator")
class ManifestIT {

    private static final String DAY = "/v1/handovers/2025-07-01";
    private static final String MERGED = "case_file.10510@2004-08-31.10507@2025-07-01";
    private static final String OTHER = "case_file.10513@2004-08-31.10525@2025-07-01";
    private static final String CORRECTED = "case_file.10513@2004-08-31.10507@2025-07-01";
    private static final String CLAIM = "dvhc_unit";
    private static final String OLD = "10510@2004-08-31";
    private static final String NEW = "10507@2025-07-01";
    private static final String STRANGER = "10525@2025-07-01";

    @Inject
    SyncConfig config;

    /** Nothing is set otherwise: it only keeps this night apart from that of other tests. */
    public static class Night implements QuarkusTestProfile {}

    @BeforeAll
    static void showRefusals() {
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    }

    @Test
    @Order(1)
    void breach_stopsItsPartAlone_untilAnOperatorReleasesIt() throws Exception {
        insertCase("30-a", "10510");
        insertCase("30-b", "10510");
        insertCase("30-c", "10513");
        insertCase("30-d", "10513");
        insertCase("30-q", "10528");
        execute(
                "province_30",
                "INSERT INTO permit (permit_number, unit_code, unit_vintage, kind, holder_kind, status) SELECT '30-p' || i,"
                        + " '10510', '2025-06-30', 'xây dựng', 'hộ', 'mở' FROM generate_series(1, 3) i");
        await(
                "copies",
                () -> number("SELECT (SELECT count(*) FROM replica.case_file) + (SELECT count(*) FROM replica.permit)")
                        == 8);
        RestAssured.get(DAY + "/plan").then().statusCode(404);
        JsonPath told = plan("{\"units\":[{\"code\":\"10510\",\"vintage\":\"2025-06-30\",\"successors\":1},"
                        + "{\"code\":\"10528\",\"vintage\":\"2025-06-30\",\"successors\":2}]}")
                .then()
                .statusCode(200)
                .body("upperBound", equalTo(true))
                .body("units.find { it.code == '10510' && it.dataset == 'case_file' }.move", equalTo(2))
                .body("units.find { it.code == '10510' && it.dataset == 'permit' }.move", equalTo(3))
                .body("units.find { it.code == '10528' }.queue", equalTo(1))
                .body("databases.database", contains("commune_30", "province_30"))
                .body("estimatedSeconds", nullValue())
                .body("restsOn", containsString("Chưa có"))
                .extract()
                .jsonPath();
        assertThat(told.getString("digest"))
                .isEqualTo(PlanText.digest(PlanText.of(Catalogue.REFORM, told.getList("units", PlanLine.class))));
        plan("{\"units\":[{\"code\":10510}]}").then().statusCode(400);

        execute(
                "province_31",
                "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
                        + " CREATE TRIGGER lose BEFORE INSERT ON sync.handed_over FOR EACH ROW"
                        + " WHEN (NEW.record_key = '30-p2') EXECUTE FUNCTION lose()");

        BusinessClock.set(config.clockFile().orElseThrow(), Instant.parse("2025-06-30T17:00:01Z"));
        UnitTopic.publishUntil(PlatformResource.platform().kafkaBootstrap(), Catalogue.REFORM);

        await("the breach", () -> breached().equals(List.of("province_30")));
        await(
                "the others are done",
                () -> RestAssured.get(DAY).path("waiting.from").equals(List.of("province_30")));
        RestAssured.get(DAY)
                .then()
                .body("summary.state", equalTo("running"))
                .body("waiting.breached", contains(true))
                .body("waiting[0].problem", containsString("sổ bàn giao"))
                .body("parts.findAll { it.finished }.from", hasItems("commune_30", "commune_31", "province_31"));
        assertThat(text("province_31", "SELECT count(*) FROM permit"))
                .as("the batch is undone whole")
                .isEqualTo("0");
        assertThat(text("commune_31", "SELECT count(*) FROM case_file WHERE unit_vintage = '2025-07-01'"))
                .isEqualTo("4");
        await(
                "the alarm",
                () -> RestAssured.get("/q/metrics")
                        .asString()
                        .lines()
                        .anyMatch(line -> line.startsWith("dvhc_handover_breached")
                                && line.contains("province_30")
                                && line.endsWith(" 1.0")));

        release("{\"dataset\":\"permit\",\"from\":\"province_30\"}").then().statusCode(400);
        release("{\"dataset\":\"permit\",\"from\":\"province_99\",\"reason\":\"x\"}")
                .then()
                .statusCode(404);
        release("{\"dataset\":\"case_file\",\"from\":\"commune_30\",\"reason\":\"x\"}")
                .then()
                .statusCode(409);
        execute("province_31", "DROP TRIGGER lose ON sync.handed_over");
        release("{\"dataset\":\"permit\",\"from\":\"province_30\",\"reason\":\"đã gỡ trình kích hoạt\"}")
                .then()
                .statusCode(200)
                .body("findAll { it.from == 'province_30' }.breach", contains(nullValue()));
        await("done", () -> RestAssured.get(DAY).path("summary.state").equals("done"));
        RestAssured.get(DAY).then().body("summary.conserved", equalTo(true)).body("waiting", empty());
        assertThat(text("province_31", "SELECT count(*) FROM permit")).isEqualTo("3");
        RestAssured.get(DAY + "/plan?limit=1000")
                .then()
                .statusCode(200)
                .body("next", not(nullValue()))
                .body("upperBound", equalTo(false));
        RestAssured.get(DAY + "/plan?limit=10&cursor=10525@2004-08-31")
                .then()
                .body("units.code", contains("10528"))
                .body("units.queue", contains(1));
        RestAssured.get("/v1/audit?action=handover-release")
                .then()
                .body("[0].who", equalTo("van-hanh"))
                .body("[0].reason", equalTo("đã gỡ trình kích hoạt"))
                .body("[0].detail", containsString("sổ bàn giao"));
    }

    @Test
    @Order(2)
    void manifests_areSealedWhenTheDayIsDone_andSayWhatPassedOnWhatBasis() throws Exception {
        await("sealed", () -> ids().size() == 4);
        assertThat(ids())
                .contains(
                        MERGED,
                        "case_file.10513@2004-08-31.10525@2025-07-01",
                        "case_file.10528@2004-08-31.undecided",
                        "permit.10510@2004-08-31.10507@2025-07-01");
        RestAssured.get(DAY + "/manifests/" + MERGED)
                .then()
                .statusCode(200)
                .body("latest", equalTo(1))
                .body("state", equalTo("unsigned"))
                .body("manifest.records.given", equalTo(2))
                .body("manifest.records.received", equalTo(2))
                .body("manifest.records.equal", equalTo(true))
                .body("manifest.from.name", equalTo("Phường Bình Hàn"))
                .body("manifest.to.name", equalTo("Phường Thành Đông"))
                .body("manifest.fromHomes", contains("commune_30"))
                .body("manifest.toHomes", contains("commune_31"))
                .body("manifest.basis[0].acts[0]", containsString("NQ-UBTVQH15"))
                .body("manifest.basis[0].decision", not(nullValue()));
        RestAssured.get(DAY + "/manifests/case_file.10528@2004-08-31.undecided")
                .then()
                .body("manifest.to", nullValue())
                .body("manifest.exceptions.queued", equalTo(1))
                .body("manifest.exceptions.reasons[0]", containsString("chia cho 2 đơn vị"));
        RestAssured.get(DAY + "/manifests?unit=" + NEW + "&dataset=permit")
                .then()
                .body("manifests.given", contains(3))
                .body("next", nullValue());
        RestAssured.get(DAY + "/manifests?limit=3").then().body("next", not(nullValue()));
        RestAssured.get(DAY + "/manifests/case_file.x").then().statusCode(404);
        await(
                "the day is told behind its manifests",
                () -> RestAssured.get("/v1/handovers/chain/verification")
                        .path("entries")
                        .equals(5));
        RestAssured.get("/v1/handovers/chain/verification").then().body("intact", equalTo(true));
    }

    @Test
    @Order(3)
    void manifests_areExportedAndPrinted() {
        String csv =
                RestAssured.given().accept("text/csv").get(DAY + "/manifests").asString();
        assertThat(csv.lines()).hasSize(5).anyMatch(line -> line.startsWith(MERGED + ",1,case_file,"));
        String lines = RestAssured.given()
                .accept("application/x-ndjson")
                .get(DAY + "/manifests")
                .asString();
        assertThat(lines.lines()).hasSize(4).allMatch(line -> line.startsWith("{") && line.endsWith("}"));

        Response page = RestAssured.given().accept("text/html").get(DAY + "/manifests/" + MERGED);
        page.then().statusCode(200).header("Content-Security-Policy", containsString("default-src 'none'"));
        String hash = RestAssured.get(DAY + "/manifests/" + MERGED).path("hash");
        String checksum = RestAssured.get(DAY + "/manifests/" + MERGED).path("manifest.records.givenChecksum");
        assertThat(page.asString())
                .contains(
                        "BIÊN BẢN BÀN GIAO",
                        "Độc lập - Tự do - Hạnh phúc",
                        "Phường Bình Hàn",
                        "Phường Thành Đông",
                        "<td class=\"number\">2</td><td class=\"number\">2</td>",
                        checksum,
                        hash);
    }

    @Test
    @Order(4)
    void operator_mayNotSignForAUnit() {
        sign(MERGED, "from", 1)
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString("cấp quốc gia không ký thay"));
        sign(MERGED, "both", 1).then().statusCode(400);
    }

    @Test
    @Order(4)
    @TestSecurity(user = "la", roles = "unit-officer", attributes = @SecurityAttribute(key = CLAIM, value = STRANGER))
    void officer_mayNotSignForAnotherUnit() {
        for (String side : List.of("from", "to")) {
            sign(MERGED, side, 1)
                    .then()
                    .statusCode(403)
                    .body("detail", containsString("Tài khoản thuộc đơn vị " + STRANGER));
        }
        RestAssured.get("/v1/handovers").then().statusCode(403);
        release("{}").then().statusCode(403);
    }

    @Test
    @Order(5)
    @TestSecurity(user = "cu", roles = "unit-officer", attributes = @SecurityAttribute(key = CLAIM, value = OLD))
    void giver_signsOnce_andNotForTheOtherSide() {
        sign(MERGED, "to", 1).then().statusCode(403);
        sign(MERGED, "from", 7).then().statusCode(409).body("detail", containsString("mới nhất"));
        sign(MERGED, "from", 1)
                .then()
                .statusCode(200)
                .body("state", equalTo("signed-from"))
                .body("signatures.signer", contains("cu"))
                .body("signatures.unit", contains(OLD));
        sign(MERGED, "from", 1).then().statusCode(409).body("detail", containsString("đã ký"));
        sign("case_file.10528@2004-08-31.undecided", "to", 1)
                .then()
                .statusCode(409)
                .body("detail", containsString("chưa có đơn vị nhận"));
    }

    @Test
    @Order(6)
    @TestSecurity(user = "moi", roles = "unit-officer", attributes = @SecurityAttribute(key = CLAIM, value = NEW))
    void receiver_signs_butNobodySignsForBoth() {
        sign(MERGED, "to", 1).then().statusCode(200).body("state", equalTo("signed"));

        String permit = "permit.10510@2004-08-31.10507@2025-07-01";
        sign(permit, "from", 1).then().statusCode(200).body("signatures.unit", contains(NEW));
        sign(permit, "to", 1).then().statusCode(403).body("detail", containsString("hai người khác nhau"));
        String page = RestAssured.given()
                .accept("text/html")
                .get(DAY + "/manifests/" + MERGED)
                .asString();
        assertThat(page).contains("<strong>cu</strong>", "<strong>moi</strong>").doesNotContain("(chưa ký)");
    }

    @Test
    @Order(7)
    @TestSecurity(
            user = "tinh",
            roles = "unit-officer",
            attributes = @SecurityAttribute(key = CLAIM, value = "31@2025-07-01"))
    void province_doesNotSignForItsCommunes_butForWhatItOwnsItself() {
        sign(MERGED, "to", 1).then().statusCode(403);
        String province = RestAssured.get("/v1/handovers/2025-07-01/manifests/permit." + OLD + "." + NEW)
                .path("manifest.to.province");
        assertThat(province).isEqualTo("Thành phố Hải Phòng");
        sign("permit." + OLD + "." + NEW, "to", 1)
                .then()
                .statusCode(200)
                .body("state", equalTo("signed"))
                .body("signatures.signer", hasItems("tinh"));
    }

    @Test
    @Order(7)
    void lateChange_makesAFurtherVersion_andLeavesTheSignedOneAsItIs() throws Exception {
        execute("commune_30", "UPDATE case_file SET status = 'muộn' WHERE case_number = '30-a'");
        await(
                "a further version",
                () -> RestAssured.get(DAY + "/manifests/" + MERGED)
                        .path("latest")
                        .equals(2));
        RestAssured.get(DAY + "/manifests/" + MERGED)
                .then()
                .body("state", equalTo("unsigned"))
                .body("manifest.version", equalTo(2))
                .body("manifest.records.lateChanges", equalTo(1))
                .body("manifest.records.equal", equalTo(true));
        RestAssured.get(DAY + "/manifests/" + MERGED + "?version=1")
                .then()
                .body("state", equalTo("signed"))
                .body("manifest.records.lateChanges", equalTo(0));
        RestAssured.get("/v1/handovers/chain/verification").then().body("intact", equalTo(true));
    }

    @Test
    @Order(8)
    void journey_tellsWhereARecordHasBeen_acrossDatabases() throws Exception {
        execute("commune_31", "UPDATE case_file SET steps = steps || '; xử lý ở nơi mới' WHERE case_number = '30-b'");
        execute("commune_30", "UPDATE case_file SET steps = 'xử lý ở nơi cũ' WHERE case_number = '30-b'");
        await(
                "a conflict",
                () -> RestAssured.get("/v1/records/case_file/30-b/journey")
                        .<List<String>>path("events.kind")
                        .contains("conflict"));
        RestAssured.get("/v1/records/case_file/30-b/journey")
                .then()
                .statusCode(200)
                .body("home", equalTo("commune_31"))
                .body("units.unit", contains(OLD, NEW))
                .body("units[0].passedBy[0]", containsString("NQ-UBTVQH15"))
                .body("versions.find { it.kind == 'home' }.columns.steps", equalTo("tiếp nhận; xử lý ở nơi mới"))
                .body("versions.find { it.kind == 'archive' }.columns.steps", equalTo("xử lý ở nơi cũ"))
                .body("versions.find { it.kind == 'archive' }.unit", equalTo(OLD))
                .body("versions.findAll { it.kind == 'copy' }.database", hasItems("national", "province_31"))
                .body("events.kind[0]", equalTo("handed-over"))
                .body("events[0].reference", equalTo(MERGED))
                .body("events[0].detail", containsString("commune_30 → commune_31"))
                .body("events.find { it.kind == 'conflict' }.from", equalTo("commune_30"))
                .body("truncated", equalTo(false))
                .body("unreachable", empty());
        RestAssured.get("/v1/records/case_file/30-q/journey")
                .then()
                .body("events.kind", hasItems("handed-over", "queued"))
                .body("events.find { it.kind == 'handed-over' }.reference", containsString("undecided"));
        execute("commune_31", "DELETE FROM case_file WHERE case_number = '30-q'");
        await(
                "its end",
                () -> RestAssured.get("/v1/records/case_file/30-q/journey")
                        .<List<String>>path("events.kind")
                        .contains("ended"));
        RestAssured.get("/v1/records/case_file/30-nobody/journey").then().statusCode(404);
        RestAssured.get("/v1/records/other/30-b/journey").then().statusCode(404);
        RestAssured.get("/v1/records/case_file/30-b~1/journey").then().statusCode(404);
    }

    @Test
    @Order(8)
    @TestSecurity(user = "moi", roles = "unit-officer", attributes = @SecurityAttribute(key = CLAIM, value = NEW))
    void journey_isForOfficersOfItsUnits() {
        RestAssured.get("/v1/records/case_file/30-a/journey").then().statusCode(200);
        RestAssured.get("/v1/records/case_file/30-c/journey")
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }

    @Test
    @Order(8)
    @TestSecurity(user = "soan", roles = "decision-drafter")
    void journey_isNotForOthers() {
        RestAssured.get("/v1/records/case_file/30-a/journey").then().statusCode(403);
        RestAssured.get(DAY + "/manifests").then().statusCode(403);
    }

    @Test
    @Order(9)
    void handOver_isUndoneUntilSomebodyHasSigned_andItsRecordsWaitForAPerson() throws Exception {
        undo("permit." + OLD + "." + NEW, "nhầm").then().statusCode(409).body("detail", containsString("đã có bên ký"));
        undo(MERGED, "nhầm")
                .then()
                .statusCode(409)
                .body("detail", containsString("đã có bên ký")); // An earlier version is signed, the latest is not.
        undo("case_file.10528@2004-08-31.undecided", "nhầm").then().statusCode(409);
        undo("case_file.x", "nhầm").then().statusCode(404);
        undo(OTHER, "").then().statusCode(400);

        undo(OTHER, "nhầm đơn vị nhận")
                .then()
                .statusCode(200)
                .body("undone", equalTo(2))
                .body("left", equalTo(0));
        assertThat(unit("30-c")).isEqualTo("10513@2025-06-30");
        undo(OTHER, "lần nữa").then().statusCode(200).body("undone", equalTo(0));
        sign(OTHER, "to", 1).then().statusCode(409).body("detail", containsString("thu hồi"));

        execute("commune_31", "UPDATE case_file SET status = 'sửa khi chờ' WHERE case_number = '30-c'");
        await(
                "its copy, under the former unit",
                () -> text("national", "SELECT status || unit_code FROM replica.case_file WHERE case_number = '30-c'")
                        .equals("sửa khi chờ10513"));
        execute("commune_30", "UPDATE case_file SET status = 'sửa muộn' WHERE case_number = '30-d'");
        await(
                "the late change",
                () -> text("commune_31", "SELECT status FROM case_file WHERE case_number = '30-d'")
                        .equals("sửa muộn"));
        assertThat(unit("30-d")).as("it waits for a person, whoever writes").isEqualTo("10513@2025-06-30");
        RestAssured.get("/v1/queue/case_file/30-d").then().body("waiting", equalTo(true));
        await(
                "a version without them",
                () -> RestAssured.get(DAY + "/manifests/" + OTHER)
                        .path("manifest.records.given")
                        .equals(0));
        RestAssured.get(DAY + "/manifests/case_file.10513@2004-08-31.undecided")
                .then()
                .statusCode(200)
                .body("manifest.exceptions.queued", equalTo(2))
                .body("manifest.exceptions.reasons[0]", containsString("thu hồi"));
        RestAssured.get("/v1/queue/case_file/30-c")
                .then()
                .body("waiting", equalTo(true))
                .body("suggestions.unit", contains("10525@2025-07-01"));
        RestAssured.given()
                .contentType("application/json")
                .body(
                        "{\"records\":[{\"dataset\":\"case_file\",\"key\":\"30-c\"},{\"dataset\":\"case_file\",\"key\":\"30-d\"}],"
                                + "\"to\":\"10525@2025-07-01\",\"reason\":\"đã xác minh\"}")
                .post("/v1/queue/assign")
                .then()
                .statusCode(200)
                .body("done", equalTo(2));
        assertThat(unit("30-c")).isEqualTo("10525@2025-07-01");
        RestAssured.get(DAY).then().body("summary.conserved", equalTo(true));
        RestAssured.get("/v1/audit?action=handover-undo")
                .then()
                .body("reason", hasItems("nhầm đơn vị nhận"))
                .body("detail", hasItems("undone=2 left=0"));
    }

    @Test
    @Order(10)
    void correction_revisesOnlyTheRecordsItConcerns_andLeavesWhatTheirOwnersPutElsewhere() throws Exception {
        execute(
                "commune_31",
                "UPDATE case_file SET unit_code = '10543', unit_vintage = '2025-07-01' WHERE case_number = '30-d'");
        String others =
                "SELECT string_agg(xmin::text, ' ' ORDER BY case_number) FROM case_file WHERE case_number IN ('30-a', '30-b')";
        String before = text("commune_31", others);

        UnitTopic.correctSuccessor(
                PlatformResource.platform().kafkaBootstrap(),
                Catalogue.REFORM,
                UnitId.parse("10513@2004-08-31"),
                UnitId.parse(STRANGER),
                UnitId.parse(NEW));
        await("it is done", () -> RestAssured.get(DAY).path("corrections.state").equals(List.of("done")));

        RestAssured.get(DAY)
                .then()
                .body("corrections.decision", contains("correction-of-10513"))
                .body("corrections.revised", contains(1))
                .body("corrections.leftAlone", contains(1))
                .body("summary.conserved", equalTo(true));
        assertThat(unit("30-c")).isEqualTo("10507@2025-07-01");
        assertThat(unit("30-d")).isEqualTo("10543@2025-07-01");
        assertThat(text("commune_31", others)).as("records of other units").isEqualTo(before);
        await(
                "its copy",
                () -> text("national", "SELECT unit_code FROM replica.case_file WHERE case_number = '30-c'")
                        .equals("10507"));
        await(
                "a manifest of what it is now",
                () -> RestAssured.get(DAY + "/manifests/" + CORRECTED).statusCode() == 200);
        RestAssured.get(DAY + "/manifests/" + CORRECTED).then().body("manifest.records.given", equalTo(1));
    }

    @Test
    @Order(11)
    void meter_findsALineThatWasTakenOutOfTheLedger() throws Exception {
        execute("commune_31", "DELETE FROM sync.handed_over WHERE record_key = '30-c'");
        await("the breach", () -> breached().equals(List.of("commune_30")));
        RestAssured.get(DAY)
                .then()
                .body("summary.conserved", equalTo(false))
                .body("parts.findAll { it.breach != null }.breach[0]", containsString("10513@2004-08-31"));
        release("{\"dataset\":\"case_file\",\"from\":\"commune_30\",\"accept\":true,\"reason\":\"đã đối chiếu\"}")
                .then()
                .statusCode(200);
        assertThat(breached()).isEmpty();
        await(
                "what is gone is told in a further version",
                () -> RestAssured.get(DAY + "/manifests/" + CORRECTED)
                        .path("manifest.records.given")
                        .equals(0));
        assertThat(breached()).isEmpty();
    }

    @Test
    @Order(12)
    void chain_shows_whereItWasTamperedWith() throws Exception {
        try (Connection held = connect("national");
                Statement lock = held.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(hashtext('sync.handover_entry'))"); // nobody seals meanwhile
            int entries = RestAssured.get("/v1/handovers/chain/verification").path("entries");
            String content = text("national", "SELECT content FROM sync.handover_entry WHERE place = 2");
            tamper(
                    "UPDATE sync.handover_entry SET content = replace(content, '\"given\":', '\"given\":1') WHERE place = 2");
            RestAssured.get("/v1/handovers/chain/verification")
                    .then()
                    .body("intact", equalTo(false))
                    .body("broken.place", equalTo(2))
                    .body("broken.why", containsString("mã băm"));
            tamper("UPDATE sync.handover_entry SET content = '" + content.replace("'", "''") + "' WHERE place = 2");
            RestAssured.get("/v1/handovers/chain/verification").then().body("intact", equalTo(true));

            execute(
                    "national",
                    "CREATE TABLE kept AS SELECT * FROM sync.handover_entry WHERE place IN (3, " + entries + ")");
            tamper("DELETE FROM sync.handover_entry WHERE place = 3");
            RestAssured.get("/v1/handovers/chain/verification")
                    .then()
                    .body("intact", equalTo(false))
                    .body("broken.why", equalTo("Thiếu mắt xích 3."));
            tamper("INSERT INTO sync.handover_entry SELECT * FROM kept WHERE place = 3");
            tamper("DELETE FROM sync.handover_entry WHERE place = " + entries);
            RestAssured.get("/v1/handovers/chain/verification")
                    .then()
                    .body("intact", equalTo(false))
                    .body("broken.place", equalTo(entries))
                    .body("broken.why", containsString("Nhật ký"));
            tamper("INSERT INTO sync.handover_entry SELECT * FROM kept WHERE place = " + entries);
            RestAssured.get("/v1/handovers/chain/verification").then().body("intact", equalTo(true));
        }
    }

    @Test
    @Order(13)
    void chain_isAnnouncedEntryByEntry_inItsOrderAndOnce() throws Exception {
        int entries = RestAssured.get("/v1/handovers/chain/verification").path("entries");
        List<JsonPath> events = new ArrayList<>();
        try (KafkaConsumer<String, String> log = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", PlatformResource.platform().kafkaBootstrap(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false"),
                new StringDeserializer(),
                new StringDeserializer())) {
            log.assign(List.of(new TopicPartition(Topics.HANDOVERS, 0)));
            await("every entry", () -> {
                log.poll(Duration.ofMillis(200)).forEach(record -> events.add(JsonPath.from(record.value())));
                return events.size() >= entries;
            });
            log.poll(Duration.ofSeconds(2)).forEach(record -> events.add(JsonPath.from(record.value())));
        }

        assertThat(events)
                .extracting(event -> event.getLong("data.sequence"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, entries).boxed().toList());
        for (JsonPath event : events) {
            assertThat(text(
                            "national",
                            "SELECT kind || ' ' || hash || ' ' || previous FROM sync.handover_entry WHERE place = "
                                    + event.getLong("data.sequence")))
                    .isEqualTo(switch (event.getString("type")) {
                                case "vn.dvhc.handover.sealed" -> "manifest ";
                                case "vn.dvhc.handover.signed" -> "signature ";
                                case "vn.dvhc.handover.completed" -> "day ";
                                default -> event.getString("type");
                            }
                            + event.getString("data.hash")
                            + " "
                            + event.getString("data.previous"));
        }
        assertThat(events)
                .filteredOn(event -> event.getString("type").equals("vn.dvhc.handover.completed"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getString("subject")).isEqualTo("2025-07-01");
                    assertThat(event.getLong("data.sequence")).isEqualTo(5);
                    assertThat(event.getInt("data.manifests")).isEqualTo(4);
                });
        assertThat(events.get(0).getString("subject")).isEqualTo(OLD);
        assertThat(events.get(0).getInt("data.records.given")).isEqualTo(2);
        assertThat(events)
                .filteredOn(event -> event.getString("type").equals("vn.dvhc.handover.signed"))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.getString("data.signed.side")).isIn("from", "to");
                    assertThat(event.prettify()).doesNotContain("can-bo", "signer", "person");
                });
    }

    private static Response plan(String body) {
        return RestAssured.given().contentType("application/json").body(body).post(DAY + "/plan");
    }

    private static List<String> breached() {
        return RestAssured.get(DAY).path("parts.findAll { it.breach != null }.from");
    }

    private static List<String> ids() {
        return RestAssured.get(DAY + "/manifests").path("manifests.id");
    }

    private static Response sign(String id, String side, int version) {
        return RestAssured.given()
                .contentType("application/json")
                .body("{\"side\":\"" + side + "\",\"version\":" + version + "}")
                .post(DAY + "/manifests/" + id + "/signatures");
    }

    private static Response undo(String id, String reason) {
        return RestAssured.given()
                .contentType("application/json")
                .body("{\"reason\":\"" + reason + "\"}")
                .post(DAY + "/manifests/" + id + "/undo");
    }

    /** What a case file of the receiving commune bears. */
    private static String unit(String key) throws SQLException {
        return text(
                "commune_31",
                "SELECT unit_code || '@' || unit_vintage FROM case_file WHERE case_number = '" + key + "'");
    }

    private static Response release(String body) {
        return RestAssured.given().contentType("application/json").body(body).post(DAY + "/release");
    }

    private static void insertCase(String key, String code) throws SQLException {
        execute(
                "commune_30",
                "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps) VALUES ('" + key
                        + "', '" + code + "', '2025-06-30', 'khai sinh', 'mở', 'tiếp nhận')");
    }

    /** As one would who has the database's superuser. */
    private static void tamper(String sql) throws SQLException {
        execute("national", "SET session_replication_role = replica; " + sql);
    }

    private static long number(String sql) throws SQLException {
        return Long.parseLong(text("national", sql));
    }
}
