package vn.dvhc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.dvhc.registry.RegistryHouse.assertProblem;
import static vn.dvhc.registry.RegistryHouse.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
    private String reformId;

    @BeforeAll
    void start() throws Exception {
        house = new RegistryHouse(Path.of("target/it/decision-life").toAbsolutePath(), NOW);
    }

    @AfterAll
    void stop() {
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

        JsonNode revised = json(revise(id, "drafter", 2, "Ba Đình Xưa"));
        assertThat(revised.path("state").asText()).isEqualTo("draft");
        house.take(id, "submission", "drafter", 3);
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
        revise(id, "both", 0, "Ngọc Hà Cũ");
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
                edits.add(() -> revise(id, "drafter", 0, name));
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
                + "\"signedOn\":\"2025-07-02\",\"clauses\":[\"Điều 1\"]}";
        String hue = "{\"number\":\"12/NQ-HĐND\",\"issuer\":\"Hội đồng nhân dân thành phố Huế\","
                + "\"signedOn\":\"2025-07-03\"}";
        String first = house.scheduled(withActs("00070", "Hoàn Kiếm Mới", hanoi));
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
            assertIllegal(revise(id, "drafter", version, "Trái phép"), legal);
        }
    }

    private static void assertIllegal(HttpResponse<String> answer, String... legal) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertProblem(answer, "illegal-step");
        assertThat(json(answer).path("nextSteps")).extracting(JsonNode::asText).containsExactlyInAnyOrder(legal);
    }

    private HttpResponse<String> revise(String id, String caller, int version, String name) throws Exception {
        String body = rename(LATER.toString(), "00004", name);
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
