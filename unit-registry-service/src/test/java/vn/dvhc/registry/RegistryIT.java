package vn.dvhc.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
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
import vn.dvhc.contract.DecisionNoticeData;
import vn.dvhc.contract.GroupAssembler;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.Service;
import vn.dvhc.local.ServiceProcess;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Recording;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * The night of the reform, on the real PostgreSQL, Kafka and Debezium, against the built service in a process of its own.
 * The tests tell one story and run in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegistryIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path DIR = Path.of("target/it/registry").toAbsolutePath();
    private static final Path CLOCK = DIR.resolve("clock");
    private static final Instant EVENING = Instant.parse("2025-06-30T16:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2025-06-30T17:00:00Z");
    private static final LocalDate LATER = LocalDate.of(2025, 8, 1);
    private static final String SPLIT = "00016@2004-08-31";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final GroupAssembler assembler = new GroupAssembler(0);
    private Chronicle replayed = Chronicle.empty();

    private PlatformProcess platform;
    private TestIssuer issuer;
    private Fleet fleet;
    private ServiceProcess service;
    private KafkaConsumer<String, String> changes;
    private String draftId;

    @BeforeAll
    void start() throws Exception {
        platform = PlatformProcess.start(
                DIR, Set.of(PlatformProcess.Option.FRESH, PlatformProcess.Option.WITHOUT_KEYCLOAK));
        issuer = new TestIssuer();
        BusinessClock.set(CLOCK, EVENING);
        Fleet.reap(DIR);
        fleet = new Fleet(DIR, Ports.free(), platform)
                .set(Service.REGISTRY, "DVHC_CLOCK_FILE", CLOCK.toString())
                .set(Service.REGISTRY, "DVHC_OIDC_URL", issuer.url());
        long begun = System.nanoTime();
        service = fleet.start(Service.REGISTRY);
        service.awaitReady(Duration.ofMinutes(3));
        System.out.printf("Catalogue loaded and service ready after %.1f s%n", (System.nanoTime() - begun) / 1e9);
        fleet.registerOutbox();
        changes = consumer("unit-changes.v1");
    }

    @AfterAll
    void stop() {
        if (changes != null) {
            changes.close();
        }
        if (fleet != null) {
            fleet.close();
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
    void catalogue_isLoadedUpToTheBusinessDate() throws Exception {
        Timeline expected = Catalogues.until(Catalogues.EVE);

        JsonNode digest = json(get("/v1/digest", null));

        assertThat(digest.path("lastDay").asText()).isEqualTo("2025-06-30");
        assertThat(digest.path("digest").asText()).isEqualTo(expected.digest());
        assertThat(unitStates()).isEqualTo(unitStates(expected));
    }

    @Test
    @Order(2)
    void outbox_arrivesInOrderAndReplaysToTheSameRegister() throws Exception {
        JsonNode digest = json(get("/v1/digest", null));

        replayUntil(digest.path("sequence").asLong());

        assertThat(replayed.timeline().digest()).isEqualTo(digest.path("digest").asText());
    }

    @Test
    @Order(3)
    void decisionsToCome_areScheduled() throws Exception {
        String reader = issuer.token("an");

        JsonNode page = json(get("/v1/decisions?state=scheduled&limit=10", reader));
        assertThat(page.path("decisions")).hasSize(10);
        List<String> ids = new ArrayList<>();
        page.path("decisions").forEach(decision -> ids.add(decision.path("id").asText()));
        while (page.has("next")) {
            page = json(get(
                    "/v1/decisions?state=scheduled&limit=10&after="
                            + page.path("next").asText(),
                    reader));
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
        JsonNode one = json(get("/v1/decisions/" + ids.get(0), reader));
        assertThat(one.path("changes")).hasSize(one.path("changeCount").asInt());
        assertThat(json(get("/v1/decisions?date=2004-10-25", reader)).path("decisions"))
                .hasSize(1);
        assertThat(json(get("/v1/enactments?limit=3", reader)).path("enactments"))
                .hasSize(3);
        assertThat(json(get("/v1/enactments/2025-06-30", reader)).path("decisions"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @Order(4)
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /v1/decisions?limit=0              | reader   | 400 | malformed-request",
                "GET    | /v1/decisions?limit=many           | reader   | 400 | malformed-request",
                "GET    | /v1/decisions?date=2025-13-01      | reader   | 400 | malformed-request",
                "GET    | /v1/decisions?state=secret         | reader   | 400 | malformed-request",
                "GET    | /v1/decisions/NO%20ID              | reader   | 400 | malformed-request",
                "GET    | /v1/decisions/none                 | reader   | 404 | not-found",
                "GET    | /v1/enactments/2025-07-01          | reader   | 404 | not-found",
                "GET    | /v1/enactments/tomorrow            | reader   | 400 | malformed-request",
                "GET    | /v1/locality-assignments           | reader   | 400 | malformed-request",
                "GET    | /v1/locality-assignments?unit=1    | reader   | 400 | malformed-request",
                "GET    | /v1/nothing                        | reader   | 404 | not-found",
                "DELETE | /v1/decisions                      | reader   | 405 | method-not-allowed",
                "GET    | /v1/decisions                      | nobody   | 401 | unauthenticated",
                "GET    | /v1/enactments                     | nobody   | 401 | unauthenticated",
                "GET    | /v1/decisions                      | forger   | 401 | unauthenticated",
                "GET    | /v1/decisions                      | expired  | 401 | unauthenticated",
                "GET    | /v1/decisions                      | stranger | 401 | unauthenticated",
                "POST   | /v1/decisions                      | reader   | 403 | forbidden",
                "POST   | /v1/decisions                      | drafter  | 400 | malformed-request",
                "POST   | /v1/decisions/none/approve         | drafter  | 403 | forbidden",
                "POST   | /v1/decisions/none/approve         | approver | 400 | malformed-request",
                "POST   | /v1/locality-assignments           | drafter  | 403 | forbidden",
                "POST   | /v1/locality-assignments           | operator | 400 | malformed-request",
            })
    void badRequest_isAnsweredWithAProblem(String method, String path, String caller, int status, String slug)
            throws Exception {
        HttpResponse<String> answer = send(method, path, token(caller), method.equals("POST") ? "{\"x\":" : null);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertProblem(answer, slug);
    }

    @Test
    @Order(5)
    void hugeBody_isRefusedBeforeItIsRead() throws Exception {
        HttpResponse<String> answer = http.send(
                request("/v1/decisions", token("drafter"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[11 * 1024 * 1024]))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertProblem(answer, "too-large");
    }

    @Test
    @Order(6)
    void wrongMediaType_isUnsupported() throws Exception {
        HttpResponse<String> answer = http.send(
                request("/v1/decisions", token("drafter"))
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString("a;b"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(415);
        assertProblem(answer, "unsupported-media-type");
    }

    @Test
    @Order(7)
    void contradictingDecision_isRefusedWholeWithEveryReason() throws Exception {
        HttpResponse<String> answer = post("/v1/decisions", "drafter", """
                {"title":"Trái luật","effectiveDate":"2025-08-01","changes":[
                  {"operation":"abolish","code":"99999"},
                  {"operation":"rename","code":"001","name":"Quận đã hết"},
                  {"operation":"create","code":"00004","type":"phường","name":"Trùng mã","parent":"01"},
                  {"operation":"succeed","code":"00004","to":"99998","extent":"partial"},
                  {"operation":"rename","code":"00008","name":"Vẫn đúng"}]}
                """);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertProblem(answer, "contradicts-register");
        List<String> reasons = new ArrayList<>();
        json(answer).path("reasons").forEach(reason -> {
            reasons.add(
                    reason.path("code").asText() + " " + reason.path("subject").asText());
            assertThat(reason.path("message").asText()).isNotBlank();
        });
        assertThat(reasons)
                .containsExactlyInAnyOrder(
                        "UNIT_UNKNOWN 99999", "UNIT_UNKNOWN 001", "CODE_IN_USE 00004", "EDGE_TO_NOT_IN_FORCE 99998");
        assertThat(count("decision WHERE origin = 'drafted'")).isZero();
    }

    @Test
    @Order(8)
    void decisionOfThePast_isRefused() throws Exception {
        HttpResponse<String> answer = post("/v1/decisions", "drafter", rename("2025-06-30", "00004", "Muộn"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("reasons").path(0).path("code").asText()).isEqualTo("DATE_NOT_IN_FUTURE");
    }

    @Test
    @Order(9)
    void draft_isScheduledByASecondPerson() throws Exception {
        HttpResponse<String> drafted =
                post("/v1/decisions", "drafter", rename(LATER.toString(), "00004", "Ba Đình Mới"));
        assertThat(drafted.statusCode()).as(drafted.body()).isEqualTo(201);
        draftId = json(drafted).path("id").asText();
        assertThat(json(drafted).path("state").asText()).isEqualTo("draft");
        String approve = "/v1/decisions/" + draftId + "/approve";

        HttpResponse<String> bySame = send(
                "POST", approve, issuer.token("drafter", "decision-drafter", "decision-approver"), "{\"version\":0}");
        assertThat(bySame.statusCode()).isEqualTo(422);
        assertThat(bySame.body()).contains("SECOND_PERSON_REQUIRED");

        HttpResponse<String> outdated = post(approve, "approver", "{\"version\":7}");
        assertThat(outdated.statusCode()).isEqualTo(409);
        assertProblem(outdated, "outdated-version");
        assertThat(json(outdated).path("version").asInt()).isZero();

        HttpResponse<String> approved = post(approve, "approver", "{\"version\":0}");
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        assertThat(json(approved).path("state").asText()).isEqualTo("scheduled");
        assertThat(json(approved).path("version").asInt()).isEqualTo(1);
        assertThat(json(approved).path("draftedBy").asText()).isEqualTo("drafter");
        assertThat(json(approved).path("approvedBy").asText()).isEqualTo("approver");

        assertThat(post(approve, "approver", "").statusCode()).isEqualTo(422);
        assertThat(post("/v1/decisions/none/approve", "approver", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    @Order(10)
    void localities_areAssignedOnceAndPublished() throws Exception {
        Timeline reformed = Catalogues.until(Catalogue.REFORM);
        List<UnitId> successors = reformed.edgesFrom(UnitId.parse(SPLIT)).stream()
                .map(edge -> edge.edge().to())
                .toList();
        String body = assignments("Tổ 1", successors.get(0), "Tổ 2", successors.get(1));

        JsonNode first = json(post("/v1/locality-assignments", "operator", body));
        JsonNode again = json(post("/v1/locality-assignments", "operator", body));
        HttpResponse<String> turned = post(
                "/v1/locality-assignments",
                "operator",
                assignments("Tổ 3", successors.get(0), "Tổ 2", successors.get(0)));
        HttpResponse<String> stranger = post(
                "/v1/locality-assignments",
                "operator",
                assignments("Tổ 4", UnitId.parse("31105@2025-07-01"), "Tổ 5", successors.get(0)));

        assertThat(first).isEqualTo(JSON.readTree("{\"received\":2,\"added\":2,\"unchanged\":0}"));
        assertThat(again).isEqualTo(JSON.readTree("{\"received\":2,\"added\":0,\"unchanged\":2}"));
        assertThat(turned.statusCode()).isEqualTo(422);
        assertThat(turned.body()).contains("LOCALITY_ASSIGNED_ELSEWHERE").contains("assignments[1]");
        assertThat(stranger.statusCode()).isEqualTo(422);
        assertThat(stranger.body()).contains("NOT_A_SUCCESSOR").contains("assignments[0]");
        assertThat(json(get("/v1/locality-assignments?unit=" + SPLIT, issuer.token("an")))
                        .path("assignments"))
                .hasSize(2);
        try (KafkaConsumer<String, String> consumer = consumer("locality-assignments.v1")) {
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

        HttpResponse<String> answer = post(
                "/v1/locality-assignments",
                "operator",
                "{\"enactment\":\"2025-07-01\",\"assignments\":[" + items + "]}");

        System.out.printf("50,000 assignments in %.1f s%n", (System.nanoTime() - begun) / 1e9);
        assertThat(json(answer).path("added").asInt()).isEqualTo(50_000);
    }

    @Test
    @Order(12)
    void failureInTheMiddleOfMidnight_leavesNothing() throws Exception {
        String before = get("/v1/digest", null).body();
        long outbox = count("outbox");
        sql("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk on fire'; END $$");
        sql("CREATE TRIGGER fail BEFORE INSERT ON outbox FOR EACH ROW WHEN (NEW.aggregate_id = '105@2004-08-31')"
                + " EXECUTE FUNCTION fail()");

        BusinessClock.set(CLOCK, MIDNIGHT);
        await("two failures", () -> failures() >= 2);

        assertThat(get("/v1/digest", null).body()).isEqualTo(before);
        assertThat(count("outbox")).isEqualTo(outbox);
        assertThat(count("unit_state WHERE valid_from = '2025-07-01' OR valid_to = '2025-07-01'"))
                .isZero();
        assertThat(count("edge WHERE date = '2025-07-01'")).isZero();
        assertThat(count("decision WHERE state = 'in_force' AND effective_date = '2025-07-01'"))
                .isZero();
        assertThat(service.isAlive()).isTrue();
    }

    @Test
    @Order(13)
    void reform_takesEffectWholeOnceItCan() throws Exception {
        long begun = System.nanoTime();
        sql("DROP TRIGGER fail ON outbox");

        await("the reform", () -> get("/v1/digest", null).body().contains("\"lastDay\":\"2025-07-01\""));

        System.out.printf("The reform took effect after %.1f s%n", (System.nanoTime() - begun) / 1e9);
        Timeline expected = Catalogues.until(Catalogue.REFORM);
        JsonNode digest = json(get("/v1/digest", null));
        assertThat(digest.path("digest").asText()).isEqualTo(expected.digest());
        assertThat(unitStates()).isEqualTo(unitStates(expected));
        replayUntil(digest.path("sequence").asLong());
        assertThat(replayed.timeline().digest()).isEqualTo(expected.digest());
        assertThat(json(get("/v1/enactments/2025-07-01", issuer.token("an"))).path("decisions"))
                .hasSize(Catalogues.DAYS.get(Catalogue.REFORM).size());
    }

    @Test
    @Order(14)
    void draftedDecision_takesEffectOnItsDay() throws Exception {
        BusinessClock.set(CLOCK, Instant.parse("2025-07-31T17:00:00Z"));

        await("the rename", () -> get("/v1/digest", null).body().contains("\"lastDay\":\"2025-08-01\""));

        assertThat(json(get("/v1/digest", null)).path("digest").asText())
                .isEqualTo(withRename().digest());
        assertThat(json(get("/v1/decisions/" + draftId, issuer.token("an")))
                        .path("state")
                        .asText())
                .isEqualTo("in_force");
        replayUntil(json(get("/v1/digest", null)).path("sequence").asLong());
        assertThat(replayed.timeline().digest()).isEqualTo(withRename().digest());
    }

    @Test
    @Order(15)
    void registerThatWasTamperedWith_isRefusedAtStart() throws Exception {
        service.kill();
        sql("UPDATE decision SET changes = replace(changes, 'Ba Đình Mới', 'Ba Đình Cũ')");

        service.start();

        assertThatThrownBy(() -> service.awaitLive(Duration.ofSeconds(90)))
                .hasMessageContaining("do not give the digest");
    }

    @Test
    @Order(16)
    void restart_rebuildsTheSameRegister() throws Exception {
        sql("UPDATE decision SET changes = replace(changes, 'Ba Đình Cũ', 'Ba Đình Mới')");
        long begun = System.nanoTime();

        service.start();
        service.awaitReady(Duration.ofSeconds(90));

        System.out.printf("Restarted and ready after %.1f s%n", (System.nanoTime() - begun) / 1e9);
        assertThat(json(get("/v1/digest", null)).path("digest").asText())
                .isEqualTo(withRename().digest());
        assertThat(json(get("/v1/digest", null)).path("sequence").asLong()).isEqualTo(replayed.lastSequence());
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

    private @Nullable String token(String caller) {
        return switch (caller) {
            case "nobody" -> null;
            case "forger" -> issuer.token("forger") + "x";
            case "expired" -> issuer.token("dvhc", Instant.now().minusSeconds(600), "an", "operator");
            case "stranger" -> issuer.token("another-house", Instant.now().plusSeconds(600), "an", "operator");
            case "drafter" -> issuer.token("drafter", "decision-drafter");
            case "approver" -> issuer.token("approver", "decision-approver");
            case "operator" -> issuer.token("operator", "operator");
            default -> issuer.token(caller);
        };
    }

    private KafkaConsumer<String, String> consumer(String topic) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", platform.kafkaBootstrap());
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        return consumer;
    }

    /** The assembler stops at any gap or disorder. */
    private void replayUntil(long sequence) throws Exception {
        await("message " + sequence, () -> {
            for (ConsumerRecord<String, String> record : changes.poll(Duration.ofMillis(100))) {
                JsonNode event = JSON.readTree(record.value());
                LogMessage message = message(event);
                assertThat(record.key()).isEqualTo(message.subject());
                assertThat(event.path("id").asText()).isEqualTo(Long.toString(message.sequence()));
                var whole = assembler.accept(
                        message, Instant.parse(event.path("time").asText()));
                if (whole.isPresent()) {
                    replayed = replayed.append(whole.get().group()).fold(Recording.Accepted::chronicle, refused -> {
                        throw new AssertionError(refused.date() + ": " + refused.reasons());
                    });
                }
            }
            return replayed.lastSequence() >= sequence;
        });
        assertThat(replayed.lastSequence()).isEqualTo(sequence);
    }

    private static LogMessage message(JsonNode event) throws JsonProcessingException {
        String type = event.path("type").asText();
        return switch (LogMessage.Shape.ofType(type)) {
            case UNIT_CHANGE ->
                UnitChangeData.message(type, JSON.treeToValue(event.path("data"), UnitChangeData.class));
            case DECISION_NOTICE ->
                new DecisionNoticeData.Typed(
                        DecisionNoticeData.Kind.ofType(type),
                        JSON.treeToValue(event.path("data"), DecisionNoticeData.class));
        };
    }

    private Set<List<Object>> unitStates() throws Exception {
        Set<List<Object>> states = new HashSet<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT unit_id, valid_from::text, valid_to::text, code, level, type, name, parent_id, legal_basis"
                                + " FROM unit_state")) {
            while (rows.next()) {
                List<Object> state = new ArrayList<>();
                for (int column = 1; column <= 8; column++) {
                    state.add(rows.getString(column));
                }
                state.add(Arrays.asList((String[]) rows.getArray(9).getArray()));
                states.add(state);
            }
        }
        return states;
    }

    private static Set<List<Object>> unitStates(Timeline timeline) {
        Set<List<Object>> states = new HashSet<>();
        timeline.histories().forEach(history -> history.states().forEach(state -> states.add(columns(state))));
        return states;
    }

    private static List<Object> columns(Unit state) {
        return Arrays.asList(
                state.id().toString(),
                state.validFrom().toString(),
                state.validTo() == null ? null : state.validTo().toString(),
                state.code().value(),
                state.level().label(),
                state.type().label(),
                state.name(),
                state.parent() == null ? null : state.parent().toString(),
                state.legalBasis().stream().map(Object::toString).toList());
    }

    private double failures() throws Exception {
        return get("/q/metrics", null)
                .body()
                .lines()
                .filter(line -> line.startsWith("dvhc_registry_enactment_failures_total "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private long count(String from) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = connect();
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    private Connection connect() throws Exception {
        return new Databases(platform.postgresPort()).connect("registry", Account.REGISTRY);
    }

    private HttpResponse<String> get(String path, @Nullable String token) throws Exception {
        return send("GET", path, token, null);
    }

    private HttpResponse<String> post(String path, String caller, String body) throws Exception {
        return send("POST", path, token(caller), body);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String token, @Nullable String body)
            throws Exception {
        HttpRequest.Builder request = request(path, token);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(service.url() + path)).timeout(Duration.ofSeconds(60));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, String slug) throws Exception {
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.path("type").asText()).isEqualTo("urn:dvhc:problem:" + slug);
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception", "vn.dvhc.registry", "SELECT");
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited too long for %s", what).isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
