package vn.dvhc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.PlanLine;
import vn.dvhc.contract.PlanText;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.Portion;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.Service;
import vn.dvhc.local.ServiceProcess;
import vn.dvhc.registry.rules.Changes;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitType;

/**
 * What a decision would bring about, told by the built service over a real database; the services it asks are played by the
 * test. The tests tell one story, after the reform, and run in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ForecastIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path DIR = Path.of("target/it/forecast").toAbsolutePath();
    private static final Path CLOCK = DIR.resolve("clock");
    private static final LocalDate DAY = LocalDate.of(2025, 9, 1);
    private static final Timeline REFORMED = Catalogues.until(Catalogue.REFORM);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private PlatformProcess platform;
    private TestIssuer issuer;
    private StandInServices others;
    private Fleet fleet;
    private ServiceProcess service;
    private String drafted;

    @BeforeAll
    void start() throws Exception {
        platform = PlatformProcess.start(
                DIR, Set.of(PlatformProcess.Option.FRESH, PlatformProcess.Option.WITHOUT_KEYCLOAK));
        issuer = new TestIssuer();
        others = new StandInServices();
        BusinessClock.set(CLOCK, Instant.parse("2025-07-15T03:00:00Z"));
        Fleet.reap(DIR);
        fleet = new Fleet(DIR, Ports.free(), platform)
                .set(Service.REGISTRY, "DVHC_CLOCK_FILE", CLOCK.toString())
                .set(Service.REGISTRY, "DVHC_OIDC_URL", issuer.url())
                .set(Service.REGISTRY, "DVHC_SYNC_URL", others.url())
                .set(Service.REGISTRY, "DVHC_GATEWAY_URL", others.url());
        service = fleet.start(Service.REGISTRY);
        service.awaitReady(Duration.ofMinutes(3));
    }

    @AfterAll
    void stop() {
        if (fleet != null) {
            fleet.close();
        }
        if (others != null) {
            others.close();
        }
        if (issuer != null) {
            issuer.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    @Order(1)
    void successionTable_becomesADraft() throws Exception {
        HttpResponse<String> answer =
                post("/v1/decisions?title=S%C3%A1p%20nh%E1%BA%ADp&effectiveDate=" + DAY, "drafter", "text/csv", """
                    from_code,from_level,to_code,to_level,extent,portion,legal_basis,clause,to_type,to_name,to_parent
                    00004,commune,00025,commune,partial,một phần,1/NQ-QH,1,,,
                    00004,commune,00008,commune,partial,phần còn lại,1/NQ-QH,2,phường,Hoàng Thành,01
                    00008,commune,00008,commune,full,toàn bộ,1/NQ-QH,2,,,
                    """);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        drafted = json(answer).path("id").asText();
        List<String> changes = new ArrayList<>();
        json(get("/v1/decisions/" + drafted, "drafter"))
                .path("changes")
                .forEach(change -> changes.add(change.path("operation").asText() + " "
                        + change.path("code").asText()));
        assertThat(changes)
                .containsExactly(
                        "abolish 00004",
                        "abolish 00008",
                        "create 00008",
                        "succeed 00004",
                        "succeed 00004",
                        "succeed 00008");
    }

    @Test
    @Order(2)
    void unreadableTable_isToldLineByLine() throws Exception {
        HttpResponse<String> answer = post("/v1/decisions?title=x&effectiveDate=" + DAY, "drafter", "text/csv", """
            from_code,from_level,to_code,to_level,extent,portion,legal_basis,clause
            00004,commune,00025,commune,partial,một nửa,1/NQ-QH,1
            0008,commune,00025,commune,full,toàn bộ,1/NQ-QH,2
            00009,commune
            """);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode first = json(answer).path("reasons").path(0);
        assertThat(first.path("subject").asText()).isEqualTo("line 4");
        assertThat(first.path("message").asText()).startsWith("Dòng 4");
        assertThat(first.path("messageEn").asText()).startsWith("Line 4");
    }

    @Test
    @Order(3)
    void findings_areErrorsApartFromWarnings() throws Exception {
        JsonNode findings = json(get("/v1/decisions/" + drafted + "/findings", "drafter"));

        assertThat(findings.path("errors").asInt()).as(findings.toString()).isZero();
        assertThat(findings.path("findings").path(0).path("severity").asText()).isEqualTo("warning");
        assertThat(findings.path("findings").path(0).path("code").asText()).isEqualTo("ACT_NOT_DESCRIBED");
    }

    @Test
    @Order(4)
    void rehearsal_isTheRegisterOfTheDay() throws Exception {
        JsonNode page =
                json(post("/v1/decisions/" + drafted + "/rehearsals?limit=100", "approver", "application/json", ""));
        JsonNode next = json(post(
                "/v1/decisions/" + drafted + "/rehearsals?limit=100&after="
                        + page.path("next").asText(),
                "approver",
                "application/json",
                ""));

        assertThat(page.path("holds").asBoolean()).isTrue();
        assertThat(page.path("digest").asText()).isEqualTo(withTheDraft().digest());
        assertThat(page.path("before").path("commune").asInt()).isEqualTo(3_321);
        assertThat(page.path("after").path("commune").asInt()).isEqualTo(3_320);
        assertThat(page.path("provinces").path(0).path("name").asText()).isEqualTo("Hà Nội");
        assertThat(page.path("units").path("total").asInt()).isEqualTo(126);
        assertThat(page.path("units").path("units")).hasSize(100);
        assertThat(next.path("units").path("units")).hasSize(26);
        assertThat(next.has("next")).isFalse();
        assertThat(json(get("/v1/digest", "drafter")).path("digest").asText()).isEqualTo(REFORMED.digest());
    }

    @Test
    @Order(5)
    void impact_tellsUnitsCodesRecordsAndCallers() throws Exception {
        others.answerCounts(question -> """
            {"counts":[
              {"source":"ha-noi","tier":"commune","dataset":"person","code":"00004","vintage":"2025-08-31","locality":"Tổ 1","records":5},
              {"source":"ha-noi","tier":"commune","dataset":"person","code":"00004","vintage":"2025-08-31","records":7},
              {"source":"ha-noi","tier":"commune","dataset":"person","code":"00008","vintage":"2025-08-31","locality":"Tổ 9","records":%d}],
             "truncated":false,"unknown":[],"more":"to come"}
            """.formatted(question.path("units").size()));
        others.answerCallers(
                question -> """
                    {"callers":[{"caller":"thue","codes":["%s"],"requests":12,"lastSeen":"2025-07-14T00:00:00Z","examples":[]}]}
                    """.formatted(question.path("codes").path(0).asText()));

        JsonNode impact = json(get("/v1/decisions/" + drafted + "/impact", "approver"));

        assertThat(impact.path("holds").asBoolean()).isTrue();
        assertThat(impact.path("ended").path("total").asInt()).isEqualTo(2);
        assertThat(impact.path("begun").path("units").path(0).path("fullName").asText())
                .isEqualTo("Phường Hoàng Thành");
        assertThat(impact.path("inherited").path("codes").path(0).path("code").asText())
                .isEqualTo("00008");
        assertThat(impact.path("splits").path("withoutAssignment").asInt()).isEqualTo(1);
        assertThat(impact.path("splits")
                        .path("units")
                        .path(0)
                        .path("unassigned")
                        .path("localities"))
                .isEqualTo(JSON.readTree("[{\"locality\":\"Tổ 1\",\"records\":5}]"));
        JsonNode records = impact.path("records");
        assertThat(records.has("lacking")).isFalse();
        assertThat(List.of(
                        records.path("move").asInt(),
                        records.path("keep").asInt(),
                        records.path("queue").asInt()))
                .containsExactly(2, 0, 12);
        assertThat(impact.path("callers").path("callers").path(0).path("caller").asText())
                .isEqualTo("thue");
        assertThat(others.authorizations()).isNotEmpty().allMatch(header -> header.startsWith("Bearer "));
    }

    @Test
    @Order(6)
    void plan_isKeptAsItWasReadAndApprovedByItsDigest() throws Exception {
        String path = "/v1/decisions/" + drafted;
        assertThat(get(path + "/plan", "approver").statusCode()).isEqualTo(404);
        assertThat(json(get(path, "approver")).path("planned").asText()).isEqualTo("false");
        assertThat(plannedInTheList()).doesNotContain(drafted);
        List<JsonNode> questions = new ArrayList<>();
        others.answerPlans(question -> {
            questions.add(question);
            return plan(5);
        });

        HttpResponse<String> answer = post(path + "/plans", "drafter", "application/json", "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode made = json(answer);
        String digest = made.path("digest").asText();
        assertThat(questions)
                .singleElement()
                .satisfies(question -> assertThat(question).isEqualTo(JSON.readTree("""
                        {"units":[
                          {"code":"00004","vintage":"2025-08-31","successors":2,"localities":[]},
                          {"code":"00008","vintage":"2025-08-31","successors":1,"localities":[]}]}
                        """)));
        assertThat(digest).isEqualTo(PlanText.digest(PlanText.of(DAY, lines(5))));
        assertThat(made.path("intact").asBoolean()).isTrue();
        assertThat(made.has("approvedBy")).isFalse();
        assertThat(made.path("datasets")).isEqualTo(JSON.readTree("""
                [{"dataset":"land_parcel","move":0,"keep":2,"queue":0},{"dataset":"person","move":8,"keep":0,"queue":4}]
                """));
        assertThat(made.path("databases").path(1)).isEqualTo(JSON.readTree("""
                {"database":"ha-noi","dataset":"person","move":8,"keep":0,"queue":4,"recordsPerSecond":3.0,"estimatedSeconds":4}
                """));
        assertThat(made.path("estimatedSeconds").asInt()).isEqualTo(5);

        assertThat(json(get(path, "approver")).path("planned").asText()).isEqualTo("true");
        assertThat(plannedInTheList()).containsExactly(drafted);

        others.answerPlans(question -> plan(6));
        String newer = json(post(path + "/plans", "approver", "application/json", ""))
                .path("digest")
                .asText();
        assertThat(newer).isNotEqualTo(digest);
        assertThat(json(get(path + "/plan", "operator")).path("digest").asText())
                .as("the latest before the approval")
                .isEqualTo(newer);
        assertThat(json(get(path + "/plan?digest=" + digest, "operator"))
                        .path("move")
                        .asInt())
                .isEqualTo(8);

        assertThat(step("submission", "drafter", 0, "").statusCode()).isEqualTo(200);
        JsonNode unread = json(step("approval", "approver", 1, ",\"plan\":\"" + "0".repeat(64) + "\""));
        assertThat(unread.path("reasons").path(0).path("code").asText()).isEqualTo("PLAN_UNKNOWN");
        assertThat(unread.path("detail").asText()).isNotBlank();

        assertThat(step("rejection", "approver", 1, ",\"reason\":\"Sai tên\"").statusCode())
                .isEqualTo(200);
        JsonNode again = json(get(path, "drafter"));
        HttpResponse<String> revised = http.send(
                request(path, "drafter")
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(JSON.createObjectNode()
                                .put("version", 2)
                                .put("title", "Sắp xếp hai phường")
                                .put("effectiveDate", DAY.toString())
                                .set("changes", again.path("changes")))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(revised.statusCode()).as(revised.body()).isEqualTo(200);
        step("submission", "drafter", 3, "");
        JsonNode stale = json(step("approval", "approver", 4, ",\"plan\":\"" + digest + "\""));
        assertThat(stale.path("reasons").path(0).path("code").asText()).isEqualTo("PLAN_OF_EARLIER_DRAFT");

        others.answerPlans(question -> plan(5));
        assertThat(json(post(path + "/plans", "approver", "application/json", ""))
                        .path("digest")
                        .asText())
                .as("the same plan made again")
                .isEqualTo(digest);
        HttpResponse<String> approved =
                step("approval", "approver", 4, ",\"schedule\":false,\"plan\":\"" + digest + "\"");

        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        assertThat(json(approved).path("planned").asText()).isEqualTo("true");
        JsonNode kept = json(get(path + "/plan?limit=2", "drafter"));
        assertThat(kept.path("digest").asText()).isEqualTo(digest);
        assertThat(kept.path("approvedBy").asText()).isEqualTo("approver");
        assertThat(kept.path("lines")).hasSize(2);
        JsonNode rest =
                json(get(path + "/plan?limit=2&after=" + kept.path("next").asText(), "drafter"));
        assertThat(rest.path("lines")).hasSize(1);
        assertThat(rest.has("next")).isFalse();
        List<PlanLine> shown = new ArrayList<>();
        for (JsonNode page : List.of(kept, rest)) {
            for (JsonNode line : page.path("lines")) {
                shown.add(JSON.treeToValue(line, PlanLine.class));
            }
        }
        assertThat(PlanText.digest(PlanText.of(DAY, shown)))
                .as("whoever reads all lines can check them")
                .isEqualTo(digest);
        assertThat(get(path + "/plan?digest=" + newer, "drafter").statusCode())
                .as("only what was approved is left")
                .isEqualTo(404);
        assertThat(post(path + "/plans", "drafter", "application/json", "").statusCode())
                .as("no other plan follows")
                .isEqualTo(409);
    }

    @Test
    @Order(7)
    void approvedPlan_cantBeChangedUnseen() throws Exception {
        String path = "/v1/decisions/" + drafted + "/plan";
        try (Connection connection = new Databases(platform.postgresPort()).connect("registry", Account.REGISTRY);
                Statement sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.execute("UPDATE hand_over_plan SET truncated = true"))
                    .hasMessageContaining("stays as it is");
            assertThatThrownBy(() -> sql.execute("DELETE FROM hand_over_plan")).hasMessageContaining("stays as it is");
            sql.execute("ALTER TABLE hand_over_plan DISABLE TRIGGER hand_over_plan_is_kept");
            try (PreparedStatement forged =
                    connection.prepareStatement("UPDATE hand_over_plan SET lines = ? WHERE decision_id = ?")) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                    gzip.write(PlanText.of(DAY, lines(6)).getBytes(StandardCharsets.UTF_8));
                }
                forged.setBytes(1, bytes.toByteArray());
                forged.setString(2, drafted);
                assertThat(forged.executeUpdate()).isEqualTo(1);
            }
            sql.execute("ALTER TABLE hand_over_plan ENABLE TRIGGER hand_over_plan_is_kept");
        }

        JsonNode forged = json(get(path, "operator"));

        assertThat(forged.path("intact").asBoolean()).isFalse();
        assertThat(forged.path("move").asInt()).isEqualTo(9);
    }

    @Test
    @Order(8)
    void assignmentsByTable_areRecordedOrToldLineByLine() throws Exception {
        String path = "/v1/locality-assignments?enactment=2025-07-01";
        String split = "00016@2004-08-31";
        String successor =
                REFORMED.edgesFrom(UnitId.parse(split)).get(0).edge().to().toString();
        String table = "unit,locality,successor,kind\n" + split + ",Tổ 1," + successor + ",\n" + split + ",Đường 2,"
                + successor + ",street\n";

        HttpResponse<String> recorded = post(path, "operator", "text/csv", table);
        HttpResponse<String> unreadable = post(path, "operator", "text/csv", table + split + ",Thửa 3,x,plot\n");
        HttpResponse<String> contradicting =
                post(path, "operator", "text/csv", "unit,locality,successor\n" + split + ",Tổ 4,31105@2025-07-01\n");

        assertThat(json(recorded)).isEqualTo(JSON.readTree("{\"received\":2,\"added\":2,\"unchanged\":0}"));
        assertThat(unreadable.statusCode()).isEqualTo(400);
        assertThat(unreadable.body()).contains("line 4, successor").contains("line 4, kind");
        assertThat(contradicting.statusCode()).isEqualTo(422);
        assertThat(contradicting.body()).contains("NOT_A_SUCCESSOR").contains("line 2");
        JsonNode known = json(get("/v1/locality-assignments?unit=" + split, "operator"));
        assertThat(known.path("assignments").findValuesAsText("kind")).containsExactly("hamlet", "street");
    }

    @Test
    @Order(9)
    void splits_tellHowFarTheyAreAssigned_alsoAfterTheDay() throws Exception {
        others.answerCounts(question -> """
            {"counts":[{"source":"ha-noi","tier":"commune","dataset":"person","code":"00016","vintage":"2025-06-30",
              "locality":"Tổ 7","records":3}],"truncated":false}
            """);

        JsonNode page = json(get("/v1/decisions/act-1656-nq-ubtvqh15/splits?limit=500", "operator"));
        JsonNode first = json(get("/v1/decisions/act-1656-nq-ubtvqh15/splits?limit=1", "operator"));

        assertThat(page.path("total").asInt())
                .isEqualTo(page.path("splits").size())
                .isPositive();
        List<JsonNode> congVi = new ArrayList<>();
        page.path("splits").forEach(split -> {
            if (split.path("unit").path("unitId").asText().equals("00016@2004-08-31")) {
                congVi.add(split);
            }
        });
        assertThat(congVi).singleElement().satisfies(split -> {
            assertThat(split.path("assigned").asInt()).isEqualTo(2);
            assertThat(split.path("successors")).hasSize(2);
            assertThat(split.path("unassigned")
                            .path("localities")
                            .path(0)
                            .path("locality")
                            .asText())
                    .isEqualTo("Tổ 7");
        });
        assertThat(first.path("splits")).hasSize(1);
        assertThat(first.path("next").asText())
                .isEqualTo(
                        first.path("splits").path(0).path("unit").path("unitId").asText());
    }

    @Test
    @Order(10)
    void silenceOfOthers_isToldInWords() throws Exception {
        String other = json(post("/v1/decisions?title=x&effectiveDate=" + DAY, "drafter", "text/csv", """
                        from_code,from_level,to_code,to_level,extent,portion,legal_basis,clause
                        00025,commune,00004,commune,full,toàn bộ,1/NQ-QH,1
                        """))
                .path("id")
                .asText();
        others.answerPlans(question -> plan(5).replace("\"move\":5", "\"move\":50"));
        HttpResponse<String> lying = post("/v1/decisions/" + other + "/plans", "drafter", "application/json", "");
        others.answerWith(403);
        HttpResponse<String> planless = post("/v1/decisions/" + other + "/plans", "drafter", "application/json", "");
        JsonNode refused = json(get("/v1/decisions/" + drafted + "/impact", "approver"));
        others.close();
        JsonNode away = json(get("/v1/decisions/" + drafted + "/impact", "approver"));

        assertThat(lying.statusCode()).as(lying.body()).isEqualTo(503);
        assertThat(planless.statusCode()).as(planless.body()).isEqualTo(503);
        assertThat(json(planless).path("detail").asText()).contains("không cho phép");
        assertThat(get("/v1/decisions/" + other + "/plan", "drafter").statusCode())
                .isEqualTo(404);
        assertThat(refused.path("records").path("lacking").asText()).contains("không cho phép");
        assertThat(away.path("records").path("lacking").asText()).contains("không trả lời");
        assertThat(away.path("callers").path("lacking").asText()).contains("không trả lời");
        assertThat(away.path("ended").path("total").asInt()).isEqualTo(2);
    }

    @Test
    @Order(11)
    void officialList_isComparedAndCorrected() throws Exception {
        StringBuilder list = new StringBuilder("code,level,type,name,full_name,parent_code,area_km2\n");
        for (Unit unit : REFORMED.units(Catalogue.REFORM, null, null)) {
            list.append(line(unit));
        }

        JsonNode equal = json(post("/v1/comparisons?at=2025-07-01", "operator", "text/csv", list.toString()));
        String changed = list.toString().replace(",Ba Đình,Phường Ba Đình,01,", ",Ba Dình,Phường Ba Dình,01,");
        JsonNode different = json(post("/v1/comparisons?at=2025-07-10", "operator", "text/csv", changed));
        HttpResponse<String> csv = http.send(
                request("/v1/comparisons?at=2025-07-10", "operator")
                        .header("Content-Type", "text/csv")
                        .header("Accept", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString(changed))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(equal.path("total").asInt()).as(equal.toString()).isZero();
        assertThat(equal.path("listed").asInt()).isEqualTo(3_355);
        assertThat(different.path("kinds")).isEqualTo(JSON.readTree("{\"name\":1}"));
        assertThat(different.path("corrections").path(0)).isEqualTo(JSON.readTree("""
            {"title":"Đính chính theo danh mục ngày 2025-07-10","effectiveDate":"2025-07-01","kind":"correction",
             "changes":[{"operation":"rename","code":"00004","name":"Ba Dình","note":"Đối chiếu danh mục ngày 2025-07-10"}]}
            """));
        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.body())
                .isEqualTo("kind,code,unit_id,registered,listed,corrected_on\r\n"
                        + "name,00004,00004@2025-07-01,Ba Đình,Ba Dình,2025-07-01\r\n");
    }

    @ParameterizedTest
    @Order(12)
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /v1/decisions/none/findings                     | drafter  | 404",
                "GET  | /v1/decisions/none/impact                       | drafter  | 404",
                "GET  | /v1/decisions/none/plan                         | drafter  | 404",
                "POST | /v1/decisions/none/plans                        | drafter  | 404",
                "POST | /v1/decisions/act-1656-nq-ubtvqh15/plans        | drafter  | 422",
                "GET  | /v1/decisions/none/plan?after=x                 | drafter  | 400",
                "GET  | /v1/decisions/none/plan                         | reader   | 403",
                "POST | /v1/decisions/none/plans                        | reader   | 403",
                "GET  | /v1/decisions/none/splits                       | drafter  | 404",
                "POST | /v1/decisions/none/rehearsals                   | drafter  | 404",
                "GET  | /v1/decisions/act-1656-nq-ubtvqh15/impact       | drafter  | 422",
                "POST | /v1/decisions/act-1656-nq-ubtvqh15/rehearsals   | drafter  | 422",
                "GET  | /v1/decisions/none/findings                     | reader   | 403",
                "GET  | /v1/decisions/none/impact                       | reader   | 403",
                "POST | /v1/comparisons?at=2025-07-01                   | reader   | 403",
                "POST | /v1/comparisons?at=yesterday                    | operator | 400",
                "POST | /v1/comparisons?at=2025-07-01                   | operator | 400",
                "POST | /v1/decisions?effectiveDate=2025-09-01          | drafter  | 400",
                "POST | /v1/locality-assignments?enactment=x            | operator | 400",
            })
    void badRequest_isAnsweredWithAProblem(String method, String path, String caller, int status) throws Exception {
        HttpResponse<String> answer =
                method.equals("GET") ? get(path, caller) : post(path, caller, "text/csv", "x\n1\n");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).path("detail").asText()).isNotBlank();
    }

    /** @param moved of the first line */
    private static List<PlanLine> lines(int moved) {
        return List.of(
                new PlanLine("00004", "2025-08-31", "person", "ha-noi", moved, 0, 4),
                new PlanLine("00008", "2025-08-31", "land_parcel", "ha-noi", 0, 2, 0),
                new PlanLine("00008", "2025-08-31", "person", "ha-noi", 3, 0, 0));
    }

    /** What sync-service answers. */
    private List<String> plannedInTheList() throws Exception {
        List<String> planned = new ArrayList<>();
        for (JsonNode one : json(get("/v1/decisions?date=" + DAY, "drafter")).path("decisions")) {
            if (one.path("planned").booleanValue()) {
                planned.add(one.path("id").asText());
            }
        }
        return planned;
    }

    private static String plan(int moved) {
        return """
            {"date":"2025-09-01","upperBound":true,"units":[
              {"code":"00004","vintage":"2025-08-31","dataset":"person","database":"ha-noi","move":%d,"keep":0,"queue":4},
              {"code":"00008","vintage":"2025-08-31","dataset":"person","database":"ha-noi","move":3,"keep":0,"queue":0},
              {"code":"00008","vintage":"2025-08-31","dataset":"land_parcel","database":"ha-noi","move":0,"keep":2,"queue":0}],
             "databases":[
              {"database":"ha-noi","dataset":"person","move":8,"keep":0,"queue":4,"recordsPerSecond":3.0,"estimatedSeconds":4},
              {"database":"ha-noi","dataset":"land_parcel","move":0,"keep":2,"queue":0,"recordsPerSecond":2.0,"estimatedSeconds":1}],
             "estimatedSeconds":5,"restsOn":"Theo tốc độ đã đo.","truncated":false,"digest":"%s"}
            """.formatted(moved, PlanText.digest(PlanText.of(DAY, lines(moved))));
    }

    private HttpResponse<String> step(String step, String caller, int version, String more) throws Exception {
        return post(
                "/v1/decisions/" + drafted + "/" + step,
                caller,
                "application/json",
                "{\"version\":" + version + more + "}");
    }

    private static Timeline withTheDraft() {
        Decision decision = Changes.decision(
                "by-hand",
                DAY,
                Changes.on("1/NQ-QH", null, Changes.abolish("00004")),
                Changes.on("1/NQ-QH", "2", Changes.abolish("00008")),
                Changes.on("1/NQ-QH", "2", Changes.create("00008", UnitType.WARD, "Hoàng Thành", "01")),
                Changes.on("1/NQ-QH", "1", Changes.part("00004", "00025", Portion.PART)),
                Changes.on("1/NQ-QH", "2", Changes.part("00004", "00008", Portion.REST)),
                Changes.on("1/NQ-QH", "2", Changes.whole("00008", "00008")));
        return Catalogues.enacted(REFORMED.enact(DAY, List.of(decision))).timeline();
    }

    private static String line(Unit unit) {
        String parent = unit.parent() == null
                ? ""
                : REFORMED.find(unit.parent()).orElseThrow().last().code().value();
        return String.join(
                        ",",
                        unit.code().value(),
                        unit.level().label(),
                        unit.type().label(),
                        unit.name(),
                        unit.fullName(),
                        parent,
                        "")
                + "\n";
    }

    private String token(String caller) {
        return switch (caller) {
            case "drafter" -> issuer.token("drafter", "decision-drafter");
            case "approver" -> issuer.token("approver", "decision-approver");
            case "operator" -> issuer.token("operator", "operator");
            default -> issuer.token(caller);
        };
    }

    private HttpResponse<String> get(String path, String caller) throws Exception {
        return http.send(request(path, caller).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String caller, String type, String body) throws Exception {
        return http.send(
                request(path, caller)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String caller) {
        return HttpRequest.newBuilder(URI.create(service.url() + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token(caller));
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }
}
