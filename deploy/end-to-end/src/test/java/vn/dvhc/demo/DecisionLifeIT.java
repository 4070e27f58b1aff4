package vn.dvhc.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.contract.PlanLine;
import vn.dvhc.contract.PlanText;
import vn.dvhc.contract.Topics;
import vn.dvhc.local.ProjectRoot;

/**
 * The life of a decision through the gateway, by two people whose tokens are Keycloak's, up to its midnight, while anybody
 * looks units up without pause. The tests tell one story and run in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DecisionLifeIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AFTERNOON = Instant.parse("2025-07-31T08:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2025-07-31T17:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2025, 8, 1);
    private static final int ENOUGH = 20;

    private House house;
    private People people;
    private People.Person anybody;
    private String id;

    @BeforeAll
    void start() throws Exception {
        Path dir = ProjectRoot.find().resolve("deploy/end-to-end/target/decision-life-it");
        house = House.start(new Options(100, 1, false, false, true, dir), AFTERNOON, System.out::println);
        people = new People(house.gateway(), house.issuer());
        anybody = people.anybody();
    }

    @AfterAll
    void stop() {
        if (house != null) {
            house.close();
        }
    }

    @Test
    @Order(1)
    void decision_isDraftedByOneAndApprovedByAnother() throws Exception {
        People.Person drafter = people.signIn("drafter");
        People.Person approver = people.signIn("approver");

        assertThat(anybody.post("/v1/decisions", draft("Ba Đình Mới")).status()).isEqualTo(401);
        assertThat(approver.post("/v1/decisions", draft("Ba Đình Mới")).status())
                .isEqualTo(403);
        id = drafter.post("/v1/decisions", draft("Ba Đình Cũ")).ok().path("id").asText();
        step(drafter, "submission", 0, "");
        step(approver, "rejection", 1, ",\"reason\":\"Tên phường không đúng nghị quyết\"");
        drafter.put("/v1/decisions/" + id, revision(2, "Ba Đình Mới")).ok();
        step(drafter, "submission", 3, "");
        assertThat(drafter.post("/v1/decisions/" + id + "/approval", "{\"version\":4}")
                        .status())
                .isEqualTo(403);
        JsonNode plan = approver.post("/v1/decisions/" + id + "/plans", "").ok();
        assertThat(anybody.get("/v1/decisions/" + id + "/plan").status()).isEqualTo(401);
        assertThat(plan.path("digest").asText()).isEqualTo(PlanText.digest(PlanText.of(DAY, lines(plan))));
        JsonNode approved = step(
                approver, "approval", 4, ",\"plan\":\"" + plan.path("digest").asText() + "\"");

        assertThat(approved.path("state").asText()).isEqualTo("scheduled");
        assertThat(approved.path("steps"))
                .extracting(step ->
                        step.path("step").asText() + " " + step.path("by").asText())
                .startsWith(
                        "drafted drafter",
                        "submitted drafter",
                        "rejected approver",
                        "revised drafter",
                        "submitted drafter",
                        "approved approver");
        assertThat(drafter.get("/v1/acts?number=12%2FNQ-H%C4%90ND").ok().path("acts"))
                .hasSize(1);
    }

    @Test
    @Order(2)
    void notice_isInTheLogBeforeTheDay() throws Exception {
        List<JsonNode> messages = awaitMessages(1);

        assertThat(messages).singleElement().satisfies(notice -> {
            assertThat(notice.path("type").asText()).isEqualTo("vn.dvhc.unit-decision.scheduled");
            assertThat(notice.path("data").path("effectiveDate").asText()).isEqualTo("2025-08-01");
            assertThat(notice.path("data").path("changes")).hasSize(3);
        });
    }

    @Test
    @Order(3)
    void lookUps_turnAtMidnightWithoutAGap() throws Exception {
        house.setClock(MIDNIGHT.minusSeconds(3));
        try (Watch dated = new Watch(anybody, "/v1/units/00004?at=2025-08-01", DecisionLifeIT::name);
                Watch bare = new Watch(anybody, "/v1/units/00004", DecisionLifeIT::name);
                Watch old = new Watch(anybody, "/v1/units/00008?at=2025-07-31", DecisionLifeIT::name);
                Watch followed = new Watch(
                        anybody,
                        "/v1/units/00008/successors?at=2025-07-31&on=2025-08-01",
                        DecisionLifeIT::successors)) {
            Await.until("an answer after midnight", Duration.ofMillis(20), () -> {
                List<String> answers = dated.answers();
                return answers.indexOf("Ba Đình Mới") >= 0
                        && answers.size() >= answers.indexOf("Ba Đình Mới") + ENOUGH
                        && bare.answers().contains("Ba Đình Mới")
                        && followed.answers().contains("00004");
            });

            assertThat(dated.turns()).containsExactly("Ba Đình", "Ba Đình Mới");
            assertThat(bare.turns()).containsExactly("Ba Đình", "Ba Đình Mới");
            assertThat(old.turns()).containsExactly("Ngọc Hà");
            assertThat(followed.turns()).containsExactly("00008", "00004");
            assertThat(dated.answers().indexOf("Ba Đình Mới"))
                    .as("answers before midnight")
                    .isGreaterThan(ENOUGH);
        }
        assertThat(anybody.get("/v1/units/00004?at=2025-07-31")
                        .ok()
                        .path("name")
                        .asText())
                .isEqualTo("Ba Đình");
        assertThat(anybody.get("/v1/units/00008?at=2025-08-01").status()).isEqualTo(404);
    }

    @Test
    @Order(4)
    void decision_isInForceAndItsChangesAreInTheLogOnce() throws Exception {
        People.Person approver = people.signIn("approver");

        JsonNode decision = approver.get("/v1/decisions/" + id).ok();
        List<JsonNode> messages = awaitMessages(3);

        assertThat(decision.path("state").asText()).isEqualTo("in_force");
        JsonNode plan = approver.get("/v1/decisions/" + id + "/plan").ok();
        assertThat(plan.path("approvedBy").asText()).isEqualTo("approver");
        assertThat(plan.path("intact").asBoolean()).isTrue();
        assertThat(decision.path("steps").findValuesAsText("plan"))
                .containsExactly(plan.path("digest").asText());
        assertThat(messages)
                .extracting(message -> message.path("type").asText())
                .containsExactlyInAnyOrder(
                        "vn.dvhc.unit-decision.scheduled", "vn.dvhc.unit.renamed", "vn.dvhc.unit.ended");
        assertThat(messages.subList(1, 3))
                .allSatisfy(message -> assertThat(
                                message.path("data").path("enactment").asText())
                        .isEqualTo("2025-08-01"));
        assertThat(approver.get("/v1/enactments/2025-08-01").ok().path("decisions"))
                .hasSize(1);
    }

    private static List<PlanLine> lines(JsonNode plan) throws Exception {
        List<PlanLine> lines = new ArrayList<>();
        for (JsonNode line : plan.path("lines")) {
            lines.add(JSON.treeToValue(line, PlanLine.class));
        }
        return lines;
    }

    private JsonNode step(People.Person person, String step, int version, String more) throws Exception {
        return person.post("/v1/decisions/" + id + "/" + step, "{\"version\":" + version + more + "}")
                .ok();
    }

    private static String draft(String name) {
        return "{" + content(name) + "}";
    }

    private static String revision(int version, String name) {
        return "{\"version\":" + version + "," + content(name) + "}";
    }

    /** Ngọc Hà is merged into Ba Đình, which takes a new name. */
    private static String content(String name) {
        return """
                "title":"Nhập phường Ngọc Hà vào phường Ba Đình","effectiveDate":"2025-08-01",
                "acts":[{"number":"12/NQ-HĐND","issuer":"Hội đồng nhân dân thành phố Hà Nội","signedOn":"2025-07-02",
                  "clauses":["1"]}],
                "changes":[
                  {"operation":"rename","code":"00004","name":"%s","legalBasis":["12/NQ-HĐND"],"clause":"1"},
                  {"operation":"abolish","code":"00008","legalBasis":["12/NQ-HĐND"],"clause":"1"},
                  {"operation":"succeed","code":"00008","to":"00004","extent":"full","portion":"toàn bộ","confidence":"act",
                   "legalBasis":["12/NQ-HĐND"],"clause":"1"}]
                """.formatted(name);
    }

    private static String name(JsonNode unit) {
        return unit.path("name").asText();
    }

    private static String successors(JsonNode answer) {
        return StreamSupport.stream(answer.path("successors").spliterator(), false)
                .map(successor -> successor.path("unit").path("code").asText())
                .toList()
                .toString()
                .replaceAll("[\\[\\]]", "");
    }

    /** What the log holds of the decision, once there is as much. */
    private List<JsonNode> awaitMessages(int count) throws Exception {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", house.kafka());
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        List<JsonNode> messages = new ArrayList<>();
        try (KafkaConsumer<String, String> log =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            log.assign(List.of(new TopicPartition(Topics.UNIT_CHANGES, 0)));
            Await.until(count + " messages of the decision", Duration.ofMillis(20), () -> {
                for (ConsumerRecord<String, String> record : log.poll(Duration.ofMillis(200))) {
                    JsonNode event = JSON.readTree(record.value());
                    if (event.path("data").path("decision").asText().equals(id)) {
                        messages.add(event);
                    }
                }
                return messages.size() >= count;
            });
        }
        return messages;
    }
}
