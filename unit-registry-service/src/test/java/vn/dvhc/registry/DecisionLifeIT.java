package vn.dvhc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.dvhc.registry.RegistryHouse.assertProblem;
import static vn.dvhc.registry.RegistryHouse.await;
import static vn.dvhc.registry.RegistryHouse.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.contract.DecisionNoticeData;
import vn.dvhc.timeline.Entry;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;

/**
 * The life of decisions in the quiet month after the reform, by two persons and several more, on the real PostgreSQL, Kafka
 * and Debezium. The tests tell one story and run in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DecisionLifeIT {

    private static final Instant NOW = Instant.parse("2025-07-10T03:00:00Z");
    private static final LocalDate LATER = LocalDate.of(2025, 8, 1);
    private static final List<String> STEPS = List.of("submission", "approval", "schedule", "rejection", "withdrawal");

    private RegistryHouse house;
    private LogReplay replay;
    private String reformId;
    private String withdrawnId;
    private String correctionId;

    @BeforeAll
    void start() throws Exception {
        house = new RegistryHouse(Path.of("target/it/decision-life").toAbsolutePath(), NOW);
        replay = new LogReplay(house.consumer("unit-changes.v1"));
    }

    @AfterAll
    void stop() {
        if (replay != null) {
            replay.close();
        }
        if (house != null) {
            house.close();
        }
    }

    @Test
    @Order(1)
    void contradictingDraft_isKeptWithEveryFinding_andCannotBeSubmitted() throws Exception {
        JsonNode draft = house.draft("drafter", """
                {"title":"Trái luật","effectiveDate":"2025-08-01","changes":[
                  {"operation":"abolish","code":"99999"},
                  {"operation":"rename","code":"001","name":"Quận đã hết"},
                  {"operation":"create","code":"00004","type":"phường","name":"Trùng mã","parent":"01"},
                  {"operation":"succeed","code":"00004","to":"99998","extent":"partial"},
                  {"operation":"rename","code":"00008","name":"Vẫn đúng"}]}
                """);

        assertThat(draft.path("state").asText()).isEqualTo("draft");
        assertThat(errors(draft.path("findings")))
                .contains("UNIT_UNKNOWN 99999", "UNIT_UNKNOWN 001", "CODE_IN_USE 00004", "EDGE_TO_NOT_IN_FORCE 99998");
        assertThat(draft.path("findings")).allSatisfy(finding -> {
            assertThat(finding.path("message").asText()).isNotBlank();
            assertThat(finding.path("messageEn").asText()).isNotBlank();
        });
        HttpResponse<String> refused = house.step(draft.path("id").asText(), "submission", "drafter", 0);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertProblem(refused, "contradicts-register");
        assertThat(errors(json(refused).path("reasons"))).contains("CODE_IN_USE 00004");
        assertThat(house.decision(draft.path("id").asText()).path("version").asInt())
                .isZero();
    }

    @Test
    @Order(2)
    void decisionOfThePast_isKeptButGoesNoFurther() throws Exception {
        JsonNode draft = house.draft("drafter", rename("2025-06-30", "00004", "Muộn"));

        assertThat(errors(draft.path("findings"))).contains("DATE_NOT_IN_FUTURE 2025-06-30");
        assertThat(house.step(draft.path("id").asText(), "submission", "drafter", 0)
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    @Order(3)
    void wholeLife_refusesEveryStepOutOfTurn() throws Exception {
        String id = house.draft("drafter", rename(LATER.toString(), "00004", "Ba Đình Mới"))
                .path("id")
                .asText();
        reformId = id;
        assertOnlyLegal(id, "draft", 0, "revision", "submission", "withdrawal");

        house.take(id, "submission", "drafter", 0);
        assertOnlyLegal(id, "submitted", 1, "approval", "rejection", "withdrawal");

        house.take(id, "rejection", "approver", 1, "\"reason\":\"Thiếu căn cứ pháp lý\"");
        assertOnlyLegal(id, "rejected", 2, "revision");

        JsonNode revised = json(revise(id, "drafter", 2, "00004", "Ba Đình Xưa"));
        assertThat(revised.path("state").asText()).isEqualTo("draft");
        house.take(id, "submission", "drafter", 3);
        assertThat(house.step(id, "approval", "approver", 4, "\"plan\":\"abc\"").statusCode())
                .isEqualTo(400);
        HttpResponse<String> unread =
                house.step(id, "approval", "approver", 4, "\"plan\":\"" + "0123456789abcdef".repeat(4) + "\"");
        assertThat(unread.statusCode()).isEqualTo(422);
        assertThat(unread.body()).contains("PLAN_UNKNOWN");
        house.take(id, "approval", "approver", 4, "\"schedule\":false");
        assertOnlyLegal(id, "approved", 5, "schedule", "withdrawal");

        house.take(id, "schedule", "approver", 5);
        assertOnlyLegal(id, "scheduled", 6, "withdrawal");

        JsonNode decision = house.decision(id);
        assertThat(decision.path("steps"))
                .extracting(step ->
                        step.path("step").asText() + " " + step.path("by").asText())
                .containsExactly(
                        "drafted drafter",
                        "submitted drafter",
                        "rejected approver",
                        "revised drafter",
                        "submitted drafter",
                        "approved approver",
                        "scheduled approver");
        assertThat(decision.path("steps").path(2).path("reason").asText()).isEqualTo("Thiếu căn cứ pháp lý");
        assertThat(decision.path("steps").path(5).has("plan")).isFalse();
        assertThat(decision.path("planned").booleanValue()).isFalse();
        HttpResponse<String> planless = house.get("/v1/decisions/" + id + "/plan");
        assertThat(planless.statusCode()).isEqualTo(404);
        assertThat(json(planless).path("detail").asText()).contains("không kèm phương án");
        assertThat(decision.path("changes").path(0).path("name").asText()).isEqualTo("Ba Đình Xưa");
        assertThat(decision.path("steps"))
                .allSatisfy(step ->
                        assertThat(Instant.parse(step.path("at").asText())).isBetween(NOW, NOW.plusSeconds(3_600)));
    }

    @Test
    @Order(4)
    void noAuthor_mayApproveOrReject() throws Exception {
        String id = house.draft("drafter", rename(LATER.toString(), "00008", "Ngọc Hà Mới"))
                .path("id")
                .asText();
        revise(id, "both", 0, "00008", "Ngọc Hà Cũ");
        house.take(id, "submission", "drafter-2", 1);

        for (String step : List.of("approval", "rejection")) {
            HttpResponse<String> own = house.step(id, step, "both", 2, "\"reason\":\"tôi đồng ý\"");
            assertThat(own.statusCode()).isEqualTo(422);
            assertThat(own.body()).contains("SECOND_PERSON_REQUIRED");
        }
        HttpResponse<String> others = house.step(id, "withdrawal", "drafter-2", 2);
        assertThat(others.statusCode()).isEqualTo(422);
        assertThat(others.body()).contains("NOT_YOUR_DECISION");
        assertThat(house.take(id, "withdrawal", "drafter", 2).path("state").asText())
                .isEqualTo("withdrawn");
        assertOnlyLegal(id, "withdrawn", 3);
    }

    @Test
    @Order(5)
    void concurrentEdits_letOneThrough() throws Exception {
        String id = house.draft("drafter", rename(LATER.toString(), "00008", "Một"))
                .path("id")
                .asText();
        ExecutorService persons = Executors.newFixedThreadPool(4);
        try {
            List<Callable<HttpResponse<String>>> edits = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String name = "Tên " + i;
                edits.add(() -> revise(id, "drafter", 0, "00008", name));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : persons.invokeAll(edits)) {
                answers.add(answer.get());
            }

            assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 409, 409, 409);
            for (HttpResponse<String> answer : answers) {
                if (answer.statusCode() == 409) {
                    assertProblem(answer, "outdated-version");
                    assertThat(json(answer).path("version").asInt()).isEqualTo(1);
                }
            }
        } finally {
            persons.shutdownNow();
        }
        assertThat(house.decision(id).path("steps")).hasSize(2);
        HttpResponse<String> behind = house.step(id, "submission", "drafter", 0);
        assertThat(behind.statusCode()).isEqualTo(409);
        assertThat(json(behind).path("version").asInt()).isEqualTo(1);
        assertThat(house.post("/v1/decisions/" + id + "/submission", "drafter", "{}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(house.step("none", "submission", "drafter", 0).statusCode()).isEqualTo(404);
    }

    @Test
    @Order(6)
    void acts_areRegisteredWithTheirDecision_andToldApart() throws Exception {
        String hanoi = "{\"number\":\"12/NQ-HĐND\",\"issuer\":\"Hội đồng nhân dân thành phố Hà Nội\","
                + "\"signedOn\":\"2025-07-02\",\"title\":\"Về việc đổi tên phường\",\"clauses\":[\"Điều 1\"]}";
        String hue = "{\"number\":\"12/NQ-HĐND\",\"issuer\":\"Hội đồng nhân dân thành phố Huế\","
                + "\"signedOn\":\"2025-07-03\"}";
        String first = house.scheduled(withActs("00070", "Hoàn Kiếm Mới", hanoi));
        JsonNode named = house.draft("drafter", withActs("00091", "Phú Thượng Mới", ""));
        assertThat(named.path("findings").toString())
                .as("a registered act needs no second description")
                .doesNotContain("ACT_NOT_DESCRIBED");
        assertThat(house.decision(first).path("acts")).singleElement().satisfies(act -> {
            assertThat(act.path("id").asText()).startsWith("act-");
            assertThat(act.path("year").asInt()).isEqualTo(2025);
        });

        house.scheduled(withActs("00082", "Cửa Nam Mới", hue));
        JsonNode ambiguous = house.draft("drafter", withActs("00091", "Phú Thượng Mới", "{\"number\":\"12/NQ-HĐND\"}"));
        JsonNode told = house.draft("drafter", withActs("00091", "Phú Thượng Mới", hue));

        assertThat(errors(ambiguous.path("findings"))).containsExactly("ACT_AMBIGUOUS 12/NQ-HĐND");
        assertThat(errors(told.path("findings"))).isEmpty();
        JsonNode page = json(house.get("/v1/acts?number=" + encoded("12/NQ-HĐND")));
        assertThat(page.path("acts")).hasSize(2);
        assertThat(json(house.get("/v1/acts?year=2025&number=" + encoded("12/NQ-HĐND") + "&issuer="
                                + encoded("Hội đồng nhân dân thành phố Huế")))
                        .path("acts"))
                .singleElement()
                .isEqualTo(json(house.get("/v1/acts/" + idOf(page, "Hội đồng nhân dân thành phố Huế"))));
    }

    @Test
    @Order(7)
    void actsOfTheCatalogue_areRegisteredByTheirNumbers() throws Exception {
        JsonNode law = json(house.get("/v1/acts?number=" + encoded("202/2025/QH15")))
                .path("acts")
                .path(0);

        assertThat(law.path("issuer").asText()).isEqualTo("Quốc hội");
        assertThat(law.path("year").asInt()).isEqualTo(2025);
        assertThat(law.has("signedOn")).isFalse();
        List<String> numbers = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = json(house.get("/v1/acts?limit=100" + next));
            page.path("acts").forEach(act -> numbers.add(act.path("number").asText()));
            next = page.has("next") ? "&after=" + page.path("next").asText() : null;
        } while (next != null);
        assertThat(numbers).isSorted().hasSize((int) house.count("legal_act"));
        assertThat(house.count("legal_act WHERE signed_on IS NOT NULL AND number LIKE '%UBTVQH15'"))
                .isZero();
    }

    @Test
    @Order(8)
    void decisions_areFoundByActUnitDateAndState() throws Exception {
        assertThat(ids("act=" + encoded("1656/NQ-UBTVQH15"))).isEqualTo(List.of("act-1656-nq-ubtvqh15"));
        assertThat(ids("unit=" + encoded("00004@2025-07-01"))).contains("act-1656-nq-ubtvqh15", reformId);
        assertThat(ids("unit=" + encoded("00004@2025-07-01"))).doesNotContain("catalogue-2004-08-31");
        assertThat(ids("unit=00004")).contains("catalogue-2004-08-31", reformId);
        assertThat(ids("unit=00004&state=scheduled&date=2025-08-01")).isEqualTo(List.of(reformId));
        assertThat(ids("unit=99999")).hasSize(1);
        List<String> all = ids("state=in_force");
        assertThat(pages("state=in_force&limit=50")).isEqualTo(all);
    }

    @Test
    @Order(9)
    void queries_useTheirIndexes() throws Exception {
        house.sql("ANALYZE decision");
        for (String condition : List.of("act_numbers && ARRAY['1656/NQ-UBTVQH15']", "unit_codes && ARRAY['00004']")) {
            assertThat(plan("SELECT id FROM decision WHERE " + condition)).contains("Index");
        }
    }

    @Test
    @Order(10)
    void hostileStrings_areKeptAsTheyAre_orRefused() throws Exception {
        String hostile = "'; DROP TABLE decision; -- <script>alert(1)</script> \\\\ %s ${x} 𠮷";
        JsonNode draft = house.draft("drafter", rename(LATER.toString(), "00004", hostile.replace("\\", "\\\\")));
        assertThat(house.decision(draft.path("id").asText())
                        .path("changes")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo(hostile);
        for (String refused : List.of("a\\u0000b", "\\u202e", "\\ud800", " x", "")) {
            HttpResponse<String> answer =
                    house.post("/v1/decisions", "drafter", rename(LATER.toString(), "00004", refused));
            assertThat(answer.statusCode()).as(refused).isIn(201, 400);
        }
        assertThat(house.post("/v1/decisions", "drafter", rename(LATER.toString(), "00004", "a\\u0000b"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(house.get("/v1/decisions?act=" + encoded("' OR '1'='1")).statusCode())
                .isEqualTo(200);
        assertThat(ids("act=" + encoded("' OR '1'='1"))).isEmpty();
    }

    @Test
    @Order(11)
    void scheduledDecisions_areAnnouncedInTheLog_andChangeNoUnit() throws Exception {
        JsonNode digest = house.digest();

        replay.until(digest.path("sequence").asLong());

        assertThat(replay.chronicle().timeline().digest())
                .isEqualTo(digest.path("digest").asText());
        assertThat(replay.notices()).hasSize(3).allSatisfy(notice -> {
            assertThat(notice.kind()).isEqualTo(DecisionNoticeData.Kind.SCHEDULED);
            assertThat(notice.data().effectiveDate()).isEqualTo(LATER.toString());
            assertThat(notice.data().changes()).hasSize(1);
        });
        assertThat(replay.notices().get(0).data().decision()).isEqualTo(reformId);
        withdrawnId = replay.notices().get(2).data().decision();
    }

    @Test
    @Order(12)
    void scheduledDecision_isWithdrawnBeforeItsDay_andEverybodyIsTold() throws Exception {
        int version = house.decision(withdrawnId).path("version").asInt();

        JsonNode withdrawn =
                house.take(withdrawnId, "withdrawal", "approver-2", version, "\"reason\":\"Nghị quyết bị hủy\"");

        assertThat(withdrawn.path("state").asText()).isEqualTo("withdrawn");
        assertThat(withdrawn.has("position")).isFalse();
        replay.until(house.digest().path("sequence").asLong());
        DecisionNoticeData.Typed last = replay.notices().get(replay.notices().size() - 1);
        assertThat(last.kind()).isEqualTo(DecisionNoticeData.Kind.WITHDRAWN);
        assertThat(last.data().decision()).isEqualTo(withdrawnId);
    }

    @Test
    @Order(13)
    void decisionThatALaterOneRestsOn_isNotWithdrawnFirst() throws Exception {
        String first = house.scheduled("""
                {"title":"Đổi mã","effectiveDate":"2025-08-15","changes":[
                  {"operation":"recode","code":"00091","newCode":"99991","legalBasis":["1/NQ-HĐND"]}]}
                """);
        String later = house.scheduled(rename("2025-08-20", "99991", "Phú Thượng Mới"));

        HttpResponse<String> refused = house.step(first, "withdrawal", "approver", 3);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("SCHEDULED_DAY_IMPOSSIBLE");
        house.take(later, "withdrawal", "approver", 3);
        house.take(first, "withdrawal", "approver", 3);
    }

    @Test
    @Order(14)
    void dayTakesEffect_withoutWhatWasWithdrawn() throws Exception {
        // On the eve the registry reads the day ahead; what changes after that must count none the less.
        house.setClock(Instant.parse("2025-07-31T15:00:00Z"));
        String lastMinute = house.scheduled(rename(LATER.toString(), "00091", "Phú Thượng Xưa"));
        house.take(lastMinute, "withdrawal", "approver", 3);
        house.scheduled(rename(LATER.toString(), "00091", "Phú Thượng Cũ"));
        house.setClock(Instant.parse("2025-07-31T17:00:00Z"));

        await("the day", () -> house.digest().path("lastDay").asText().equals(LATER.toString()));

        assertThat(name("00004", "")).isEqualTo("Ba Đình Xưa");
        assertThat(name("00070", "")).isEqualTo("Hoàn Kiếm Mới");
        assertThat(name("00091", "")).isEqualTo("Phú Thượng Cũ");
        assertThat(name("00082", "")).isNotEqualTo("Cửa Nam Mới");
        JsonNode reform = house.decision(reformId);
        assertThat(reform.path("state").asText()).isEqualTo("in_force");
        assertThat(reform.path("steps").path(7).path("by").asText()).isEqualTo("midnight");
        assertThat(reform.path("version").asInt()).isEqualTo(7);
        assertOnlyLegal(reformId, "in_force", 7);
        assertThat(house.decision(withdrawnId).path("state").asText()).isEqualTo("withdrawn");
    }

    @Test
    @Order(15)
    void correction_isEnactedAtOnce_andThePastStaysAnswerable() throws Exception {
        replay.until(house.digest().path("sequence").asLong());
        long renaming = sequenceOf(LATER, "00004@2025-07-01");
        String digestBefore = house.digest().path("digest").asText();
        JsonNode draft = house.draft("drafter", correction(LATER, "00004", "Ba Đình Nay", renaming));
        assertThat(errors(draft.path("findings"))).isEmpty();
        correctionId = draft.path("id").asText();
        house.take(correctionId, "submission", "drafter", 0);

        JsonNode inForce = house.take(correctionId, "approval", "approver", 1);

        assertThat(inForce.path("state").asText()).isEqualTo("in_force");
        assertThat(inForce.path("kind").asText()).isEqualTo("correction");
        assertThat(inForce.path("steps"))
                .extracting(step -> step.path("step").asText())
                .containsExactly("drafted", "submitted", "approved", "enacted");
        Instant recorded = Instant.parse(inForce.path("inForceAt").asText());
        assertThat(name("00004", "")).isEqualTo("Ba Đình Nay");
        assertThat(name("00004", "&knownAt=" + encoded(recorded.toString()))).isEqualTo("Ba Đình Nay");
        assertThat(name("00004", "&knownAt=" + encoded(recorded.minusMillis(1).toString())))
                .isEqualTo("Ba Đình Xưa");
        JsonNode digest = house.digest();
        assertThat(digest.path("digest").asText()).isNotEqualTo(digestBefore);
        replay.until(digest.path("sequence").asLong());
        assertReplayedTables(digest);
        assertThat(replay.chronicle().corrections()).hasSize(1);
        assertThat(replay.chronicle().isStruck(renaming)).isTrue();
        assertThat(replay.chronicle().knownAt(recorded.minusMillis(1)).digest()).isEqualTo(digestBefore);
        JsonNode day = json(house.get("/v1/enactments/" + LATER));
        assertThat(day.path("corrections")).extracting(JsonNode::asText).containsExactly(correctionId);
        assertThat(day.path("decisions")).extracting(JsonNode::asText).doesNotContain(correctionId);
        assertThat(json(house.get("/v1/enactments?limit=1"))
                        .path("enactments")
                        .path(0)
                        .path("decision")
                        .asText())
                .isEqualTo(correctionId);
    }

    @Test
    @Order(16)
    void correctionOfTheReform_rewritesItsEdgesAndUnits() throws Exception {
        LocalDate reform = LocalDate.of(2025, 7, 1);
        long ending = sequenceOf(reform, "00016@2004-08-31");
        String to = replay.chronicle()
                .timeline()
                .edgesFrom(UnitId.parse("00016@2004-08-31"))
                .get(0)
                .edge()
                .to()
                .toString();
        long begun = System.nanoTime();
        String id = house.scheduled("""
                {"title":"Đính chính","effectiveDate":"2025-07-01","kind":"correction",
                 "changes":[{"operation":"rename","code":"00008","name":"Ngọc Hà Nay","legalBasis":["1656/NQ-UBTVQH15"]}],
                 "retracts":[{"sequence":%d,"to":"%s"}]}
                """.formatted(ending, to));

        System.out.printf("A correction of the reform took %.1f s%n", (System.nanoTime() - begun) / 1e9);
        assertThat(house.decision(id).path("state").asText()).isEqualTo("in_force");
        JsonNode digest = house.digest();
        replay.until(digest.path("sequence").asLong());
        assertReplayedTables(digest);
        assertThat(replay.chronicle().timeline().edgesFrom(UnitId.parse("00016@2004-08-31")))
                .noneMatch(edge -> edge.edge().to().toString().equals(to));
    }

    @Test
    @Order(17)
    void impossibleCorrection_isRefusedWithItsReasons() throws Exception {
        long renaming = sequenceOf(LATER, "00004@2025-07-01");
        long struck = replay.chronicle().corrections().get(0).entries().stream()
                .map(Entry::retracts)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();

        assertThat(findings(correction(LATER, "00004", "X", struck))).containsExactly("MESSAGE_STRUCK " + struck);
        assertThat(findings(correction(LocalDate.of(2025, 7, 1), "00004", "X", renaming)))
                .containsExactly("MESSAGE_UNKNOWN " + renaming);
        assertThat(findings(correction(LATER.plusYears(1), "00004", "X", renaming)))
                .containsExactly("CORRECTION_OF_A_DAY_TO_COME 2026-08-01");
        assertThat(findings(correction(LocalDate.of(2001, 1, 1), "00004", "X", renaming)))
                .contains("DATE_NOT_ENACTED 2001-01-01");
        assertThat(findings("""
                {"title":"Đính chính","effectiveDate":"2025-07-01","kind":"correction","changes":[
                  {"operation":"recode","code":"75","newCode":"97","legalBasis":["1/NQ-HĐND"]}]}
                """)).contains("SCHEDULED_DAY_IMPOSSIBLE 75");
    }

    @Test
    @Order(18)
    void failureInTheMiddleOfACorrection_leavesNothing() throws Exception {
        JsonNode before = house.digest();
        String id = house.draft("drafter", """
                {"title":"Đính chính","effectiveDate":"2025-08-01","kind":"correction","changes":[
                  {"operation":"rename","code":"00091","name":"Phú Thượng Nay","legalBasis":["7/NQ-HĐND"]}]}
                """).path("id").asText();
        house.take(id, "submission", "drafter", 0);
        house.sql("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk on fire'; END $$");
        house.sql("CREATE TRIGGER fail BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION fail()");

        HttpResponse<String> failed = house.step(id, "approval", "approver", 1);

        assertThat(failed.statusCode()).isEqualTo(500);
        assertProblem(failed, "internal-error");
        assertThat(house.digest()).isEqualTo(before);
        assertThat(house.decision(id).path("state").asText()).isEqualTo("submitted");
        assertThat(house.count("legal_act WHERE number = '7/NQ-HĐND'")).isZero();
        assertThat(house.count("unit_state WHERE name = 'Phú Thượng Nay'")).isZero();
        house.sql("DROP TRIGGER fail ON outbox");
        house.take(id, "approval", "approver", 1);
        assertThat(name("00091", "")).isEqualTo("Phú Thượng Nay");
    }

    @Test
    @Order(19)
    void restart_rebuildsTheLogWithItsCorrections() throws Exception {
        JsonNode before = house.digest();
        house.service().kill();
        long begun = System.nanoTime();

        house.service().start();
        house.service().awaitReady(Duration.ofSeconds(90));

        System.out.printf("Restarted and ready after %.1f s%n", (System.nanoTime() - begun) / 1e9);
        assertThat(house.digest()).isEqualTo(before);
        String recorded = house.decision(correctionId).path("inForceAt").asText();
        assertThat(name(
                        "00004",
                        "&knownAt="
                                + encoded(Instant.parse(recorded).minusMillis(1).toString())))
                .isEqualTo("Ba Đình Xưa");
        replay.until(before.path("sequence").asLong());
        assertReplayedTables(before);
    }

    @Test
    @Order(20)
    void units_areListedWithTheirActs() throws Exception {
        JsonNode page = json(
                house.get("/v1/register/units?at=2025-07-01&level=commune&limit=2&act=" + encoded("1656/NQ-UBTVQH15")));
        assertThat(page.path("units")).hasSize(2).allSatisfy(unit -> {
            assertThat(unit.path("parent").path("unitId").asText()).isEqualTo("01@2004-08-31");
            assertThat(unit.path("acts").path(0).path("issuer").asText()).isEqualTo("Ủy ban Thường vụ Quốc hội");
            assertThat(unit.path("acts").path(0).path("id").asText()).startsWith("act-");
        });
        List<String> codes = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonNode more = json(house.get("/v1/register/units?at=2025-07-02&level=province&limit=10" + after));
            more.path("units").forEach(unit -> codes.add(unit.path("code").asText()));
            after = more.has("next") ? "&after=" + more.path("next").asText() : null;
        }
        assertThat(codes).hasSize(34).isSorted().doesNotHaveDuplicates();
        assertThat(json(house.get("/v1/register/units?knownAt=2001-01-01T00:00:00Z"))
                        .path("units"))
                .isEmpty();
        for (String wrong : List.of("at=x", "knownAt=2025-07-01", "level=street", "after=1", "limit=0", "act=%20")) {
            assertProblem(house.get("/v1/register/units?" + wrong), "malformed-request");
        }
    }

    @Test
    @Order(21)
    void largestBody_isTaken_andALargerOneRefusedUnread() throws Exception {
        String change = "{\"operation\":\"rename\",\"code\":\"99999\",\"name\":\"Không có\",\"note\":\""
                + "x".repeat(100) + "\"}";
        String body = "{\"title\":\"Lớn\",\"effectiveDate\":\"2025-09-01\",\"changes\":["
                + String.join(",", Collections.nCopies(50_000, change)) + "]}";
        long begun = System.nanoTime();

        JsonNode draft = house.draft("drafter", body);

        System.out.printf("%.1f MB drafted in %.1f s%n", body.length() / 1e6, (System.nanoTime() - begun) / 1e9);
        assertThat(draft.path("changeCount").asInt()).isEqualTo(50_000);
        assertThat(draft.path("findings").size()).isBetween(1, 1_000);
        for (String method : List.of("POST", "PUT")) {
            String path = "/v1/decisions"
                    + (method.equals("PUT") ? "/" + draft.path("id").asText() : "");
            HttpResponse<String> refused =
                    house.send(method, path, house.token("drafter"), "x".repeat(10 * 1024 * 1024 + 1));
            assertThat(refused.statusCode()).isEqualTo(413);
            assertProblem(refused, "too-large");
        }
    }

    @Test
    @Order(22)
    void databaseOfTheFirstVersion_isBroughtUpToDate() throws Exception {
        try (Connection connection = house.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA older");
            statement.execute("SET search_path TO older");
            // The publication is the database's, not the schema's, and is there already.
            statement.execute(migration("V1__register.sql").replaceAll("CREATE PUBLICATION[^;]+;", ""));
            statement.execute("""
                    INSERT INTO decision VALUES
                      ('one', '2011-01-01', 0, 'Danh mục', 'in_force', 'catalogue',
                        '[{"operation":"abolish","code":"00001","legalBasis":["101/NQ-CP (2011)"]},
                          {"operation":"succeed","code":"00001","to":"00002","extent":"full"}]', 2,
                        'catalogue', now(), NULL, NULL, now(), 1),
                      ('two', '2030-01-01', 0, 'Lên lịch', 'scheduled', 'drafted',
                        '[{"operation":"reparent","code":"00003","parent":"01"}]', 1, 'an', now(), 'binh', now(), NULL, 1),
                      ('three', '2030-01-01', NULL, 'Dự thảo', 'draft', 'drafted', '[]', 0, 'an', now(), NULL, NULL, NULL, 0);
                    INSERT INTO enactment VALUES ('2010-01-01', 1, 7, NULL, now()), ('2011-01-01', 8, 9, 'd', now())
                    """);

            statement.execute(migration("V2__life_of_decisions.sql"));
            statement.execute(migration("V3__log_groups.sql"));

            assertThat(rows(
                            statement,
                            "SELECT decision_id, number, step, taken_by FROM decision_step"
                                    + " ORDER BY decision_id, number"))
                    .containsExactly(
                            "one 0 imported catalogue",
                            "one 1 enacted midnight",
                            "three 0 drafted an",
                            "two 0 drafted an",
                            "two 1 approved binh");
            assertThat(rows(
                            statement,
                            "SELECT array(SELECT unnest(act_numbers) ORDER BY 1)::text,"
                                    + " array(SELECT unnest(unit_codes) ORDER BY 1)::text FROM decision ORDER BY id"))
                    .containsExactly("{101/NQ-CP,\"101/NQ-CP (2011)\"} {00001,00002}", "{} {}", "{} {00003,01}");
            assertThat(rows(statement, "SELECT position, kind, last_sequence FROM log_group ORDER BY position"))
                    .containsExactly("1 day 7", "2 day 9");
        }
    }

    private static String migration(String name) throws IOException {
        return Files.readString(Path.of("src/main/resources/db/migration", name));
    }

    private static List<String> rows(Statement statement, String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    values.add(rows.getString(column));
                }
                lines.add(String.join(" ", values));
            }
        }
        return lines;
    }

    private void assertReplayedTables(JsonNode digest) throws Exception {
        Timeline timeline = replay.chronicle().timeline();
        assertThat(timeline.digest()).isEqualTo(digest.path("digest").asText());
        assertThat(house.unitStates()).isEqualTo(RegistryHouse.unitStates(timeline));
        assertThat(house.edges()).isEqualTo(RegistryHouse.edges(timeline));
    }

    private List<String> findings(String body) throws Exception {
        return errors(house.draft("drafter", body).path("findings"));
    }

    private long sequenceOf(LocalDate date, String unit) {
        return replay.chronicle().counting(date).stream()
                .filter(entry -> entry.facts().get(0).event().unit().equals(UnitId.parse(unit)))
                .mapToLong(Entry::sequence)
                .findFirst()
                .orElseThrow();
    }

    private String name(String code, String more) throws Exception {
        JsonNode page = json(house.get("/v1/register/units?level=commune&limit=500" + more));
        while (true) {
            for (JsonNode unit : page.path("units")) {
                if (unit.path("code").asText().equals(code)) {
                    return unit.path("name").asText();
                }
            }
            assertThat(page.has("next")).as(code + more).isTrue();
            page = json(house.get("/v1/register/units?level=commune&limit=500" + more + "&after="
                    + page.path("next").asText()));
        }
    }

    private static String correction(LocalDate date, String code, String name, long retracted) {
        return """
                {"title":"Đính chính","effectiveDate":"%s","kind":"correction",
                 "changes":[{"operation":"rename","code":"%s","name":"%s","legalBasis":["1/NQ-HĐND"]}],
                 "retracts":[{"sequence":%d}]}
                """.formatted(date, code, name, retracted);
    }

    private void assertOnlyLegal(String id, String state, int version, String... legal) throws Exception {
        JsonNode decision = house.decision(id);
        assertThat(decision.path("state").asText()).isEqualTo(state);
        assertThat(decision.path("version").asInt()).isEqualTo(version);
        assertThat(decision.path("nextSteps")).extracting(JsonNode::asText).containsExactlyInAnyOrder(legal);
        for (String step : STEPS) {
            if (!List.of(legal).contains(step)) {
                String caller = step.equals("submission") ? "drafter" : "approver";
                assertIllegal(house.step(id, step, caller, version, "\"reason\":\"thử\""), legal);
            }
        }
        if (!List.of(legal).contains("revision")) {
            assertIllegal(revise(id, "drafter", version, "00004", "Trái phép"), legal);
        }
    }

    private static void assertIllegal(HttpResponse<String> answer, String... legal) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertProblem(answer, "illegal-step");
        assertThat(json(answer).path("nextSteps")).extracting(JsonNode::asText).containsExactlyInAnyOrder(legal);
    }

    private HttpResponse<String> revise(String id, String caller, int version, String code, String name)
            throws Exception {
        String body = rename(LATER.toString(), code, name);
        return house.send(
                "PUT",
                "/v1/decisions/" + id,
                house.token(caller),
                body.substring(0, body.lastIndexOf('}')) + ",\"version\":" + version + "}");
    }

    private List<String> ids(String filter) throws Exception {
        List<String> ids = new ArrayList<>();
        json(house.get("/v1/decisions?limit=500&" + filter))
                .path("decisions")
                .forEach(decision -> ids.add(decision.path("id").asText()));
        return ids;
    }

    private List<String> pages(String filter) throws Exception {
        List<String> ids = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonNode page = json(house.get("/v1/decisions?" + filter + after));
            page.path("decisions")
                    .forEach(decision -> ids.add(decision.path("id").asText()));
            after = page.has("next") ? "&after=" + page.path("next").asText() : null;
        }
        return ids;
    }

    private String plan(String query) throws Exception {
        StringBuilder plan = new StringBuilder();
        try (var connection = house.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            try (var rows = statement.executeQuery("EXPLAIN " + query)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
        }
        return plan.toString();
    }

    private static String idOf(JsonNode page, String issuer) {
        for (JsonNode act : page.path("acts")) {
            if (act.path("issuer").asText().equals(issuer)) {
                return act.path("id").asText();
            }
        }
        throw new AssertionError(page.toString());
    }

    private static List<String> errors(JsonNode findings) {
        List<String> errors = new ArrayList<>();
        for (JsonNode finding : findings) {
            if (finding.path("severity").asText().equals("error")) {
                errors.add(finding.path("code").asText() + " "
                        + finding.path("subject").asText());
            }
        }
        return errors;
    }

    private static String rename(String date, String code, String name) {
        return """
                {"title":"Đổi tên","effectiveDate":"%s","changes":[
                  {"operation":"rename","code":"%s","name":"%s","legalBasis":["1/NQ-HĐND"]}]}
                """.formatted(date, code, name);
    }

    private static String withActs(String code, String name, String acts) {
        return """
                {"title":"Đổi tên","effectiveDate":"2025-08-01","acts":[%s],"changes":[
                  {"operation":"rename","code":"%s","name":"%s","legalBasis":["12/NQ-HĐND"]}]}
                """.formatted(acts, code, name);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
