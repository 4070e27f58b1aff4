package vn.dvhc.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static vn.dvhc.sync.Probe.await;
import static vn.dvhc.sync.Probe.execute;
import static vn.dvhc.sync.Probe.text;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.SecurityAttribute;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.sync.status.Books;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitRef;

/** The clerks' queue on the real parts, after the reform: by its name it comes after the tests of the reform itself. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestSecurity(user = "an", roles = "operator")
class SyncQueueIT {

    private static final LocalDate BEFORE = UnitTopic.BEFORE;
    private static final String HOME = "commune_31";
    private static final String CLAIM = "dvhc_unit";

    /** Phường Cầu Đất, which is {@link #split}, and the two it went to. */
    private static final String SPLIT = "11353@2004-08-31";

    private static final String FIRST = "11359@2025-07-01";
    private static final String SECOND = "11383@2025-07-01";

    private static String assignment = "";

    @Inject
    Books books;

    @Inject
    UnitKnowledge knowledge;

    @Inject
    SyncConfig config;

    @BeforeAll
    static void showRefusals() {
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    }

    @Test
    @Order(10)
    void queue_isFilteredPagedAndGrouped_withSuggestions() throws Exception {
        reform();
        assertThat(split().id()).hasToString(SPLIT);
        assertThat(List.of(to(0), to(1))).containsExactly(FIRST, SECOND);
        declare("{address: steps, threshold: certain}", "certain");
        // A snapshot shows records once more, and they are decided as their dataset allows then.
        await(
                "the first snapshots are over",
                () -> text("national", "SELECT count(*) FROM sync.snapshot_wish")
                        .equals("0"));
        for (int i = 1; i <= 5; i++) {
            insert("Q-" + i, i == 5 ? "thôn  Q" : "Thôn Q", "x");
        }
        insert("Q-6", "Thôn R", "Số 1, " + candidates().get(1).fullName());
        insert("Q-7", null, "x");
        await(
                "all wait",
                () -> queue("unit=" + split().id() + "&home=" + HOME).stream()
                                .filter(key -> key.startsWith("Q-"))
                                .count()
                        == 7);

        assertThat(queue("locality=thôn q")).containsExactlyInAnyOrder("Q-1", "Q-2", "Q-3", "Q-4");
        assertThat(queue("dataset=permit")).doesNotContain("Q-1");
        assertThat(queue("candidate=" + split().id())).isEmpty();
        assertThat(queue("candidate=" + candidates().get(0).id())).contains("Q-1");
        assertThat(queue("enactment=2020-01-01")).isEmpty();
        assertThat(queue("home=commune_30")).doesNotContain("Q-1");
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            Response page = RestAssured.get("/v1/queue?limit=2&locality=thôn" + cursor);
            List<String> cursors = page.path("cursor");
            paged.addAll(page.path("key"));
            cursor = cursors.size() < 2 ? "" : "&cursor=" + cursors.get(1);
        } while (!cursor.isEmpty());
        assertThat(paged).doesNotHaveDuplicates().contains("Q-1", "Q-2", "Q-3", "Q-4", "Q-5", "Q-6");

        RestAssured.get("/v1/queue/groups?locality=q&unit=" + split().id())
                .then()
                .statusCode(200)
                .body("[0].locality", is("thôn q"))
                .body("[0].records", is(5))
                .body("[0].datasets.case_file", is(5))
                .body("[0].fullName", is(split().fullName()))
                .body("[0].candidates", hasItem(candidates().get(1).id().toString()));
        RestAssured.get("/v1/queue/case_file/Q-6")
                .then()
                .statusCode(200)
                .body("waiting", is(true))
                .body("home", is(HOME))
                .body("present", is(true))
                .body("code", is(split().code().value()))
                .body("suggestions[0].unit", is(candidates().get(1).id().toString()))
                .body("suggestions[0].confidence", is("strong"))
                .body("suggestions[0].way", is("address"))
                .body("suggestions[0].legalBasis", hasSize(1))
                .body("suggestions[1].confidence", nullValue())
                .body("suggestions.size()", is(Math.min(3, candidates().size())))
                .body("ledger.outcome", is("queued"))
                .body("decisions", hasSize(0));
        RestAssured.get("/v1/queue?locality=thôn r")
                .then()
                .body("[0].suggestions[0].unit", is(candidates().get(1).id().toString()));
        RestAssured.get("/v1/queue/case_file/không-có").then().statusCode(404);
        RestAssured.get("/v1/queue?cursor=abc").then().statusCode(400);
    }

    @Test
    @Order(20)
    void resolver_decidesByAddress_whereTheDatasetAllows_andTellsWhy() throws Exception {
        declare("{address: steps}", "strong");
        insert("Q-8", "Thôn R", "Số 2, " + candidates().get(0).fullName());
        await("it moves", () -> unit("Q-8").equals(code(0) + "@2025-07-01"));
        RestAssured.get("/v1/queue/case_file/Q-8")
                .then()
                .body("waiting", is(false))
                .body("ledger.outcome", is("moved"))
                .body("ledger.to", is(candidates().get(0).id().toString()))
                .body("ledger.way", is("address"))
                .body("ledger.confidence", is("strong"))
                .body("ledger.words", notNullValue())
                .body("ledger.legalBasis", hasSize(1));
        declare("{address: steps, threshold: certain}", "certain");
    }

    @Test
    @Order(21)
    @TestSecurity(
            user = "cu",
            roles = {"commune-clerk", "unit-officer"},
            attributes = @SecurityAttribute(key = CLAIM, value = SPLIT))
    void clerk_ofTheEndedUnit_seesNothingAnyMore() {
        for (String path : List.of("/v1/queue", "/v1/queue/groups")) {
            RestAssured.get(path).then().statusCode(403).body("detail", containsString("kế thừa"));
        }
        RestAssured.get("/v1/queue/case_file/Q-1").then().statusCode(403);
        assign("{'records':[{'dataset':'case_file','key':'Q-1'}],'to':'" + FIRST + "','reason':'x'}")
                .then()
                .statusCode(403);
        undo("{'records':[{'dataset':'case_file','key':'Q-8'}],'reason':'x'}")
                .then()
                .statusCode(403);
    }

    @Test
    @Order(21)
    @TestSecurity(
            user = "xa",
            roles = {"commune-clerk", "unit-officer"},
            attributes = @SecurityAttribute(key = CLAIM, value = "00004@2025-07-01"))
    void clerk_ofAnotherUnit_seesNothingOfIt() {
        assertThat(queue("limit=1000")).noneMatch(key -> key.startsWith("Q-"));
        RestAssured.get("/v1/queue/case_file/Q-1").then().statusCode(403);
        assign("{'filter':{'unit':'" + SPLIT + "'},'to':'" + FIRST + "','reason':'x'}")
                .then()
                .statusCode(403);
        assign("{'records':[{'dataset':'case_file','key':'Q-1'}],'to':'00004@2025-07-01','reason':'x'}")
                .then()
                .statusCode(422)
                .body("detail", containsString("không chờ"));
    }

    @Test
    @Order(22)
    @TestSecurity(
            user = "moi",
            roles = {"commune-clerk", "unit-officer"},
            attributes = @SecurityAttribute(key = CLAIM, value = FIRST))
    void clerk_ofASuccessor_decidesIntoTheOwnUnitOnly_andTakesThatBack() throws Exception {
        assertThat(queue("locality=thôn q")).containsExactlyInAnyOrder("Q-1", "Q-2", "Q-3", "Q-4");
        RestAssured.get("/v1/queue/groups?locality=q").then().statusCode(200).body("unit", everyItem(is(SPLIT)));
        RestAssured.get("/v1/queue/case_file/Q-2").then().statusCode(200).body("waiting", is(true));
        assign("{'records':[{'dataset':'case_file','key':'Q-2'}],'to':'" + SECOND + "','reason':'x'}")
                .then()
                .statusCode(403)
                .contentType("application/problem+json");

        Response taken = assign("{'records':[{'dataset':'case_file','key':'Q-2'}],'to':'" + FIRST + "','reason':'x'}");
        taken.then().statusCode(200).body("done", is(1));
        assertThat(unit("Q-2")).isEqualTo(FIRST.substring(0, 5) + "@2025-07-01");
        assignment = taken.path("assignment");
    }

    @Test
    @Order(23)
    @TestSecurity(
            user = "ban",
            roles = {"commune-clerk", "unit-officer"},
            attributes = @SecurityAttribute(key = CLAIM, value = SECOND))
    void clerk_ofTheOtherSuccessor_doesNotTakeItBack() {
        RestAssured.get("/v1/queue/case_file/Q-2").then().statusCode(200).body("waiting", is(false));
        undo("{'records':[{'dataset':'case_file','key':'Q-2'}],'reason':'x'}")
                .then()
                .statusCode(409);
        undo("{'assignment':'" + assignment + "','reason':'x'}")
                .then()
                .statusCode(200)
                .body("done", is(0));
    }

    @Test
    @Order(24)
    @TestSecurity(
            user = "tinh",
            roles = {"province-operator", "unit-officer"},
            attributes = @SecurityAttribute(key = CLAIM, value = "31@2025-07-01"))
    void province_decidesForItsCommunes_andSeesItsDatabasesOnly() throws Exception {
        undo("{'assignment':'" + assignment + "','reason':'nhầm'}")
                .then()
                .statusCode(200)
                .body("done", is(1));
        assertThat(unit("Q-2")).isEqualTo(split().code() + "@" + BEFORE);
        assertThat(queue("locality=thôn q")).containsExactlyInAnyOrder("Q-1", "Q-2", "Q-3", "Q-4");
        assign("{'filter':{'locality':'thôn q'},'to':'" + SECOND + "','reason':'x','dryRun':true}")
                .then()
                .statusCode(200)
                .body("done", is(4));
        RestAssured.get("/v1/sync/communes?limit=1000")
                .then()
                .statusCode(200)
                .body("communes.province.unique()", contains("31"));
        RestAssured.get("/v1/conflicts?state=all").then().statusCode(200);
        RestAssured.get("/v1/conflicts/national:1").then().statusCode(404);
        RestAssured.get("/v1/reconciliations").then().statusCode(200);
        RestAssured.given()
                .contentType("application/json")
                .body("{}")
                .post("/v1/reconciliations")
                .then()
                .statusCode(403);
        RestAssured.get("/v1/handovers/2025-07-01/manifests?limit=1000")
                .then()
                .statusCode(200)
                .body("manifests.id", everyItem(containsString("@")));
        for (String path :
                List.of("/v1/sync/status", "/v1/dead-letters", "/v1/sources", "/v1/audit", "/v1/handovers")) {
            RestAssured.get(path).then().statusCode(403);
        }
    }

    @Test
    @Order(30)
    void assignment_isRefused_whereTheUnitIsNoCandidate_orNothingWaits() {
        assign("{'records':[{'dataset':'case_file','key':'Q-1'}],'to':'" + split().id() + "','reason':'x'}")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString(candidates().get(0).id().toString()))
                .body("detail", containsString(candidates().get(1).id().toString()));
        assign("{'records':[{'dataset':'case_file','key':'không-có'}],'to':'" + to(0) + "','reason':'x'}")
                .then()
                .statusCode(422)
                .body("detail", containsString("không chờ"));
        undo("{'records':[{'dataset':'case_file','key':'Q-1'}],'reason':'x'}")
                .then()
                .statusCode(409);
        undo("{'assignment':'không-có','reason':'x'}").then().statusCode(200).body("done", is(0));
        assertThat(queue("locality=thôn q")).hasSize(4);
    }

    @ParameterizedTest
    @Order(30)
    @ValueSource(strings = {"", "[]", "{}", "{'to':'x'}", "{'filter':{'unit':'x'},'to':'x','reason':'x'}"})
    void assignment_isRefused_whenItIsNotSaidClearly(String body) {
        assign(body).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    @Order(40)
    void group_isAssignedAtOnce_andCopiesFollow_andBooksConserve() throws Exception {
        Books.Summary before = books.handOver(Catalogue.REFORM).orElseThrow();
        String group = "{'group':{'unit':'" + split().id() + "','locality':'thôn q'},'to':'" + to(1)
                + "','reason':'sổ hộ khẩu'";
        assign(group + ",'dryRun':true}")
                .then()
                .statusCode(200)
                .body("assignment", nullValue())
                .body("done", is(5));
        assertThat(unit("Q-1")).isEqualTo(split().code() + "@" + BEFORE);
        assign(group + ",'limit':2}").then().statusCode(200).body("done", is(2)).body("more", is(true));
        Response rest = assign(group + "}");
        rest.then().statusCode(200).body("done", is(3)).body("more", is(false)).body("unreachable", hasSize(0));
        assignment = rest.path("assignment");

        for (int i = 1; i <= 5; i++) {
            assertThat(unit("Q-" + i)).isEqualTo(code(1) + "@2025-07-01");
        }
        assertThat(queue("unit=" + split().id())).doesNotContain("Q-1", "Q-5").contains("Q-6", "Q-7");
        await(
                "copies",
                () -> text(
                                "national",
                                "SELECT count(*) FROM replica.case_file WHERE case_number ~ '^Q-[1-5]$' AND unit_code = '"
                                        + code(1) + "'")
                        .equals("5"));
        Books.Summary after = books.handOver(Catalogue.REFORM).orElseThrow();
        assertThat(after.conserved()).isTrue();
        assertThat(after.queued()).isEqualTo(before.queued() - 5);
        assertThat(after.moved()).isEqualTo(before.moved() + 5);
        assertThat(after.in()).isEqualTo(before.in());
        assertThat(books.manifests(Catalogue.REFORM)).allMatch(Books.Manifest::equal);
        RestAssured.get("/v1/queue/case_file/Q-1")
                .then()
                .body("waiting", is(false))
                .body("ledger.way", is("person"))
                .body("ledger.to", is(to(1)))
                .body("decisions[0].who", containsString("an"))
                .body("decisions[0].reason", is("sổ hộ khẩu"));
        RestAssured.get("/v1/audit?action=queue-assign&subject=queue:" + assignment)
                .then()
                .body("[0].outcome", is("done"))
                .body("[0].reason", is("sổ hộ khẩu"))
                .body("[0].detail", containsString("done=3"));
    }

    @Test
    @Order(50)
    void decision_stands_whenTheOwnerWritesTheOldUnitAgain() throws Exception {
        execute(
                HOME,
                "UPDATE case_file SET status = 'muộn', unit_code = '" + split().code() + "', unit_vintage = '" + BEFORE
                        + "' WHERE case_number = 'Q-5'");
        await("the person's word", () -> unit("Q-5").equals(code(1) + "@2025-07-01"));
        await(
                "its copy",
                () -> text("national", "SELECT status || unit_code FROM replica.case_file WHERE case_number = 'Q-5'")
                        .equals("muộn" + code(1)));
        assertThat(books.handOver(Catalogue.REFORM).orElseThrow().conserved()).isTrue();
    }

    @Test
    @Order(60)
    void undo_takesBackWhatWasNotChanged_andTellsOfTheRest() throws Exception {
        Books.Summary before = books.handOver(Catalogue.REFORM).orElseThrow();
        execute(HOME, "UPDATE case_file SET status = 'đã sửa' WHERE case_number = 'Q-4'");
        undo("{'assignment':'" + assignment + "','reason':'nhầm thôn','dryRun':true}")
                .then()
                .statusCode(200)
                .body("done", is(1))
                .body("refused", is(2));
        undo("{'assignment':'" + assignment + "','reason':'nhầm thôn'}")
                .then()
                .statusCode(200)
                .body("done", is(1))
                .body("refusals.why", everyItem(containsString("đã được sửa")));
        undo("{'assignment':'" + assignment + "','reason':'nhầm thôn'}").then().statusCode(409);

        assertThat(unit("Q-3")).isEqualTo(split().code() + "@" + BEFORE);
        await(
                "it waits, whatever the stream brings",
                () -> queue("locality=thôn q").equals(List.of("Q-3")) && books.backlog() == 0);
        await(
                "its copy",
                () -> text("national", "SELECT unit_code FROM replica.case_file WHERE case_number = 'Q-3'")
                        .equals(split().code().value()));
        Books.Summary after = books.handOver(Catalogue.REFORM).orElseThrow();
        assertThat(after.conserved()).isTrue();
        assertThat(after.queued()).isEqualTo(before.queued() + 1);
        RestAssured.get("/v1/queue/case_file/Q-3")
                .then()
                .body("waiting", is(true))
                .body("ledger.outcome", is("queued"))
                .body("ledger.way", nullValue())
                .body("decisions.undoReason", contains("nhầm thôn"));
        assign("{'records':[{'dataset':'case_file','key':'Q-3'}],'to':'" + to(0) + "','reason':'đúng thôn'}")
                .then()
                .statusCode(200);
        assertThat(unit("Q-3")).isEqualTo(code(0) + "@2025-07-01");
    }

    @Test
    @Order(70)
    void ownerDecides_byWritingAUnitInForce_andADeletedRecordWaitsNoMore() throws Exception {
        execute(
                HOME,
                "UPDATE case_file SET unit_code = '" + code(0)
                        + "', unit_vintage = '2025-07-01' WHERE case_number = 'Q-6'; DELETE FROM case_file WHERE case_number = 'Q-7'");
        await("neither waits", () -> queue("unit=" + split().id()).stream().noneMatch(key -> key.startsWith("Q-")));
        RestAssured.get("/v1/queue/case_file/Q-6")
                .then()
                .body("ledger.outcome", is("moved"))
                .body("ledger.way", is("owner"))
                .body("ledger.to", is(to(0)));
        RestAssured.get("/v1/queue/case_file/Q-7")
                .then()
                .body("present", is(false))
                .body("waiting", is(false));
        assertThat(books.handOver(Catalogue.REFORM).orElseThrow().conserved()).isTrue();
    }

    @Test
    @Order(80)
    void queue_isDrained_whileLateChangesArrive() throws Exception {
        int records = 40;
        CompletableFuture<Void> owners = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < records; i++) {
                    insert("D-" + i, "Thôn D", "x");
                    execute(HOME, "UPDATE case_file SET status = 'muộn' WHERE case_number = 'D-" + (i / 2) + "'");
                }
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
        String body = "{'filter':{'locality':'thôn d','dataset':'case_file'},'to':'" + to(1) + "','reason':'thôn D'}";
        await("drained", () -> {
            assign(body).then().statusCode(200);
            // Whoever failed says why.
            return owners.getNow(null) == null
                    && owners.isDone()
                    && text(
                                    HOME,
                                    "SELECT count(*) FROM case_file WHERE case_number LIKE 'D-%' AND unit_code = '"
                                            + code(1) + "' AND unit_vintage = '2025-07-01'")
                            .equals(String.valueOf(records));
        });
        owners.join();
        await("nothing is left to apply", () -> books.backlog() == 0);
        assertThat(queue("locality=thôn d")).isEmpty();
        assertThat(text(
                        "national",
                        "SELECT count(*) FROM replica.case_file WHERE case_number LIKE 'D-%' AND unit_code = '"
                                + code(1)
                                + "' AND status = CASE WHEN split_part(case_number, '-', 2)::int < " + records / 2
                                + " THEN 'muộn' ELSE status END"))
                .isEqualTo(String.valueOf(records));
        assertThat(books.handOver(Catalogue.REFORM).orElseThrow().conserved()).isTrue();
        assertThat(text(
                        HOME,
                        "SELECT count(*) FROM sync.handed_over WHERE record_key LIKE 'D-%' AND outcome = 'moved'"
                                + " AND way = 'person'"))
                .isEqualTo(String.valueOf(records));
    }

    @Test
    @Order(80)
    void locality_thatIsAssignedLater_takesItsRecordsOutOfTheQueue_andNoOthers() throws Exception {
        insert("L-1", "Thôn  L", "x");
        insert("L-2", "Thôn M", "x");
        await("both wait", () -> queue("unit=" + split().id()).containsAll(List.of("L-1", "L-2")));

        UnitTopic.assign(
                PlatformResource.platform().kafkaBootstrap(), split().id().toString(), "Thôn L", to(1));

        await("it moves", () -> unit("L-1").equals(code(1) + "@2025-07-01"));
        RestAssured.get("/v1/queue/case_file/L-1")
                .then()
                .body("waiting", is(false))
                .body("ledger.outcome", is("moved"))
                .body("ledger.way", is("assignment"));
        assertThat(queue("unit=" + split().id())).contains("L-2").doesNotContain("L-1");
        execute(HOME, "DELETE FROM case_file WHERE case_number = 'L-2'");
        await("the other is gone", () -> queue("locality=thôn m").isEmpty());
        assertThat(books.handOver(Catalogue.REFORM).orElseThrow().conserved()).isTrue();
    }

    @Test
    @Order(80)
    void weights_arePublished_asTheLedgersCount_andAgainWhenTheQueueChangesThem() throws Exception {
        await("what is counted", () -> weights().equals(counted()));
        insert("W-1", "Thôn W", "x");
        await("it waits", () -> queue("locality=thôn w").equals(List.of("W-1")));
        await("it is told", () -> weights().equals(counted()));
        assertThat(weights()).contains("undecided ");

        assign("{'records':[{'dataset':'case_file','key':'W-1'}],'to':'" + to(1) + "','reason':'x'}")
                .then()
                .statusCode(200);
        await("and its decision", () -> weights().equals(counted()));
        await(
                "nothing is noted any more",
                () -> text(HOME, "SELECT count(*) FROM sync.weight_change").equals("0"));
        declare(null, "strong");
    }

    /** What the ledgers hold of the divided unit: «undecided 2, 00004@2025-07-01 31». */
    private String counted() throws SQLException {
        return text(
                HOME,
                "SELECT 'undecided ' || count(*) FILTER (WHERE to_unit IS NULL) || coalesce((SELECT string_agg(', ' || to_unit"
                        + " || ' ' || n, '' ORDER BY to_unit) FROM (SELECT to_unit, count(*) AS n FROM sync.handed_over"
                        + " WHERE from_unit = '" + split().id()
                        + "' AND dataset = 'case_file' AND to_unit IS NOT NULL GROUP BY 1) s), '')"
                        + " FROM sync.handed_over WHERE dataset = 'case_file' AND from_unit = '" + split().id() + "'");
    }

    /** What the topic tells of it last, in the same words. */
    private String weights() {
        String last = UnitTopic.last(
                PlatformResource.platform().kafkaBootstrap(),
                "edge-weights.v1",
                split().id().toString());
        JsonPath event = JsonPath.from(last.isEmpty() ? "{}" : last);
        String dataset = "data.datasets.find { it.dataset == 'case_file' }.";
        List<String> units = event.getList(dataset + "shares.unit");
        List<Integer> records = event.getList(dataset + "shares.records");
        StringBuilder told = new StringBuilder("undecided " + event.get(dataset + "undecided"));
        for (int i = 0; units != null && i < units.size(); i++) {
            told.append(", ").append(units.get(i)).append(' ').append(records.get(i));
        }
        return told.toString();
    }

    @Test
    @Order(90)
    @TestSecurity(user = "b", roles = "subscriber")
    void queue_isForOperatorsOnly() {
        RestAssured.get("/v1/queue").then().statusCode(403);
        RestAssured.get("/v1/queue/groups").then().statusCode(403);
        assign("{'filter':{'dataset':'case_file'},'to':'00004@2025-07-01','reason':'x'}")
                .then()
                .statusCode(403);
        undo("{'assignment':'x','reason':'x'}").then().statusCode(403);
    }

    private void reform() throws Exception {
        BusinessClock.set(config.clockFile().orElseThrow(), Instant.parse("2025-06-30T17:00:01Z"));
        UnitTopic.publishUntil(PlatformResource.platform().kafkaBootstrap(), Catalogue.REFORM);
        await(
                "hand-over done",
                () -> books.handOver(Catalogue.REFORM)
                        .filter(day -> day.state().equals("done"))
                        .isPresent());
    }

    /** What decides splits of case files, from now on; null for what the file says. */
    private void declare(String split, String threshold) throws Exception {
        Path file = config.plan().orElseThrow();
        String declared = Files.readString(file).replaceAll("\n    split: [^\n]*", "");
        Files.writeString(
                file,
                split == null ? declared : declared.replace("follows: people", "follows: people\n    split: " + split));
        await("it is in use", () -> {
            Response dataset = RestAssured.get("/v1/datasets/case_file");
            return threshold.equals(dataset.path("split.threshold"))
                    && (split != null || dataset.path("split.address") == null);
        });
    }

    private Unit split() {
        Timeline timeline = knowledge.state().timeline();
        return timeline.units(BEFORE, Level.COMMUNE, null).stream()
                .filter(unit -> province(timeline, unit).equals("31"))
                .filter(unit -> candidates(unit).size() > 1
                        && candidates(unit).stream().noneMatch(to -> to.name().equals(unit.name())))
                .findFirst()
                .orElseThrow();
    }

    private List<Unit> candidates() {
        return candidates(split());
    }

    private List<Unit> candidates(Unit unit) {
        return knowledge
                .state()
                .timeline()
                .recode(new UnitRef(unit.code(), BEFORE), Catalogue.REFORM, Following.PEOPLE)
                .fold(
                        same -> List.of(),
                        one -> List.of(),
                        (Recoding.Split several) -> several.candidates().stream()
                                .map(candidate -> candidate.unit())
                                .toList(),
                        ended -> List.of(),
                        unknown -> List.of(),
                        ambiguous -> List.of());
    }

    private String code(int candidate) {
        return candidates().get(candidate).code().value();
    }

    private String to(int candidate) {
        return candidates().get(candidate).id().toString();
    }

    private static String province(Timeline timeline, Unit commune) {
        Optional<Unit> above = Optional.of(commune);
        while (above.isPresent() && above.get().parent() != null) {
            above = timeline.find(above.get().parent()).flatMap(history -> history.at(BEFORE));
        }
        return above.map(unit -> unit.code().value()).orElse("");
    }

    private static List<String> queue(String filter) {
        return RestAssured.get("/v1/queue?limit=1000&" + filter).jsonPath().getList("key");
    }

    private static Response assign(String body) {
        return post("assign", body);
    }

    private static Response undo(String body) {
        return post("undo", body);
    }

    private static Response post(String path, String body) {
        return RestAssured.given()
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .post("/v1/queue/" + path);
    }

    private static String unit(String key) throws SQLException {
        return text(HOME, "SELECT unit_code || '@' || unit_vintage FROM case_file WHERE case_number = '" + key + "'");
    }

    private void insert(String key, String hamlet, String steps) throws SQLException {
        execute(
                HOME,
                "INSERT INTO case_file (case_number, unit_code, unit_vintage, hamlet, procedure, status, steps) VALUES ('"
                        + key + "', '" + split().code() + "', '" + BEFORE + "', "
                        + (hamlet == null ? "NULL" : "'" + hamlet + "'") + ", 'khai sinh', 'mở', '" + steps + "')");
    }
}
