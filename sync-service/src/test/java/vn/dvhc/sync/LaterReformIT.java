package vn.dvhc.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static vn.dvhc.sync.Probe.await;
import static vn.dvhc.sync.Probe.execute;
import static vn.dvhc.sync.Probe.text;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.local.Databases;
import vn.dvhc.sync.status.Books;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * What comes after the reform of 2025-07-01: days that only rename, and a reform of the reformed. Former homes are archives by then, one of
 * whose keys the new home has too. On a platform of its own. The order of the tests is that of time.
 */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@TestProfile(LaterReformIT.Years.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestSecurity(user = "van-hanh", roles = "operator")
class LaterReformIT {

    private static final LocalDate RENAMED = LocalDate.of(2026, 4, 30);
    private static final LocalDate LATER = LocalDate.of(2026, 7, 1);
    private static final LocalDate LATEST = LocalDate.of(2027, 7, 1);
    /** A commune that the reform leaves as it is. */
    private static final String KEPT = "01144";

    private static final String DAY = "/v1/handovers/2025-07-01";

    @Inject
    SyncConfig config;

    @Inject
    Books books;

    @Inject
    UnitKnowledge knowledge;

    /** Nothing is set otherwise: it only keeps these years apart from those of other tests. */
    public static class Years implements QuarkusTestProfile {}

    @Test
    @Order(1)
    void keyOfTwoHomes_isRefusedWhereItIsTaken_andTheOtherRecordGoesItsWay() throws Exception {
        insertCase("commune_30", "30-a", "10510", "2020-01-01", "đang giải quyết");
        insertCase("commune_30", "30-b", "10510", "2025-06-30", "đang giải quyết");
        insertCase("commune_30", "same", "10510", "2025-06-30", "của Hải Dương");
        insertCase("commune_30", "bad", "99998", "2025-06-30", "không đọc được");
        insertCase("commune_31", "kept", KEPT, "2025-06-30", "đang giải quyết");
        insertCase("commune_31", "same", "318", "2025-06-30", "của Hải Phòng");
        insertCase("commune_31", "bad", "318", "2025-06-30", "của Hải Phòng");

        reform("2025-06-30T17:00:01Z", Catalogue.REFORM);

        assertThat(text("commune_31", "SELECT unit_code || ' ' || status FROM case_file WHERE case_number = 'same'"))
                .isEqualTo("11948 của Hải Phòng");
        assertThat(text("commune_31", "SELECT unit_code || ' ' || status FROM case_file WHERE case_number = 'bad'"))
                .isEqualTo("11948 của Hải Phòng");
        assertThat(text("commune_30", "SELECT unit_code || ' ' || status FROM case_file WHERE case_number = 'same'"))
                .isEqualTo("10510 của Hải Dương");
        Books.Summary summary = books.handOver(Catalogue.REFORM).orElseThrow();
        assertThat(summary.conserved()).isTrue();
        assertThat(summary.in()).isEqualTo(7);
        assertThat(summary.kept()).isEqualTo(1);
        assertThat(summary.moved()).isEqualTo(4);
        assertThat(summary.rejected()).isEqualTo(2);
        assertThat(books.manifests(Catalogue.REFORM)).isNotEmpty().allMatch(Books.Manifest::equal);
        RestAssured.get(DAY).then().body("parts.findAll { it.breach != null }", equalTo(List.of()));

        // Nor does a late change of the record that stayed behind reach the other one.
        execute("commune_30", "UPDATE case_file SET status = 'sửa muộn' WHERE case_number = 'same'");
        await(
                "the late change waits for a person",
                () -> RestAssured.get("/v1/conflicts?kind=late-change")
                        .<List<String>>path("conflicts.key")
                        .contains("same"));
        assertThat(text("commune_31", "SELECT status FROM case_file WHERE case_number = 'same'"))
                .isEqualTo("của Hải Phòng");
    }

    @Test
    @Order(2)
    void ledger_keepsWhatARecordBore() throws Exception {
        assertThat(text(
                        "commune_31",
                        "SELECT string_agg(record_key || '=' || from_code || '@' || from_vintage, ' ' ORDER BY record_key)"
                                + " FROM sync.handed_over WHERE from_home = 'commune_30' AND outcome = 'moved'"))
                .isEqualTo("30-a=10510@2020-01-01 30-b=10510@2025-06-30");
        RestAssured.get("/v1/records/case_file/30-a/journey")
                .then()
                .body(
                        "events.detail",
                        hasItem("moved: commune_30 → commune_31, ngày 2025-07-01, trước đó mang mã 10510"
                                + " (đọc ngày 2020-01-01)"));
    }

    @Test
    @Order(3)
    void lateChange_belongsToTheHandOver_whateverWasRenamedSince() throws Exception {
        clock("2026-04-29T17:00:01Z");
        UnitTopic.publishUntil(PlatformResource.platform().kafkaBootstrap(), RENAMED);
        await("the day that renames", () -> knowledge.state().lastDay().equals(RENAMED));
        long before = books.handOver(Catalogue.REFORM).orElseThrow().in();

        insertCase("commune_30", "30-late", "10510", "2025-06-30", "nộp muộn");

        await(
                "it follows",
                () -> text("commune_31", "SELECT count(*) FROM case_file WHERE case_number = '30-late'")
                        .equals("1"));
        Books.Summary summary = books.handOver(Catalogue.REFORM).orElseThrow();
        assertThat(summary.in()).isEqualTo(before + 1);
        assertThat(summary.conserved()).isTrue();
        assertThat(unit("30-late")).isEqualTo("10507@2025-07-01");
    }

    @Test
    @Order(4)
    void unitThatTheNewOwnerChose_staysWhenTheFormerHomeWritesLate() throws Exception {
        execute(
                "commune_31",
                "UPDATE case_file SET unit_code = '10525', unit_vintage = '2025-07-01' WHERE case_number = '30-b'");
        execute("commune_30", "UPDATE case_file SET status = 'bổ sung' WHERE case_number = '30-b'");

        await(
                "the late change",
                () -> text("commune_31", "SELECT status FROM case_file WHERE case_number = '30-b'")
                        .equals("bổ sung"));
        assertThat(unit("30-b")).isEqualTo("10525@2025-07-01");
    }

    @Test
    @Order(5)
    void unreadableChangeOfAFormerHome_isADeadLetter_andTheRecordIsNoLessHandedOver() throws Exception {
        insertCase("commune_30", "30-x", "10510", "2025-06-30", "nộp muộn");
        await(
                "it follows",
                () -> text("commune_31", "SELECT count(*) FROM case_file WHERE case_number = '30-x'")
                        .equals("1"));
        Books.Summary before = books.handOver(Catalogue.REFORM).orElseThrow();

        execute("commune_30", "UPDATE case_file SET unit_code = '99998' WHERE case_number = '30-x'");

        await(
                "the letter",
                () -> RestAssured.get("/v1/dead-letters?key=30-x")
                        .<List<String>>path("key")
                        .contains("30-x"));
        Books.Summary after = books.handOver(Catalogue.REFORM).orElseThrow();
        assertThat(after.rejected()).isEqualTo(before.rejected());
        assertThat(after.moved()).isEqualTo(before.moved());
        assertThat(after.conserved()).isTrue();
        assertThat(text(
                        "commune_31",
                        "SELECT outcome || ' ' || (to_unit IS NOT NULL) FROM sync.handed_over WHERE record_key = '30-x'"
                                + " AND enactment = '2025-07-01'"))
                .isEqualTo("moved true");
    }

    @Test
    @Order(6)
    void correctionThatEndsAUnit_recodesTheRecordsThatHadBeenKept() throws Exception {
        assertThat(unit("kept")).isEqualTo(KEPT + "@2025-06-30");

        UnitTopic.correct(
                PlatformResource.platform().kafkaBootstrap(),
                Catalogue.REFORM,
                "ends-it-too",
                List.of(new UnitChange.Abolish(UnitCode.of(KEPT), Basis.NONE), passes(KEPT, "10507")));
        await("it is done", () -> RestAssured.get(DAY).path("corrections.state").equals(List.of("done")));

        RestAssured.get(DAY)
                .then()
                .body("corrections.revised", equalTo(List.of(1)))
                .body("corrections.leftAlone", equalTo(List.of(0)))
                .body("corrections.elsewhere", equalTo(List.of(0)))
                .body("summary.conserved", equalTo(true));
        assertThat(unit("kept")).isEqualTo("10507@2025-07-01");
    }

    @Test
    @Order(7)
    void laterReform_handsOverWhereRecordsLive_andLeavesArchivesAlone() throws Exception {
        long archived = Long.parseLong(text("commune_30", "SELECT count(*) FROM case_file WHERE unit_code = '10510'"));
        clock("2026-06-30T17:00:01Z");
        UnitTopic.publish(
                PlatformResource.platform().kafkaBootstrap(),
                LATER,
                List.of(new UnitChange.Abolish(UnitCode.of("10507"), Basis.NONE), passes("10507", "10525")));
        awaitDone(LATER);

        assertThat(unit("30-a")).isEqualTo("10525@2026-07-01");
        assertThat(unit("30-late")).isEqualTo("10525@2026-07-01");
        assertThat(unit("30-b")).as("it was there already").isEqualTo("10525@2025-07-01");
        assertThat(text("commune_30", "SELECT count(*) FROM case_file WHERE unit_code = '10510'"))
                .isEqualTo(String.valueOf(archived));
        Books.Summary summary = books.handOver(LATER).orElseThrow();
        assertThat(summary.conserved()).isTrue();
        assertThat(summary.moved()).isEqualTo(4);
        assertThat(summary.rejected()).isZero();
        RestAssured.get("/v1/handovers/" + LATER)
                .then()
                .body("parts.findAll { it.from != it.to }", equalTo(List.of()))
                .body("parts.findAll { it.breach != null }", equalTo(List.of()));

        // A late change of the archive still follows its record, over both reforms.
        execute("commune_30", "UPDATE case_file SET status = 'sau hai lần' WHERE case_number = '30-a'");
        await(
                "the late change",
                () -> text("commune_31", "SELECT status FROM case_file WHERE case_number = '30-a'")
                        .equals("sau hai lần"));
        // And another one: what the first has written is not an edit of the new home's owner.
        execute("commune_30", "UPDATE case_file SET status = 'sau hai lần nữa' WHERE case_number = '30-a'");
        await(
                "the second late change",
                () -> text("commune_31", "SELECT status FROM case_file WHERE case_number = '30-a'")
                        .equals("sau hai lần nữa"));
        assertThat(unit("30-a")).isEqualTo("10525@2026-07-01");
        assertThat(books.handOver(LATER).orElseThrow().conserved()).isTrue();
    }

    @Test
    @Order(8)
    void formerHome_isClosedAsAnArchive_thatStillAnswers() throws Exception {
        archive("commune_31", "nhầm").then().statusCode(409).body("detail", containsString("vẫn đang là nơi ở"));
        archive("commune_99", "không có").then().statusCode(404);
        archive("commune_30", " ").then().statusCode(400);

        archive("commune_30", "các phần mềm đã chuyển sang nơi mới")
                .then()
                .statusCode(200)
                .body("successor", equalTo("commune_31"))
                .body("closedAt", notNullValue())
                .body("tables", equalTo(List.of("case_file")));

        assertThatThrownBy(() -> insertCase("commune_30", "30-after", "10510", "2025-06-30", "muộn"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Kho lưu trữ, chỉ để đọc: hồ sơ đã bàn giao sang commune_31");
        assertThatThrownBy(() -> execute("commune_30", "TRUNCATE case_file")).isInstanceOf(SQLException.class);
        assertThat(text("commune_30", "SELECT status FROM case_file WHERE case_number = '30-a'"))
                .isEqualTo("sau hai lần nữa");
        RestAssured.get("/v1/records/case_file/30-a/journey").then().body("versions.kind", hasItem("archive"));
        RestAssured.get("/v1/audit?action=archive-close").then().body("subject", hasItem("source:commune_30"));

        RestAssured.delete("/v1/sources/commune_30/archive?reason=kiểm tra lại")
                .then()
                .statusCode(200)
                .body("closedAt", nullValue());
        RestAssured.delete("/v1/sources/commune_30/archive?reason=lần nữa")
                .then()
                .statusCode(409);
        insertCase("commune_30", "30-after", "10510", "2025-06-30", "muộn");
    }

    @Test
    @Order(9)
    @TestSecurity(user = "canbo", roles = "unit-officer")
    void archives_areClosedByOperatorsOnly() {
        archive("commune_30", "tôi muốn").then().statusCode(403);
        RestAssured.get("/v1/sources/commune_30/archive").then().statusCode(403);
    }

    @Test
    @Order(10)
    void lateChangesOfBothArchives_followTheRecord_whichHasMovedOnToAThirdHome() throws Exception {
        join("33");
        execute("commune_31", "UPDATE case_file SET status = 'sửa ở Hải Phòng' WHERE case_number = '30-late'");
        // The second record of the first batch makes the hand-over stop, so that none is in the third home yet.
        execute(
                "commune_33",
                "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
                        + " CREATE TRIGGER lose BEFORE INSERT ON sync.handed_over FOR EACH ROW"
                        + " WHEN (NEW.record_key = '30-after') EXECUTE FUNCTION lose()");
        List<UnitChange> changes =
                new ArrayList<>(List.of(new UnitChange.Abolish(UnitCode.of("31"), Basis.NONE), passes("31", "33")));
        communes("31").forEach(commune -> {
            changes.add(new UnitChange.Reparent(commune.code(), UnitCode.of("33"), Basis.NONE));
            if (communes("33").anyMatch(other -> other.name().equals(commune.name()))) {
                changes.add(new UnitChange.Rename(commune.code(), commune.name() + " Hải Phòng", Basis.NONE));
            }
        });

        clock("2027-06-30T17:00:01Z");
        UnitTopic.publish(PlatformResource.platform().kafkaBootstrap(), LATEST, changes);
        await(
                "it has stopped",
                () -> RestAssured.get("/v1/handovers/" + LATEST)
                        .<List<String>>path("parts.findAll { it.breach != null }.from")
                        .equals(List.of("commune_31")));
        RestAssured.get("/v1/sync/status")
                .then()
                .body(
                        "lanes.findAll { it.target == 'commune_33' && it.state == 'held' }.source",
                        containsInAnyOrder("commune_30", "commune_31"));
        long passed = passed();
        execute("commune_30", "UPDATE case_file SET status = 'muộn, đang bàn giao' WHERE case_number = '30-a'");
        await("the stream has passed it", () -> passed() > passed);
        assertThat(text("commune_33", "SELECT count(*) FROM case_file")).isEqualTo("0");

        execute("commune_33", "DROP TRIGGER lose ON sync.handed_over");
        RestAssured.given()
                .contentType("application/json")
                .body("{\"dataset\":\"case_file\",\"from\":\"commune_31\",\"reason\":\"đã gỡ\"}")
                .post("/v1/handovers/" + LATEST + "/release")
                .then()
                .statusCode(200);
        awaitDone(LATEST);

        await("it follows", () -> status("30-a").equals("muộn, đang bàn giao"));
        execute("commune_30", "UPDATE case_file SET status = 'muộn, lần nữa' WHERE case_number = '30-a'");
        await("so does the next", () -> status("30-a").equals("muộn, lần nữa"));
        execute("commune_31", "UPDATE case_file SET status = 'muộn, từ Hải Phòng' WHERE case_number = '30-b'");
        await("so does that of the second archive", () -> status("30-b").equals("muộn, từ Hải Phòng"));
        // What somebody edited on the way is not overwritten.
        execute("commune_30", "UPDATE case_file SET status = 'muộn, khác' WHERE case_number = '30-late'");
        await("a person decides", () -> conflicts().contains("30-late"));
        assertThat(status("30-late")).isEqualTo("sửa ở Hải Phòng");

        assertThat(conflicts()).doesNotContain("30-a", "30-b");
        assertThat(text(
                        "commune_33",
                        "SELECT unit_code || '@' || unit_vintage FROM case_file WHERE case_number = '30-a'"))
                .isEqualTo("10525@2026-07-01");
        Books.Summary summary = books.handOver(LATEST).orElseThrow();
        assertThat(summary.conserved()).isTrue();
        assertThat(summary.moved()).isZero();
        await(
                "the nation's copy",
                () -> text(
                                "national",
                                "SELECT status || ' ' || sync_home FROM replica.case_file WHERE case_number = '30-a'")
                        .equals("muộn, lần nữa commune_33"));
        RestAssured.get("/v1/records/case_file/30-a/journey").then().body("home", equalTo("commune_33"));
    }

    @Test
    @Order(11)
    void correctionToAUnitOfAnotherDatabase_tellsHowManyRecordsStayWhereTheyAre() throws Exception {
        join("01");
        UnitTopic.correct(
                PlatformResource.platform().kafkaBootstrap(),
                LATEST,
                "goes-elsewhere",
                List.of(new UnitChange.Abolish(UnitCode.of("11948"), Basis.NONE), passes("11948", "00004")));
        await(
                "it is done",
                () -> RestAssured.get("/v1/handovers/" + LATEST)
                        .path("corrections.state")
                        .equals(List.of("done")));

        RestAssured.get("/v1/handovers/" + LATEST)
                .then()
                .body("corrections.revised", equalTo(List.of(2)))
                .body("corrections.elsewhere", equalTo(List.of(2)))
                .body("summary.conserved", equalTo(true));
        assertThat(
                        text(
                                "commune_33",
                                "SELECT string_agg(case_number, ' ' ORDER BY case_number) FROM case_file WHERE unit_code = '00004'"))
                .isEqualTo("bad same");
        assertThat(text("commune_01", "SELECT count(*) FROM case_file")).isEqualTo("0");
    }

    @Test
    @Order(12)
    void correctionThatGivesAUnitToAnotherProvince_tellsOfTheRecordsItHadKept() throws Exception {
        long records = Long.parseLong(text("commune_33", "SELECT count(*) FROM case_file WHERE unit_code = '10525'"));
        UnitTopic.correct(
                PlatformResource.platform().kafkaBootstrap(),
                LATEST,
                "goes-to-01",
                List.of(new UnitChange.Reparent(UnitCode.of("10525"), UnitCode.of("01"), Basis.NONE)));
        await(
                "it is done",
                () -> RestAssured.get("/v1/handovers/" + LATEST)
                        .path("corrections.state")
                        .equals(List.of("done", "done")));

        assertThat(records).isPositive();
        RestAssured.get("/v1/handovers/" + LATEST)
                .then()
                .body("corrections.revised", equalTo(List.of(2, 0)))
                .body("corrections.elsewhere", equalTo(List.of(2, (int) records)))
                .body("summary.conserved", equalTo(true));
    }

    @Test
    @Order(13)
    void correctionOfADay_leavesWhatHasBecomeAnArchiveAsItIs_andTellsHowMuch() throws Exception {
        archive("commune_31", "các phần mềm đã chuyển sang nơi mới").then().statusCode(200);
        Timeline timeline = knowledge.state().timeline();
        UnitTopic.correctSuccessor(
                PlatformResource.platform().kafkaBootstrap(),
                Catalogue.REFORM,
                timeline.unit(UnitCode.of("318"), Catalogue.REFORM.minusDays(1))
                        .orElseThrow()
                        .id(),
                timeline.unit(UnitCode.of("11948"), Catalogue.REFORM)
                        .orElseThrow()
                        .id(),
                timeline.unit(UnitCode.of("10525"), Catalogue.REFORM)
                        .orElseThrow()
                        .id());
        await("it is done", () -> RestAssured.get(DAY).path("corrections.state").equals(List.of("done", "done")));

        RestAssured.get(DAY)
                .then()
                .body("corrections.revised", equalTo(List.of(1, 0)))
                // Those of the island, and one that its owner had put into the unit that is concerned now.
                .body("corrections.leftAlone", equalTo(List.of(0, 3)))
                .body("summary.conserved", equalTo(true));
        assertThat(
                        text(
                                "commune_31",
                                "SELECT string_agg(case_number, ' ' ORDER BY case_number) FROM case_file WHERE unit_code = '11948'"))
                .isEqualTo("bad same");
    }

    /** A further province's database of communes. */
    private static void join(String province) throws Exception {
        String name = "commune_" + province;
        int port = PlatformResource.platform().postgresPort();
        new Databases(port).createSource(name, "commune");
        RestAssured.given()
                .contentType("application/json")
                .body("{\"name\":\"" + name + "\",\"tier\":\"commune\",\"province\":\"" + province
                        + "\",\"vintage\":\"2025-07-01\",\"epoch\":1,\"database\":\"127.0.0.1:" + port + "/" + name
                        + "\"}")
                .post("/v1/sources")
                .then()
                .statusCode(201);
        await(
                name + " runs",
                () -> "running".equals(RestAssured.get("/v1/sources/" + name).path("connector.state")));
    }

    private Stream<Unit> communes(String province) {
        Timeline timeline = knowledge.state().timeline();
        UnitId id = timeline.unit(UnitCode.of(province), LATER).orElseThrow().id();
        return timeline.units(LATER, Level.COMMUNE, id).stream();
    }

    /** How far the stream has brought the first archive's changes. */
    private static long passed() throws SQLException {
        return Long.parseLong(
                text(
                        "national",
                        "SELECT coalesce(sum(next_offset), 0) FROM sync.progress WHERE topic = 'cdc.commune_30.public.case_file'"));
    }

    private static String status(String key) throws SQLException {
        return text("commune_33", "SELECT status FROM case_file WHERE case_number = '" + key + "'");
    }

    private static List<String> conflicts() {
        return RestAssured.get("/v1/conflicts?kind=late-change").path("conflicts.key");
    }

    private static Response archive(String source, String reason) {
        return RestAssured.given()
                .contentType("application/json")
                .body("{\"reason\":\"" + reason + "\"}")
                .put("/v1/sources/" + source + "/archive");
    }

    private static UnitChange passes(String from, String to) {
        return new UnitChange.Succeed(
                UnitCode.of(from), UnitCode.of(to), Extent.FULL, Portion.WHOLE, Confidence.ACT, Basis.NONE);
    }

    private void reform(String instant, LocalDate day) throws Exception {
        await(
                "everything copied",
                () -> text("national", "SELECT count(*) FROM replica.case_file").equals("5"));
        clock(instant);
        UnitTopic.publishUntil(PlatformResource.platform().kafkaBootstrap(), day);
        awaitDone(day);
    }

    private void awaitDone(LocalDate day) throws Exception {
        await(
                "handed over: " + day,
                () -> books.handOver(day)
                        .filter(summary -> summary.state().equals("done"))
                        .isPresent());
    }

    private void clock(String instant) throws Exception {
        BusinessClock.set(config.clockFile().orElseThrow(), Instant.parse(instant));
    }

    private static String unit(String key) throws SQLException {
        return text(
                "commune_31",
                "SELECT unit_code || '@' || unit_vintage FROM case_file WHERE case_number = '" + key + "'");
    }

    private static void insertCase(String database, String key, String code, String vintage, String status)
            throws SQLException {
        execute(
                database,
                "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps) VALUES ('" + key
                        + "', '" + code + "', '" + vintage + "', 'khai sinh', '" + status + "', 'tiếp nhận')");
    }
}
