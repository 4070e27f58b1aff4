package vn.dvhc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.dvhc.registry.RegistryHouse.JSON;
import static vn.dvhc.registry.RegistryHouse.assertProblem;
import static vn.dvhc.registry.RegistryHouse.await;
import static vn.dvhc.registry.RegistryHouse.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
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
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * The night of the reform, on the real PostgreSQL, Kafka and Debezium, against the built service in a process of its own.
 * The tests tell one story and run in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegistryIT {

    private static final Instant EVENING = Instant.parse("2025-06-30T16:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2025-06-30T17:00:00Z");
    private static final LocalDate LATER = LocalDate.of(2025, 8, 1);
    private static final String SPLIT = "00016@2004-08-31";

    private RegistryHouse house;
    private LogReplay replay;
    private String draftId;

    @BeforeAll
    void start() throws Exception {
        house = new RegistryHouse(Path.of("target/it/registry").toAbsolutePath(), EVENING);
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
    void catalogue_isLoadedUpToTheBusinessDate() throws Exception {
        Timeline expected = Catalogues.until(Catalogues.EVE);

        JsonNode digest = house.digest();

        assertThat(digest.path("lastDay").asText()).isEqualTo("2025-06-30");
        assertThat(digest.path("digest").asText()).isEqualTo(expected.digest());
        assertThat(house.unitStates()).isEqualTo(RegistryHouse.unitStates(expected));
    }

    @Test
    @Order(2)
    void outbox_arrivesInOrderAndReplaysToTheSameRegister() throws Exception {
        JsonNode digest = house.digest();

        replay.until(digest.path("sequence").asLong());

        assertThat(replay.chronicle().timeline().digest())
                .isEqualTo(digest.path("digest").asText());
    }

    @Test
    @Order(3)
    void decisionsToCome_areScheduled() throws Exception {
        JsonNode page = json(house.get("/v1/decisions?state=scheduled&limit=10"));
        assertThat(page.path("decisions")).hasSize(10);
        List<String> ids = new ArrayList<>();
        page.path("decisions").forEach(decision -> ids.add(decision.path("id").asText()));
        while (page.has("next")) {
            page = json(house.get("/v1/decisions?state=scheduled&limit=10&after="
                    + page.path("next").asText()));
            page.path("decisions")
                    .forEach(decision -> ids.add(decision.path("id").asText()));
        }

        List<String> expected = new ArrayList<>();
        Catalogues.DAYS
                .tailMap(Catalogues.EVE, false)
                .values()
                .forEach(day ->
                        day.forEach(decision -> expected.add(decision.id().value())));
        assertThat(ids).isEqualTo(expected);
        JsonNode one = json(house.get("/v1/decisions/" + ids.get(0)));
        assertThat(one.path("changes")).hasSize(one.path("changeCount").asInt());
        assertThat(json(house.get("/v1/decisions?date=2004-10-25")).path("decisions"))
                .hasSize(1);
        assertThat(json(house.get("/v1/enactments?limit=3")).path("enactments")).hasSize(3);
        assertThat(json(house.get("/v1/enactments/2025-06-30")).path("decisions"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @Order(4)
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /v1/decisions?limit=0              | operator | 400 | malformed-request",
                "GET    | /v1/decisions?limit=many           | operator | 400 | malformed-request",
                "GET    | /v1/decisions?date=2025-13-01      | operator | 400 | malformed-request",
                "GET    | /v1/decisions?state=secret         | operator | 400 | malformed-request",
                "GET    | /v1/decisions/NO%20ID              | operator | 400 | malformed-request",
                "GET    | /v1/decisions/none                 | operator | 404 | not-found",
                "GET    | /v1/enactments/2025-07-01          | operator | 404 | not-found",
                "GET    | /v1/enactments/tomorrow            | operator | 400 | malformed-request",
                "GET    | /v1/locality-assignments           | operator | 400 | malformed-request",
                "GET    | /v1/locality-assignments?unit=1    | operator | 400 | malformed-request",
                "GET    | /v1/nothing                        | reader   | 404 | not-found",
                "DELETE | /v1/decisions                      | reader   | 405 | method-not-allowed",
                "GET    | /v1/decisions                      | nobody   | 401 | unauthenticated",
                "GET    | /v1/enactments                     | nobody   | 401 | unauthenticated",
                "GET    | /v1/decisions                      | forger   | 401 | unauthenticated",
                "GET    | /v1/decisions                      | expired  | 401 | unauthenticated",
                "GET    | /v1/decisions                      | stranger | 401 | unauthenticated",
                "POST   | /v1/decisions                      | reader   | 403 | forbidden",
                "POST   | /v1/decisions                      | drafter  | 400 | malformed-request",
                "POST   | /v1/decisions/none/approval        | drafter  | 403 | forbidden",
                "POST   | /v1/decisions/none/approval        | approver | 400 | malformed-request",
                "POST   | /v1/decisions/none/schedule        | drafter  | 403 | forbidden",
                "POST   | /v1/decisions/none/rejection       | drafter  | 403 | forbidden",
                "POST   | /v1/decisions/none/submission      | approver | 403 | forbidden",
                "POST   | /v1/decisions/none/withdrawal      | reader   | 403 | forbidden",
                "PUT    | /v1/decisions/none                 | approver | 403 | forbidden",
                "GET    | /v1/decisions?unit=4               | operator | 400 | malformed-request",
                "GET    | /v1/decisions?act=%20              | operator | 400 | malformed-request",
                "GET    | /v1/acts?year=25                   | operator | 400 | malformed-request",
                "GET    | /v1/acts/1656                      | operator | 400 | malformed-request",
                "GET    | /v1/acts/act-none                  | operator | 404 | not-found",
                "GET    | /v1/acts                           | nobody   | 401 | unauthenticated",
                "GET    | /v1/decisions                      | reader   | 403 | forbidden",
                "GET    | /v1/decisions/none                 | reader   | 403 | forbidden",
                "GET    | /v1/enactments                     | reader   | 403 | forbidden",
                "GET    | /v1/enactments/2025-06-30          | reader   | 403 | forbidden",
                "GET    | /v1/acts                           | reader   | 403 | forbidden",
                "GET    | /v1/acts/act-none                  | reader   | 403 | forbidden",
                "GET    | /v1/register/units                 | reader   | 403 | forbidden",
                "GET    | /v1/locality-assignments           | reader   | 403 | forbidden",
                "GET    | /v1/decisions/none                 | drafter  | 404 | not-found",
                "GET    | /v1/enactments/2025-07-01          | drafter  | 404 | not-found",
                "GET    | /v1/locality-assignments           | drafter  | 400 | malformed-request",
                "GET    | /v1/decisions/none                 | approver | 404 | not-found",
                "GET    | /v1/enactments/2025-07-01          | approver | 404 | not-found",
                "GET    | /v1/locality-assignments           | approver | 400 | malformed-request",
                "POST   | /v1/locality-assignments           | drafter  | 403 | forbidden",
                "POST   | /v1/locality-assignments           | operator | 400 | malformed-request",
            })
    void badRequest_isAnsweredWithAProblem(String method, String path, String caller, int status, String slug)
            throws Exception {
        HttpResponse<String> answer =
                house.send(method, path, house.token(caller), method.startsWith("P") ? "{\"x\":" : null);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertProblem(answer, slug);
    }

    @Test
    @Order(5)
    void hugeBody_isRefusedBeforeItIsRead() throws Exception {
        HttpResponse<String> answer = house.send(house.request("/v1/decisions", house.token("drafter"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[11 * 1024 * 1024]))
                .build());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertProblem(answer, "too-large");
    }

    @Test
    @Order(6)
    void wrongMediaType_isUnsupported() throws Exception {
        HttpResponse<String> answer = house.send(house.request("/v1/decisions", house.token("drafter"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("a;b"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(415);
        assertProblem(answer, "unsupported-media-type");
    }

    @Test
    @Order(7)
    void draft_isScheduledByASecondPerson() throws Exception {
        draftId = house.scheduled(rename(LATER.toString(), "00004", "Ba Đình Mới"));

        JsonNode decision = house.decision(draftId);
        assertThat(decision.path("state").asText()).isEqualTo("scheduled");
        assertThat(decision.path("draftedBy").asText()).isEqualTo("drafter");
        assertThat(decision.path("approvedBy").asText()).isEqualTo("approver");
    }

    @Test
    @Order(10)
    void localities_areAssignedOnceAndPublished() throws Exception {
        Timeline reformed = Catalogues.until(Catalogue.REFORM);
        List<UnitId> successors = reformed.edgesFrom(UnitId.parse(SPLIT)).stream()
                .map(edge -> edge.edge().to())
                .toList();
        String body = assignments("Tổ 1", successors.get(0), "Tổ 2", successors.get(1));

        JsonNode first = json(house.post("/v1/locality-assignments", "operator", body));
        JsonNode again = json(house.post("/v1/locality-assignments", "operator", body));
        HttpResponse<String> turned = house.post(
                "/v1/locality-assignments",
                "operator",
                assignments("Tổ 3", successors.get(0), "Tổ 2", successors.get(0)));
        HttpResponse<String> stranger = house.post(
                "/v1/locality-assignments",
                "operator",
                assignments("Tổ 4", UnitId.parse("31105@2025-07-01"), "Tổ 5", successors.get(0)));

        assertThat(first).isEqualTo(JSON.readTree("{\"received\":2,\"added\":2,\"unchanged\":0}"));
        assertThat(again).isEqualTo(JSON.readTree("{\"received\":2,\"added\":0,\"unchanged\":2}"));
        assertThat(turned.statusCode()).isEqualTo(422);
        assertThat(turned.body()).contains("LOCALITY_ASSIGNED_ELSEWHERE").contains("assignments[1]");
        assertThat(stranger.statusCode()).isEqualTo(422);
        assertThat(stranger.body()).contains("NOT_A_SUCCESSOR").contains("assignments[0]");
        assertThat(json(house.get("/v1/locality-assignments?unit=" + SPLIT)).path("assignments"))
                .hasSize(2);
        try (KafkaConsumer<String, String> consumer = house.consumer("locality-assignments.v1")) {
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            await("two assignments", () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= 2;
            });
            assertThat(records)
                    .hasSize(2)
                    .allSatisfy(record -> assertThat(record.key()).isEqualTo(SPLIT));
            JsonNode event = JSON.readTree(records.get(0).value());
            assertThat(event.path("type").asText()).isEqualTo("vn.dvhc.locality.assigned");
            assertThat(event.path("data").path("locality").asText()).isEqualTo("Tổ 1");
        }
    }

    @Test
    @Order(11)
    void fiftyThousandLocalities_areAssignedAtOnce() throws Exception {
        UnitId successor = Catalogues.until(Catalogue.REFORM)
                .edgesFrom(UnitId.parse(SPLIT))
                .get(0)
                .edge()
                .to();
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            items.append(i == 0 ? "" : ",").append(item("Thửa " + i, successor));
        }
        long begun = System.nanoTime();

        HttpResponse<String> answer = house.post(
                "/v1/locality-assignments",
                "operator",
                "{\"enactment\":\"2025-07-01\",\"assignments\":[" + items + "]}");

        System.out.printf("50,000 assignments in %.1f s%n", (System.nanoTime() - begun) / 1e9);
        assertThat(json(answer).path("added").asInt()).isEqualTo(50_000);
    }

    @Test
    @Order(12)
    void failureInTheMiddleOfMidnight_leavesNothing() throws Exception {
        String before = house.get("/v1/digest").body();
        long outbox = house.count("outbox");
        house.sql("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk on fire'; END $$");
        house.sql("CREATE TRIGGER fail BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.aggregate_id = '105@2004-08-31')"
                + " EXECUTE FUNCTION fail()");

        house.setClock(MIDNIGHT);
        await("two failures", () -> failures() >= 2);

        assertThat(house.get("/v1/digest").body()).isEqualTo(before);
        assertThat(house.count("outbox")).isEqualTo(outbox);
        assertThat(house.count("unit_state WHERE valid_from = '2025-07-01' OR valid_to = '2025-07-01'"))
                .isZero();
        assertThat(house.count("edge WHERE date = '2025-07-01'")).isZero();
        assertThat(house.count("decision WHERE state = 'in_force' AND effective_date = '2025-07-01'"))
                .isZero();
        assertThat(house.service().isAlive()).isTrue();
    }

    @Test
    @Order(13)
    void reform_takesEffectWholeOnceItCan() throws Exception {
        long begun = System.nanoTime();
        house.sql("DROP TRIGGER fail ON outbox");

        await("the reform", () -> house.get("/v1/digest").body().contains("\"lastDay\":\"2025-07-01\""));

        System.out.printf("The reform took effect after %.1f s%n", (System.nanoTime() - begun) / 1e9);
        Timeline expected = Catalogues.until(Catalogue.REFORM);
        JsonNode digest = house.digest();
        assertThat(digest.path("digest").asText()).isEqualTo(expected.digest());
        assertThat(house.unitStates()).isEqualTo(RegistryHouse.unitStates(expected));
        replay.until(digest.path("sequence").asLong());
        assertThat(replay.chronicle().timeline().digest()).isEqualTo(expected.digest());
        assertThat(json(house.get("/v1/enactments/2025-07-01")).path("decisions"))
                .hasSize(Catalogues.DAYS.get(Catalogue.REFORM).size());
    }

    @Test
    @Order(14)
    void draftedDecision_takesEffectOnItsDay() throws Exception {
        house.setClock(Instant.parse("2025-07-31T17:00:00Z"));

        await("the rename", () -> house.get("/v1/digest").body().contains("\"lastDay\":\"2025-08-01\""));

        assertThat(house.digest().path("digest").asText())
                .isEqualTo(withRename().digest());
        assertThat(json(house.get("/v1/decisions/" + draftId)).path("state").asText())
                .isEqualTo("in_force");
        replay.until(house.digest().path("sequence").asLong());
        assertThat(replay.chronicle().timeline().digest())
                .isEqualTo(withRename().digest());
    }

    @Test
    @Order(15)
    void registerThatWasTamperedWith_isRefusedAtStart() throws Exception {
        house.service().kill();
        house.sql("UPDATE decision SET changes = replace(changes, 'Ba Đình Mới', 'Ba Đình Cũ')");

        house.service().start();

        assertThatThrownBy(() -> house.service().awaitLive(Duration.ofSeconds(90)))
                .hasMessageContaining("do not give the digest");
    }

    @Test
    @Order(16)
    void restart_rebuildsTheSameRegister() throws Exception {
        house.sql("UPDATE decision SET changes = replace(changes, 'Ba Đình Cũ', 'Ba Đình Mới')");
        long begun = System.nanoTime();

        house.service().start();
        house.service().awaitReady(Duration.ofSeconds(90));

        System.out.printf("Restarted and ready after %.1f s%n", (System.nanoTime() - begun) / 1e9);
        assertThat(house.digest().path("digest").asText())
                .isEqualTo(withRename().digest());
        assertThat(house.digest().path("sequence").asLong())
                .isEqualTo(replay.chronicle().lastSequence());
    }

    private static Timeline withRename() {
        Decision rename = new Decision(
                new DecisionId("rename"),
                LATER,
                "Đổi tên",
                List.of(new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Mới", Basis.ofActs("1/NQ-HĐND"))));
        return Catalogues.with(Catalogues.until(Catalogue.REFORM), new TreeMap<>(Map.of(LATER, List.of(rename))));
    }

    private static String rename(String date, String code, String name) {
        return """
            {"title":"Đổi tên","effectiveDate":"%s","changes":[
              {"operation":"rename","code":"%s","name":"%s","legalBasis":["1/NQ-HĐND"]}]}
            """.formatted(date, code, name);
    }

    private static String assignments(String one, UnitId first, String other, UnitId second) {
        return "{\"enactment\":\"2025-07-01\",\"assignments\":[" + item(one, first) + "," + item(other, second) + "]}";
    }

    private static String item(String locality, UnitId successor) {
        return "{\"unit\":\"" + SPLIT + "\",\"locality\":\"" + locality + "\",\"successor\":\"" + successor + "\"}";
    }

    private double failures() throws Exception {
        return house.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("dvhc_registry_enactment_failures_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
