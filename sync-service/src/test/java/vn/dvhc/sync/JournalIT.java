package vn.dvhc.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static vn.dvhc.sync.Probe.await;
import static vn.dvhc.sync.Probe.execute;
import static vn.dvhc.sync.Probe.text;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.security.SecurityAttribute;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.sync.lane.Lanes;
import vn.dvhc.time.BusinessClock;

/**
 * Every edit of a case's handling steps, before the reform of 2025-07-01 and after, in the databases of the old home and the new. On a platform of
 * its own. The order of the tests is that of time.
 */
@QuarkusTest
@TestProfile(JournalIT.Days.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestSecurity(user = "van-hanh", roles = "operator")
class JournalIT {

    /** A connector that fails while the platform is starting is tried again after a minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String OLD = "10510@2004-08-31";
    private static final String NEW = "10507@2025-07-01";
    private static final String CLAIM = "dvhc_unit";

    @Inject
    SyncConfig config;

    @Inject
    Lanes lanes;

    /** A platform whose case files have a journal, in the place of that of the other tests. */
    public static class Days implements QuarkusTestProfile {

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(PlatformResource.class, Map.of(PlatformResource.JOURNAL, "status, steps")));
        }
    }

    @Test
    @Order(1)
    void edits_areToldOneByOne_asTheOldHomeMadeThem() throws Exception {
        RestAssured.get("/v1/datasets/case_file").then().body("journal", equalTo(List.of("status", "steps")));
        assertThat(config.journal().days()).isEqualTo(3650);

        await(
                PATIENCE,
                "capture: what was there before is taken over as rows",
                () -> captured() == PlatformResource.SOURCES.size()
                        && number("SELECT count(*) FROM sync.known_copy") > 0
                        && number("SELECT count(*) FROM sync.snapshot_wish") == 0);
        insertCase("commune_30", "a", "10510", "2025-06-30", "mới");
        // Two in one transaction: a copy need not see both, the journal does.
        execute(
                "commune_30",
                "BEGIN; UPDATE case_file SET steps = 'thẩm tra' WHERE case_number = 'a';"
                        + " UPDATE case_file SET steps = 'trình ký', status = 'chờ ký' WHERE case_number = 'a'; COMMIT");
        execute("commune_30", "UPDATE case_file SET updated_at = now(), hamlet = 'Thôn 1' WHERE case_number = 'a'");
        insertCase("commune_31", "b", "318", "2025-06-30", "mới");
        execute(
                "province_30",
                "INSERT INTO permit (permit_number, unit_code, unit_vintage, kind, holder_kind, status)"
                        + " VALUES ('p', '10510', '2025-06-30', 'xây dựng', 'hộ', 'mở')");

        await(
                PATIENCE,
                "copies",
                () -> copied("a", "hamlet").equals("Thôn 1") && number("SELECT count(*) FROM replica.permit") == 1);
        assertThat(edits("a"))
                .containsExactly(
                        "commune_30 created {} {status=mới, steps=tiếp nhận}",
                        "commune_30 edited {steps=tiếp nhận} {steps=thẩm tra}",
                        "commune_30 edited {status=mới, steps=thẩm tra} {status=chờ ký, steps=trình ký}");
        RestAssured.get("/v1/records/case_file/a/journey")
                .then()
                .body("events.findAll { it.kind == 'edited' }.from.unique()", equalTo(List.of(OLD)))
                .body("events.findAll { it.kind == 'edited' }.late.unique()", equalTo(List.of(false)));
        assertThat(number("SELECT count(*) FROM sync.record_edit WHERE dataset <> 'case_file'"))
                .as("no other dataset has a journal")
                .isZero();
    }

    @Test
    @Order(2)
    void rowsThatAreSentAgain_areNoEdits() throws Exception {
        RestAssured.post("/v1/sources/commune_30/snapshots").then().statusCode(202);
        execute("commune_30", "UPDATE case_file SET steps = 'đã ký' WHERE case_number = 'a'");
        await(
                PATIENCE,
                "the snapshot",
                () -> number("SELECT count(*) FROM sync.snapshot_barrier WHERE source = 'commune_30'") == 1
                        && number("SELECT count(*) FROM sync.snapshot_wish WHERE source = 'commune_30'") == 0);
        await(PATIENCE, "the edit", () -> copied("a", "steps").equals("đã ký"));

        assertThat(edits("a")).hasSize(4).endsWith("commune_30 edited {steps=trình ký} {steps=đã ký}");
    }

    @Test
    @Order(3)
    void reform_isNoEdit_neitherInPlaceNorAcrossDatabases() throws Exception {
        BusinessClock.set(config.clockFile().orElseThrow(), Instant.parse("2025-06-30T17:00:01Z"));
        UnitTopic.publishUntil(PlatformResource.platform().kafkaBootstrap(), Catalogue.REFORM);
        await(
                PATIENCE,
                "handed over",
                () -> "done".equals(RestAssured.get("/v1/handovers/2025-07-01").path("summary.state")));
        await(
                PATIENCE,
                "the copies follow",
                () -> copied("a", "sync_home").equals("commune_31")
                        && copied("b", "unit_vintage").equals("2025-07-01"));

        assertThat(edits("a")).hasSize(4).allMatch(edit -> edit.startsWith("commune_30 "));
        assertThat(edits("b")).containsExactly("commune_31 created {} {status=mới, steps=tiếp nhận}");
        assertThat(number("SELECT count(*) FROM sync.record_edit WHERE record_key = 'a'"))
                .as("what was carried is not even written")
                .isEqualTo(4);
    }

    @Test
    @Order(4)
    void lateEdits_andThoseOfTheNewHome_standInOneOrder() throws Exception {
        execute("commune_30", "UPDATE case_file SET steps = 'bổ sung muộn' WHERE case_number = 'a'");
        await(
                PATIENCE,
                "it follows, and its echo is copied",
                () -> copied("a", "steps").equals("bổ sung muộn"));
        execute("commune_31", "UPDATE case_file SET status = 'xong' WHERE case_number = 'a'");
        execute("commune_31", "UPDATE case_file SET steps = 'trả kết quả' WHERE case_number = 'a'");
        // The record was edited in its new home since: this one waits for a person, and was made all the same.
        execute("commune_30", "UPDATE case_file SET steps = 'muộn nữa' WHERE case_number = 'a'");
        await(PATIENCE, "all", () -> edits("a").size() == 8);

        assertThat(edits("a").subList(4, 8))
                .containsExactly(
                        "commune_30 edited {steps=đã ký} {steps=bổ sung muộn}",
                        "commune_31 edited {status=chờ ký} {status=xong}",
                        "commune_31 edited {steps=bổ sung muộn} {steps=trả kết quả}",
                        "commune_30 edited {steps=bổ sung muộn} {steps=muộn nữa}");
        RestAssured.get("/v1/records/case_file/a/journey")
                .then()
                .body(
                        "events.findAll { it.kind == 'edited' }.late",
                        equalTo(List.of(false, false, false, false, true, false, false, true)))
                .body(
                        "events.findAll { it.kind == 'edited' }.from",
                        equalTo(List.of(OLD, OLD, OLD, OLD, OLD, NEW, NEW, OLD)))
                .body(
                        "events.kind",
                        equalTo(List.of(
                                "edited",
                                "edited",
                                "edited",
                                "edited",
                                "handed-over",
                                "edited",
                                "edited",
                                "edited",
                                "edited",
                                "conflict")))
                .body("truncated", equalTo(false));
    }

    @Test
    @Order(5)
    void messagesThatComeAgain_addNothing() throws Exception {
        List<String> before = edits("a");
        long lines = number("SELECT count(*) FROM sync.record_edit");
        long letters = number("SELECT count(*) FROM sync.dead_letter");
        // As if the national database had been restored without its progress: all topics are read again from their
        // beginning.
        execute("national", "UPDATE sync.progress SET next_offset = 0 WHERE topic LIKE 'cdc.%case_file'");
        execute("commune_30", "UPDATE case_file SET steps = 'lần nữa' WHERE case_number = 'a'");
        execute("commune_31", "UPDATE case_file SET status = 'đóng' WHERE case_number = 'a'");

        await(PATIENCE, "what is new", () -> edits("a").size() == before.size() + 2);
        await(
                PATIENCE,
                "all was read again",
                () -> lanes.closed().isEmpty()
                        && number(
                                        "SELECT count(*) FROM sync.progress WHERE topic LIKE 'cdc.%case_file' AND next_offset = 0")
                                == 0);
        assertThat(edits("a").subList(0, before.size())).isEqualTo(before);
        assertThat(edits("a"))
                .endsWith(
                        "commune_30 edited {steps=muộn nữa} {steps=lần nữa}",
                        "commune_31 edited {status=xong} {status=đóng}");
        assertThat(edits("b")).hasSize(1);
        assertThat(number("SELECT count(*) FROM sync.dead_letter")).isEqualTo(letters);
        assertThat(number("SELECT count(*) FROM sync.record_edit"))
                .as("two edits, and at most the two records that were carried")
                .isBetween(lines + 2, lines + 4);
    }

    @Test
    @Order(6)
    void endOfARecord_isItsLastEdit_andALaterOneOfTheSameKeyABeginning() throws Exception {
        execute("commune_31", "DELETE FROM case_file WHERE case_number = 'b'");
        insertCase("commune_31", "b", "10507", "2025-07-01", "mở lại");
        await(PATIENCE, "both", () -> edits("b").size() == 3);

        assertThat(edits("b"))
                .containsExactly(
                        "commune_31 created {} {status=mới, steps=tiếp nhận}",
                        "commune_31 deleted {status=mới, steps=tiếp nhận} {}",
                        "commune_31 created {} {status=mở lại, steps=tiếp nhận}");
    }

    @Test
    @Order(7)
    void oldLines_areTakenAway() throws Exception {
        execute(
                "national",
                "INSERT INTO sync.record_edit (dataset, record_key, source, epoch, position, kind, before, after, late, committed_at)"
                        + " VALUES ('case_file', 'old', 'commune_30', 1, 1, 'created', '{}', '{}', false, now() - interval '3651 days'),"
                        + " ('case_file', 'old', 'commune_30', 1, 2, 'edited', '{}', '{}', false, now() - interval '3649 days')");

        await(
                PATIENCE,
                "the oldest goes",
                () -> number("SELECT count(*) FROM sync.record_edit WHERE record_key = 'old'") == 1);
        assertThat(edits("a")).isNotEmpty();
    }

    @Test
    @Order(8)
    @TestSecurity(user = "moi", roles = "unit-officer", attributes = @SecurityAttribute(key = CLAIM, value = NEW))
    void officers_seeTheEditsOfTheirRecords() {
        RestAssured.get("/v1/records/case_file/a/journey").then().statusCode(200);
        assertThat(edits("a")).hasSize(10);
    }

    @Test
    @Order(8)
    @TestSecurity(
            user = "la",
            roles = "unit-officer",
            attributes = @SecurityAttribute(key = CLAIM, value = "10525@2025-07-01"))
    void officersOfOthers_dont() {
        RestAssured.get("/v1/records/case_file/a/journey").then().statusCode(403);
    }

    /** Database, what was done, and the columns before and after. */
    private static List<String> edits(String key) {
        List<Map<String, Object>> events =
                RestAssured.get("/v1/records/case_file/" + key + "/journey").path("events");
        return events.stream()
                .filter(event -> event.get("kind").equals("edited"))
                .map(event -> event.get("database") + " " + event.get("detail") + " " + event.get("before") + " "
                        + event.get("after"))
                .toList();
    }

    /** Sources whose connectors run. */
    private static long captured() {
        List<String> states = RestAssured.get("/v1/sources").path("sources.connector.state");
        return states == null ? 0 : states.stream().filter("running"::equals).count();
    }

    private static String copied(String key, String column) throws SQLException {
        return String.valueOf(
                text("national", "SELECT " + column + " FROM replica.case_file WHERE case_number = '" + key + "'"));
    }

    private static long number(String sql) throws SQLException {
        return Long.parseLong(text("national", sql));
    }

    private static void insertCase(String database, String key, String code, String vintage, String status)
            throws SQLException {
        execute(
                database,
                "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps) VALUES ('" + key
                        + "', '" + code + "', '" + vintage + "', 'khai sinh', '" + status + "', 'tiếp nhận')");
    }
}
