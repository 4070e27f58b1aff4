package vn.dvhc.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.Service;
import vn.dvhc.local.ServiceProcess;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;

/** The built service in a process of its own on the real PostgreSQL, Kafka and Debezium, and what tests ask of it. */
final class RegistryHouse implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path clock;
    private final PlatformProcess platform;
    private final TestIssuer issuer;
    private final Fleet fleet;
    private final ServiceProcess service;

    /** @param dir for everything that is written; emptied first */
    RegistryHouse(Path dir, Instant now) throws Exception {
        clock = dir.resolve("clock");
        platform = PlatformProcess.start(
                dir, Set.of(PlatformProcess.Option.FRESH, PlatformProcess.Option.WITHOUT_KEYCLOAK));
        issuer = new TestIssuer();
        BusinessClock.set(clock, now);
        Fleet.reap(dir);
        fleet = new Fleet(dir, Ports.free(), platform)
                .set(Service.REGISTRY, "DVHC_CLOCK_FILE", clock.toString())
                .set(Service.REGISTRY, "DVHC_OIDC_URL", issuer.url());
        long begun = System.nanoTime();
        service = fleet.start(Service.REGISTRY);
        service.awaitReady(Duration.ofMinutes(3));
        System.out.printf("Catalogue loaded and service ready after %.1f s%n", (System.nanoTime() - begun) / 1e9);
        fleet.registerOutbox();
    }

    @Override
    public void close() {
        fleet.close();
        issuer.close();
        platform.close();
    }

    ServiceProcess service() {
        return service;
    }

    void setClock(Instant now) throws Exception {
        BusinessClock.set(clock, now);
    }

    /** A token of somebody by the name of the role, or of nobody who may enter. */
    @Nullable
    String token(String caller) {
        return switch (caller) {
            case "nobody" -> null;
            case "forger" -> issuer.token("forger") + "x";
            case "expired" -> issuer.token("dvhc", Instant.now().minusSeconds(600), "an", "operator");
            case "stranger" -> issuer.token("another-house", Instant.now().plusSeconds(600), "an", "operator");
            case "drafter", "drafter-2" -> issuer.token(caller, "decision-drafter");
            case "approver", "approver-2" -> issuer.token(caller, "decision-approver");
            case "both" -> issuer.token(caller, "decision-drafter", "decision-approver");
            case "operator" -> issuer.token(caller, "operator");
            default -> issuer.token(caller);
        };
    }

    HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, token("operator"), null);
    }

    HttpResponse<String> post(String path, String caller, String body) throws Exception {
        return send("POST", path, token(caller), body);
    }

    HttpResponse<String> send(String method, String path, @Nullable String token, @Nullable String body)
            throws Exception {
        HttpRequest.Builder request = request(path, token);
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(service.url() + path)).timeout(Duration.ofSeconds(60));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Drafts a decision; answers its view. */
    JsonNode draft(String caller, String body) throws Exception {
        HttpResponse<String> answer = post("/v1/decisions", caller, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer);
    }

    /** Takes a step; {@code more} are further fields of its body, like {@code "reason":"…"}. */
    HttpResponse<String> step(String id, String step, String caller, int version, String... more) throws Exception {
        String fields = more.length == 0 ? "" : "," + String.join(",", more);
        return post("/v1/decisions/" + id + "/" + step, caller, "{\"version\":" + version + fields + "}");
    }

    /** Takes a step that must succeed; answers the decision's view. */
    JsonNode take(String id, String step, String caller, int version, String... more) throws Exception {
        HttpResponse<String> answer = step(id, step, caller, version, more);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    /** Drafts, submits, approves and schedules; answers the id. */
    String scheduled(String body) throws Exception {
        String id = draft("drafter", body).path("id").asText();
        take(id, "submission", "drafter", 0);
        take(id, "approval", "approver", 1);
        return id;
    }

    JsonNode decision(String id) throws Exception {
        return json(get("/v1/decisions/" + id));
    }

    JsonNode digest() throws Exception {
        return json(get("/v1/digest"));
    }

    long count(String from) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void sql(String statement) throws Exception {
        try (Connection connection = connect();
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    Connection connect() throws SQLException {
        return new Databases(platform.postgresPort()).connect("registry", Account.REGISTRY);
    }

    /** The rows of {@code unit_state}. */
    Set<List<Object>> unitStates() throws Exception {
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

    /** The rows that {@code unit_state} should have. */
    static Set<List<Object>> unitStates(Timeline timeline) {
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

    /** The keys and extents in {@code edge}. */
    Set<String> edges() throws Exception {
        Set<String> edges = new HashSet<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT date || ' ' || from_id || ' ' || to_id || ' ' || extent FROM edge")) {
            while (rows.next()) {
                edges.add(rows.getString(1));
            }
        }
        return edges;
    }

    /** The keys and extents that {@code edge} should have. */
    static Set<String> edges(Timeline timeline) {
        Set<String> edges = new HashSet<>();
        timeline.histories()
                .flatMap(history -> timeline.edgesFrom(history.id()).stream())
                .forEach(dated -> edges.add(dated.date() + " " + dated.edge().from() + " "
                        + dated.edge().to() + " " + dated.edge().extent().label()));
        return edges;
    }

    /** Reads a topic of one partition from its beginning. */
    KafkaConsumer<String, String> consumer(String topic) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", platform.kafkaBootstrap());
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        return consumer;
    }

    static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    static void assertProblem(HttpResponse<String> answer, String slug) throws Exception {
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.path("type").asText()).isEqualTo("urn:dvhc:problem:" + slug);
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception", "vn.dvhc.registry", "SELECT");
    }

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited too long for %s", what).isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
