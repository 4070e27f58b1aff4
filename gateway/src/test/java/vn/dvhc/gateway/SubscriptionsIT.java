package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.dvhc.contract.Topics;
import vn.dvhc.gateway.change.Events;
import vn.dvhc.gateway.change.HandOverEvents;

/** Webhooks and streams out of the real log, database and Keycloak. */
@QuarkusTest
@QuarkusTestResource(value = RealKeycloak.class, restrictToAnnotatedClass = true)
class SubscriptionsIT {

    private static final String SUBSCRIBER = "subscriber-demo";
    private static final String OPERATIONS = "operations";
    private static final String PROVINCE = "79@2004-08-31";

    /** All tests write into one log. */
    private static final Events EVENTS = new Events();

    private static final HandOverEvents HAND_OVERS = new HandOverEvents();

    private static int units = 100;

    @TestHTTPResource
    URI address;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String realm;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    DataSource database;

    private final List<Receiver> receivers = new ArrayList<>();
    private KafkaProducer<String, String> registry;
    private Calls door;
    private String token;

    @BeforeEach
    void knock() throws Exception {
        door = new Calls(address.getPort());
        token = Tokens.of(realm, SUBSCRIBER);
        registry = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all"), new StringSerializer(), new StringSerializer());
        if (EVENTS.last() == 0) {
            tell("created", PROVINCE, null);
        }
        await(() -> call("GET", "/v1/subscriptions?limit=1", "").status() == 200);
        await(() -> call("GET", "/v1/changes/stream?after=x", "").status() == 400);
    }

    @AfterEach
    void leave() {
        for (Object one : call("GET", "/v1/subscriptions", "").json().getJsonArray("subscriptions")) {
            call("DELETE", "/v1/subscriptions/" + ((JsonObject) one).getString("id"), "");
        }
        receivers.forEach(Receiver::close);
        registry.close(Duration.ofSeconds(2));
    }

    @Test
    void tellsEachUnitInItsOrder_andTriesAgainUntilItIsTaken() {
        // Given: a receiver that takes nothing of one unit before the third attempt
        String stubborn = unit();
        String other = unit();
        Map<Long, Integer> attempts = new ConcurrentHashMap<>();
        Receiver receiver = receiver()
                .answering(
                        call -> call.subject().equals(stubborn) && attempts.merge(call.sequence(), 1, Integer::sum) < 3
                                ? 500
                                : 200);
        JsonObject made = subscribe(receiver, new JsonObject());

        // When
        List<Long> told = new ArrayList<>();
        for (String kind : List.of("created", "renamed", "reclassified")) {
            told.add(tell(kind, stubborn, PROVINCE));
            told.add(tell(kind, other, PROVINCE));
        }

        // Then
        await(() -> sequences(receiver).containsAll(told) && deliveries(made).isEmpty());
        List<Long> ofStubborn = sequencesOf(receiver, stubborn);
        assertThat(ofStubborn.stream().distinct().toList()).isSorted().hasSize(3);
        assertThat(ofStubborn).hasSize(9).isSorted();
        assertThat(sequencesOf(receiver, other)).hasSize(3).isSorted();
        long otherEnd = lastIndexOf(receiver, other);
        assertThat(otherEnd).as("nobody waited").isLessThan(lastIndexOf(receiver, stubborn));
        assertThat(receiver.calls())
                .allSatisfy(call ->
                        assertThat(isSigned(call, made.getString("secret"))).isTrue());
        await(() -> find(made).getLong("delivered") == 6);
        assertThat(find(made).getLong("position")).isEqualTo(EVENTS.last());
        assertThat(find(made).containsKey("secret")).isFalse();
    }

    @Test
    void hindersNobody_whenOneIsDeadAndOneIsSlow() {
        // Given
        Receiver healthy = receiver();
        Receiver slow = receiver().silent();
        JsonObject dead = subscribe("http://127.0.0.1:" + StandIns.closedPort() + "/", new JsonObject());
        subscribe(slow, new JsonObject());
        subscribe(healthy, new JsonObject());

        // When
        Set<Long> told = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            told.add(tell("created", unit(), PROVINCE));
        }

        // Then
        await(() -> sequences(healthy).containsAll(told));
        assertThat(healthy.calls()).hasSize(300);
        assertThat(slow.calls()).hasSizeLessThanOrEqualTo(8);
        await(() -> deliveries(dead).size() >= 100);
        assertThat(deliveries(dead)).as("bounded").hasSizeLessThan(110);
        JsonObject failed = deliveries(dead).get(0);
        assertThat(failed.getString("state")).isEqualTo("waiting");
        assertThat(failed.getString("cause")).isEqualTo("unreachable");
        assertThat(find(dead).getString("failingSince")).isNotNull();
    }

    @Test
    void tellsOnlyWhatIsWanted() {
        // Given
        String followed = unit();
        String heir = unit();
        tell("created", followed, PROVINCE);
        tell("created", heir, PROVINCE);
        Receiver receiver = receiver();
        await(() -> subscribed(receiver.url(), filter("units", followed)).status() == 201);

        // When
        tell("renamed", unit(), PROVINCE);
        long end = tell("ended", followed, PROVINCE, followed + ">" + heir);
        long after = tell("renamed", heir, PROVINCE);

        // Then: of two units, in whatever order
        await(() -> sequences(receiver).containsAll(List.of(end, after)));
        assertThat(sequences(receiver)).containsExactlyInAnyOrder(end, after);
    }

    @Test
    void followsChanges_withTheFirstLinesOfTheGuide() throws Exception {
        // Given: what the lines speak of has happened
        tell("created", "01@2004-08-31", null);
        long district = tell("created", "763@2004-08-31", PROVINCE);
        await(() -> sequenceKnown() == EVENTS.last());
        List<String> lines = Files.readAllLines(Path.of("../docs/guides/subscribe.md")).stream()
                .dropWhile(line -> !line.startsWith("    "))
                .takeWhile(line -> line.startsWith("    "))
                .map(line -> line.replace("http://127.0.0.1:8080", "http://127.0.0.1:" + address.getPort())
                        .replace("http://127.0.0.1:18180/realms/dvhc", realm)
                        .replace("17284", Long.toString(district - 1))
                        .replace("curl -N", "timeout 8 curl -sN")
                        .replace("curl -H", "curl -sw ' status=%{http_code}' -H"))
                .toList();

        // When
        Process bash = new ProcessBuilder("bash", "-c", String.join("\necho '=='\n", lines))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String told = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        String[] of = told.split("==\n");
        assertThat(of).as(told).hasSize(4).hasSize(lines.size());
        assertThat(of[1]).contains("id: 1\n", "id: " + district + "\n", "\"sequence\":" + district);
        assertThat(of[2]).contains("id: " + district + "\n").doesNotContain("id: " + (district - 1) + "\n");
        assertThat(of[3]).contains("status=201", "\"secret\":\"whsec_", "https://example.vn/hook");
        assertThat(ids(call("GET", "/v1/subscriptions", ""))).hasSize(1);
    }

    @Test
    void signsWithBothSecrets_whileOneIsReplaced() {
        Receiver receiver = receiver();
        JsonObject made = subscribe(receiver, new JsonObject());
        String path = "/v1/subscriptions/" + made.getString("id");

        JsonObject rotated = call("POST", path + "/secret", "").json();
        tell("created", unit(), PROVINCE);

        await(() -> receiver.calls().size() == 1);
        Receiver.Call call = receiver.calls().get(0);
        assertThat(rotated.getString("secret")).isNotEqualTo(made.getString("secret"));
        assertThat(rotated.getInstant("formerValidUntil")).isAfter(java.time.Instant.now());
        assertThat(call.signature().split(" ")).hasSize(2);
        assertThat(isSigned(call, made.getString("secret"))).isTrue();
        assertThat(isSigned(call, rotated.getString("secret"))).isTrue();
    }

    @Test
    void tellsAgain_whenAskedTo() {
        Receiver receiver = receiver();
        JsonObject made = subscribe(receiver, new JsonObject());
        String unit = unit();
        long first = tell("created", unit, PROVINCE);
        long second = tell("renamed", unit, PROVINCE);
        await(() -> receiver.calls().size() == 2);

        Calls.Answer answer =
                call("POST", "/v1/subscriptions/" + made.getString("id") + "/replay", "{\"from\":" + first + "}");

        assertThat(answer.status()).isEqualTo(200);
        await(() -> receiver.calls().size() == 4);
        assertThat(sequences(receiver)).containsExactly(first, second, first, second);
        assertThat(receiver.calls().get(2).id())
                .as("known to who keeps ids")
                .isEqualTo(receiver.calls().get(0).id());
    }

    @Test
    void sendsATestEvent_andTellsWhatCameOfIt() {
        Receiver receiver = receiver();
        JsonObject made = subscribe(receiver, new JsonObject());
        String path = "/v1/subscriptions/" + made.getString("id") + "/test";

        JsonObject good = call("POST", path, "").json();
        receiver.answering(call -> 302);
        JsonObject bad = call("POST", path, "").json();

        assertThat(good.getBoolean("delivered")).isTrue();
        assertThat(good.getInteger("status")).isEqualTo(204);
        assertThat(bad.getBoolean("delivered")).isFalse();
        assertThat(bad.getInteger("status")).as("not followed").isEqualTo(302);
        assertThat(receiver.calls()).hasSize(2).allSatisfy(call -> {
            assertThat(call.event().getString("type")).isEqualTo("vn.dvhc.subscription.test");
            assertThat(isSigned(call, made.getString("secret"))).isTrue();
        });
    }

    @Test
    void isNoLongerFailing_whenATestEventArrives() {
        Receiver receiver = receiver()
                .answering(call -> call.event().getString("type").equals("vn.dvhc.subscription.test") ? 204 : 503);
        JsonObject made = subscribe(receiver, new JsonObject());
        tell("created", unit(), PROVINCE);
        await(() -> find(made).getString("failingSince") != null);
        String since = find(made).getString("failingSince");

        JsonObject tested = call("POST", "/v1/subscriptions/" + made.getString("id") + "/test", "")
                .json();

        assertThat(tested.getBoolean("delivered")).isTrue();
        await(() -> !since.equals(find(made).getString("failingSince")));
        assertThat(find(made).getString("state")).isEqualTo("active");
        assertThat(deliveries(made)).as("still waits").hasSize(1);
    }

    @Test
    void isDisabled_whenTheReceiverIsGone_untilItIsMadeActiveAgain() {
        // Given
        Receiver receiver = receiver().answering(call -> 410);
        JsonObject made = subscribe(receiver, new JsonObject());
        String path = "/v1/subscriptions/" + made.getString("id");

        // When
        long told = tell("created", unit(), PROVINCE);

        // Then
        await(() -> find(made).getString("state").equals("disabled"));
        assertThat(find(made).getString("reason")).isEqualTo("gone");
        assertThat(receiver.calls()).hasSize(1);

        // When
        receiver.answering(call -> 200);
        Calls.Answer again =
                call("PUT", path, new JsonObject().put("url", receiver.url()).encode());

        // Then
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().getString("state")).isEqualTo("active");
        await(() -> receiver.calls().size() == 2);
        assertThat(sequences(receiver)).containsExactly(told, told);
    }

    @Test
    void waitsWhilePaused_andLosesNothing() {
        Receiver receiver = receiver();
        JsonObject made = subscribe(receiver, new JsonObject());
        String path = "/v1/subscriptions/" + made.getString("id");
        JsonObject wish = new JsonObject().put("url", receiver.url());
        assertThat(call("PUT", path, wish.put("state", "paused").encode()).status())
                .isEqualTo(200);
        long told = tell("created", unit(), PROVINCE);

        call("PUT", path, wish.put("state", "active").encode());

        await(() -> sequences(receiver).contains(told));
        assertThat(sequences(receiver)).containsExactly(told);
    }

    @Test
    void isServedByAnotherReplica_whenTheFirstOnesHoldEnds() throws SQLException {
        // Given: another replica holds it, and is dead
        Receiver receiver = receiver();
        JsonObject made = subscribe(receiver, new JsonObject());
        hold(made, "dead", Duration.ofSeconds(4));
        JsonObject next = subscribe(receiver(), new JsonObject());
        await(() -> rows("SELECT holder FROM subscription WHERE id = ? AND holder IS NOT NULL", next)
                        .size()
                == 1);
        long told = tell("created", unit(), PROVINCE);
        long since = System.nanoTime();

        // Then
        await(() -> sequences(receiver).contains(told));
        assertThat(System.nanoTime() - since)
                .isGreaterThan(Duration.ofSeconds(2).toNanos());
        assertThat(isHeldBy(made, "dead")).isFalse();
    }

    @Test
    void streamsWithoutGap_acrossACutConnection() throws IOException {
        // Given
        long before = EVENTS.last();
        List<Long> told = new ArrayList<>();
        List<Long> read = new ArrayList<>();
        try (EventStream stream = stream("/v1/changes/stream").begun()) {
            for (int i = 0; i < 20; i++) {
                told.add(tell("created", unit(), PROVINCE));
            }
            read.addAll(stream.ids(7));
        }

        // When: more happens while nobody reads
        for (int i = 0; i < 20; i++) {
            told.add(tell("created", unit(), PROVINCE));
        }

        // Then
        try (EventStream stream =
                stream("/v1/changes/stream?after=0", "Last-Event-ID", Long.toString(read.get(read.size() - 1)))) {
            read.addAll(stream.ids(33));
            told.add(tell("created", unit(), PROVINCE));
            read.addAll(stream.ids(1));
        }
        assertThat(read).isEqualTo(told).startsWith(before + 1);
        try (EventStream stream = stream("/v1/changes/stream?after=0")) {
            assertThat(stream.ids((int) EVENTS.last()))
                    .isEqualTo(LongStream.rangeClosed(1, EVENTS.last()).boxed().toList());
        }
    }

    @Test
    void cutsOffWhoTakesNothing_andLosesNothing() throws IOException, InterruptedException {
        // Given: more than all buffers on the way hold
        String unit = unit();
        long first = tell("created", unit, PROVINCE);
        for (int i = 0; i < 640; i++) {
            registry.send(new ProducerRecord<>(
                    Topics.UNIT_CHANGES, unit, EVENTS.longDay(unit, PROVINCE, "x".repeat(100_000))));
        }
        registry.flush();
        await(() -> sequenceKnown() == EVENTS.last() && openStreams() == 0);
        token = Tokens.of(realm, SUBSCRIBER);
        List<Long> read = new ArrayList<>();
        try (EventStream stalled = stream("/v1/changes/stream?after=" + (first - 1))) {
            assertThat(stalled.status()).contains(" 200 ");

            // When
            await(() -> openStreams() == 0);

            // Then
            try {
                while (true) {
                    read.addAll(stalled.ids(1));
                }
            } catch (IOException cutOff) {
                assertThat(read).hasSizeLessThan(641);
            }
        }
        long seen = read.isEmpty() ? first - 1 : read.get(read.size() - 1);
        try (EventStream stream = stream("/v1/changes/stream", "Last-Event-ID", Long.toString(seen))) {
            read.addAll(stream.ids((int) (EVENTS.last() - seen)));
        }
        assertThat(read)
                .isEqualTo(LongStream.rangeClosed(first, EVENTS.last()).boxed().toList());
    }

    @Test
    void streamsOnlyWhatIsWanted() throws IOException {
        String followed = unit();
        long born = tell("created", followed, PROVINCE);
        tell("created", unit(), PROVINCE);
        long renamed = tell("renamed", followed, PROVINCE);
        long recoded = tell("reclassified", followed, PROVINCE);

        await(() -> sequenceKnown() == EVENTS.last());
        try (EventStream stream = stream("/v1/changes/stream?after=0&unit=" + followed)) {
            assertThat(stream.ids(3)).containsExactly(born, renamed, recoded);
        }
        try (EventStream stream =
                stream("/v1/changes/stream?after=0&kind=renamed,ended&unit=" + followed + "&province=" + PROVINCE)) {
            assertThat(stream.ids(1)).containsExactly(renamed);
        }
    }

    @Test
    void opensSoManyStreamsACaller() throws IOException {
        List<EventStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                open.add(stream("/v1/changes/stream").begun());
            }
            assertThat(call("GET", "/v1/changes/stream", "").status()).isEqualTo(429);
        } finally {
            for (EventStream one : open) {
                one.close();
            }
        }
        await(() -> {
            try (EventStream one = stream("/v1/changes/stream")) {
                return one.status().contains(" 200 ");
            } catch (IOException broken) {
                return false;
            }
        });
    }

    @Test
    void letsEachHandleTheirOwn() throws Exception {
        // Given
        String operations = Tokens.of(realm, OPERATIONS);
        String drafter = Tokens.of(realm, "registry-drafter");
        Receiver receiver = receiver();
        JsonObject own = subscribe(receiver, new JsonObject());
        JsonObject foreign = as(operations, "POST", "/v1/subscriptions", wish(receiver.url(), new JsonObject()))
                .json();
        String path = "/v1/subscriptions/" + foreign.getString("id");

        // Then
        for (String[] one : new String[][] {
            {"GET", path},
            {"PUT", path},
            {"DELETE", path},
            {"POST", path + "/secret"},
            {"POST", path + "/test"},
            {"POST", path + "/replay"},
            {"GET", path + "/deliveries"}
        }) {
            String body = one[1].endsWith("replay") ? "{\"from\":1}" : wish(receiver.url(), new JsonObject());
            assertThat(call(one[0], one[1], body).status())
                    .as(one[0] + " " + one[1])
                    .isEqualTo(404);
            assertThat(as(drafter, one[0], one[1], body).status()).isEqualTo(403);
            assertThat(door.call(one[0], one[1], body).status()).isEqualTo(401);
        }
        assertThat(as(drafter, "GET", "/v1/changes/stream", "").status()).isEqualTo(403);
        assertThat(door.get("/v1/changes/stream").status()).isEqualTo(401);
        assertThat(ids(call("GET", "/v1/subscriptions", ""))).containsExactly(own.getString("id"));
        assertThat(ids(as(operations, "GET", "/v1/subscriptions", "")))
                .contains(own.getString("id"), foreign.getString("id"));
        assertThat(foreign.getString("owner")).isEqualTo(OPERATIONS);
        assertThat(as(operations, "DELETE", path, "").status()).isEqualTo(204);
        assertThat(as(operations, "GET", path, "").status()).isEqualTo(404);
        assertThat(trail(foreign)).containsExactly("create operations", "delete operations");
    }

    @Test
    void keepsPeopleApart_thoughAllComeThroughTheConsole() throws Exception {
        String ops = Tokens.ofPerson(realm, "ops");
        String body = wish(receiver().url(), new JsonObject());

        JsonObject first = as(ops, "POST", "/v1/subscriptions", body).json();
        JsonObject second = as(Tokens.ofPerson(realm, "admin"), "POST", "/v1/subscriptions", body)
                .json();

        assertThat(first.getString("owner")).matches("console/[0-9a-f-]{36}");
        assertThat(second.getString("owner")).matches("console/[0-9a-f-]{36}").isNotEqualTo(first.getString("owner"));
        assertThat(trail(first)).containsExactly("create " + first.getString("owner"));
        for (JsonObject made : List.of(first, second)) {
            assertThat(as(ops, "DELETE", "/v1/subscriptions/" + made.getString("id"), "")
                            .status())
                    .isEqualTo(204);
        }
    }

    @Test
    void refusesWhatCannotBeMeant() {
        String good = "http://127.0.0.1:9/";
        assertProblem("{", "no-json");
        assertProblem("{}", "no-url");
        for (String url : new String[] {
            "http://example.vn/", "https://10.0.0.1/", "https://169.254.169.254/", "https://[::1]/", "ftp://example.vn/"
        }) {
            assertProblem(wish(url, new JsonObject()), "no-url");
        }
        assertProblem(wish(good, filter("units", "00004")), "no-filter");
        assertProblem(wish(good, filter("kinds", "moved")), "no-filter");
        assertProblem(wish(good, filter("units", "99999@1999-01-01")), "unknown-unit");
        assertProblem(
                new JsonObject(wish(good, new JsonObject())).put("from", 0).encode(), "no-sequence");
        assertProblem(
                new JsonObject(wish(good, new JsonObject()))
                        .put("description", "x".repeat(201))
                        .encode(),
                "no-description");
        assertThat(call("POST", "/v1/subscriptions", "x".repeat(17_000)).status())
                .isEqualTo(413);
        assertThat(call("PATCH", "/v1/subscriptions", "{}").status()).isEqualTo(405);
        assertThat(call("GET", "/v1/subscriptions/sub_1", "").status()).isEqualTo(404);
        assertThat(call("GET", "/v1/subscriptionsx", "").status()).isEqualTo(404);
        assertThat(call("GET", "/v1/subscriptions?limit=0", "").status()).isEqualTo(400);
        assertThat(call("POST", "/v1/changes/stream", "").status()).isEqualTo(405);
        assertThat(call("GET", "/v1/changes/stream?unit=00004", "").status()).isEqualTo(400);
    }

    @Test
    void makesOnlySoMany_andTellsThemInPages() {
        for (int i = 0; i < 20; i++) {
            assertThat(subscribed("http://127.0.0.1:9/", new JsonObject()).status())
                    .isEqualTo(201);
        }
        assertThat(subscribed("http://127.0.0.1:9/", new JsonObject()).json().getString("type"))
                .endsWith("too-many-subscriptions");

        Set<String> seen = new HashSet<>();
        String next = "";
        while (next != null) {
            Calls.Answer page = call("GET", "/v1/subscriptions?limit=8&after=" + next, "");
            assertThat(seen.addAll(ids(page))).isTrue();
            next = page.json().getString("next");
        }
        assertThat(seen).hasSize(20);
    }

    @Test
    void handOvers_areToldToWhoFollowsThem_byDatasetAndUnit() throws Exception {
        // Given
        String giver = unit();
        String taker = unit();
        tell("created", giver, PROVINCE);
        tell("created", taker, PROVINCE);
        long before = handOver("sealed", giver, taker, "permit");
        await(() ->
                call("GET", "/v1/changes/stream?stream=handovers&after=x", "").status() == 400);
        await(() -> handOversKnown() == before);
        Receiver ofUnits = receiver();
        subscribe(ofUnits, new JsonObject());
        Receiver ofCases = receiver();
        JsonObject made = follow(ofCases, filter("datasets", "case_file"));

        // When
        long cases = handOver("sealed", giver, taker, "case_file");
        long permits = handOver("sealed", giver, taker, "permit");
        long signed = handOver("signed", giver, taker, "case_file");
        long day = handOver("completed", null, null, "case_file");
        long unitsToo = tell("renamed", giver, PROVINCE);

        // Then: webhooks
        await(() -> sequences(ofCases).containsAll(List.of(cases, signed, day)));
        assertThat(sequences(ofCases)).containsExactlyInAnyOrder(cases, signed, day);
        assertThat(sequencesOf(ofCases, giver)).as("in the order of the unit").containsExactly(cases, signed);
        assertThat(ofCases.calls()).allSatisfy(call -> {
            assertThat(call.id()).isEqualTo("handover-" + call.sequence());
            assertThat(isSigned(call, made.getString("secret"))).isTrue();
        });
        await(() -> sequences(ofUnits).contains(unitsToo));
        assertThat(sequences(ofUnits)).as("of units alone").containsExactly(unitsToo);
        await(() -> find(made).getLong("position") == day);
        assertThat(find(made).getString("stream")).isEqualTo("handovers");

        // Then: streams
        String path = "/v1/changes/stream?stream=handovers";
        try (EventStream all = stream(path + "&after=" + before + "&unit=" + taker + "&province=" + PROVINCE)) {
            assertThat(all.ids(4)).containsExactly(cases, permits, signed, day);
        }
        try (EventStream again =
                stream(path + "&dataset=case_file&kind=signed,completed", "Last-Event-ID", "" + cases)) {
            assertThat(again.ids(2)).containsExactly(signed, day);
        }

        // Then: told again from a sequence on
        call("POST", "/v1/subscriptions/" + made.getString("id") + "/replay", "{\"from\":" + signed + "}");
        await(() -> ofCases.calls().size() == 5);
        assertThat(sequences(ofCases).subList(3, 5)).containsExactlyInAnyOrder(signed, day);
    }

    @Test
    void handOver_waitsForTheUnitsThatItNames() throws Exception {
        String giver = unit();
        String taker = unit();
        tell("created", giver, PROVINCE);
        long known = handOver("sealed", giver, giver, "case_file");
        await(() -> handOversKnown() == known);
        Receiver receiver = receiver();
        long early = handOver("sealed", giver, taker, "case_file");
        long later = handOver("completed", null, null, "case_file");
        JsonObject wish = new JsonObject()
                .put("url", receiver.url())
                .put("stream", "handovers")
                .put("filter", filter("units", giver))
                .put("from", early);
        await(() -> call("POST", "/v1/subscriptions", wish.encode()).status() == 201);
        long told = tell("renamed", giver, PROVINCE);
        await(() -> sequenceKnown() == told);
        assertThat(handOversKnown()).isLessThan(early);

        tell("created", taker, PROVINCE);

        await(() -> sequences(receiver).containsAll(List.of(early, later)));
        assertThat(sequences(receiver)).containsExactlyInAnyOrder(early, later);
    }

    @Test
    void stream_isOneFromBeginningToEnd_andAsksForNothingThatItDoesNotTell() throws Exception {
        String giver = unit();
        tell("created", giver, PROVINCE);
        long known = handOver("sealed", giver, giver, "case_file");
        await(() -> handOversKnown() == known);
        Receiver receiver = receiver();
        JsonObject made = follow(receiver, new JsonObject());
        String path = "/v1/subscriptions/" + made.getString("id");
        JsonObject wish = new JsonObject().put("url", receiver.url());

        Calls.Answer kept = call(
                "PUT",
                path,
                wish.copy().put("filter", filter("datasets", "permit")).encode());
        Calls.Answer other =
                call("PUT", path, wish.copy().put("stream", "units").encode());

        assertThat(kept.status()).as(kept.body()).isEqualTo(200);
        assertThat(kept.json().getString("stream")).isEqualTo("handovers");
        assertThat(kept.json().getJsonObject("filter").getJsonArray("datasets")).containsExactly("permit");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().getString("type")).isEqualTo("urn:dvhc:problem:other-stream");
        assertProblem(wish.copy().put("filter", filter("datasets", "permit")).encode(), "no-dataset");
        assertProblem(wish.copy().put("stream", "records").encode(), "no-stream");
        assertProblem(
                wish.copy()
                        .put("stream", "handovers")
                        .put("filter", filter("kinds", "created"))
                        .encode(),
                "no-filter");
        assertProblem(
                wish.copy()
                        .put("stream", "handovers")
                        .put("filter", filter("datasets", "a b"))
                        .encode(),
                "no-filter");
        for (String query : List.of(
                "dataset=permit>no-dataset",
                "stream=records>no-stream",
                "stream=handovers&kind=created>no-filter",
                "kind=sealed>no-filter")) {
            Calls.Answer answer = call("GET", "/v1/changes/stream?" + query.substring(0, query.indexOf('>')), "");
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.json().getString("type"))
                    .isEqualTo("urn:dvhc:problem:" + query.substring(query.indexOf('>') + 1));
        }
    }

    private JsonObject follow(Receiver receiver, JsonObject filter) {
        JsonObject wish = new JsonObject()
                .put("url", receiver.url())
                .put("stream", "handovers")
                .put("filter", filter)
                .put("from", HAND_OVERS.last() + 1);
        Calls.Answer answer = call("POST", "/v1/subscriptions", wish.encode());
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    /** Publishes as sync-service does, and gives back the sequence. */
    private long handOver(String kind, @Nullable String from, @Nullable String to, String dataset) {
        publish(Topics.HANDOVERS, "key", HAND_OVERS.event(kind, from, to, dataset));
        return HAND_OVERS.last();
    }

    private void assertProblem(String body, String slug) {
        Calls.Answer answer = call("POST", "/v1/subscriptions", body);
        assertThat(answer.status()).as(body).isEqualTo(400);
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:" + slug);
    }

    private Receiver receiver() {
        Receiver receiver = new Receiver();
        receivers.add(receiver);
        return receiver;
    }

    private JsonObject subscribe(Receiver receiver, JsonObject filter) {
        return subscribe(receiver.url(), filter);
    }

    private JsonObject subscribe(String url, JsonObject filter) {
        Calls.Answer answer = subscribed(url, filter);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("Location"))
                .isEqualTo("/v1/subscriptions/" + answer.json().getString("id"));
        return answer.json();
    }

    /** From the next event on, whether or not the door has read the last one yet. */
    private Calls.Answer subscribed(String url, JsonObject filter) {
        JsonObject wish = new JsonObject(wish(url, filter)).put("from", EVENTS.last() + 1);
        return call("POST", "/v1/subscriptions", wish.encode());
    }

    private static String wish(String url, JsonObject filter) {
        return new JsonObject().put("url", url).put("filter", filter).encode();
    }

    private static JsonObject filter(String part, String value) {
        return new JsonObject().put(part, new JsonArray().add(value));
    }

    private JsonObject find(JsonObject made) {
        return call("GET", "/v1/subscriptions/" + made.getString("id"), "").json();
    }

    private List<JsonObject> deliveries(JsonObject made) {
        return call("GET", "/v1/subscriptions/" + made.getString("id") + "/deliveries?limit=1000", "")
                .json()
                .getJsonArray("deliveries")
                .stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<String> ids(Calls.Answer answer) {
        return answer.json().getJsonArray("subscriptions").stream()
                .map(one -> ((JsonObject) one).getString("id"))
                .toList();
    }

    private long sequenceKnown() {
        return known("sequence");
    }

    private long handOversKnown() {
        return known("handOvers");
    }

    private long known(String count) {
        return new JsonObject(door.get("/q/health/ready").body())
                .getJsonArray("checks").stream()
                        .map(JsonObject.class::cast)
                        .filter(check -> check.getString("name").equals("changes"))
                        .mapToLong(check -> check.getJsonObject("data").getLong(count))
                        .findFirst()
                        .orElse(0);
    }

    private long openStreams() {
        try {
            return door.get("/q/metrics", "Authorization", "Bearer " + Tokens.of(realm, OPERATIONS))
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("dvhc_gateway_streams"))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static List<Long> sequences(Receiver receiver) {
        return receiver.calls().stream().map(Receiver.Call::sequence).toList();
    }

    private static List<Long> sequencesOf(Receiver receiver, String unit) {
        return receiver.calls().stream()
                .filter(call -> call.subject().equals(unit))
                .map(Receiver.Call::sequence)
                .collect(Collectors.toList());
    }

    private static long lastIndexOf(Receiver receiver, String unit) {
        return receiver.calls().stream().map(Receiver.Call::subject).toList().lastIndexOf(unit);
    }

    /** As a subscriber checks it, after the specification. */
    private static boolean isSigned(Receiver.Call call, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            String signed = call.id() + "." + call.timestamp() + "." + call.body();
            String expected =
                    "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
            return List.of(call.signature().split(" ")).contains(expected);
        } catch (java.security.GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private void hold(JsonObject made, String holder, Duration time) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "UPDATE subscription SET holder = ?, held_until = now() + ? * interval '1 millisecond' WHERE id = ?")) {
            statement.setString(1, holder);
            statement.setLong(2, time.toMillis());
            statement.setString(3, made.getString("id"));
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private boolean isHeldBy(JsonObject made, String holder) {
        return rows("SELECT coalesce(holder, '') FROM subscription WHERE id = ?", made)
                .contains(holder);
    }

    private List<String> trail(JsonObject made) {
        return rows("SELECT action || ' ' || who FROM audit WHERE subscription = ? ORDER BY id", made);
    }

    private List<String> rows(String sql, JsonObject made) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, made.getString("id"));
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            return rows;
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private EventStream stream(String path, String... headers) throws IOException {
        return new EventStream(address.getPort(), path, token, headers);
    }

    private Calls.Answer call(String method, String path, String body) {
        return as(token, method, path, body);
    }

    private Calls.Answer as(String bearer, String method, String path, String body) {
        return door.call(method, path, body, "Authorization", "Bearer " + bearer);
    }

    private static String unit() {
        units++;
        return String.format("%05d@2004-08-31", units);
    }

    /** Publishes as the registry does, and gives back the sequence. */
    private long tell(String kind, String unit, String parent, String... edges) {
        publish(unit, EVENTS.day(kind, unit, parent, edges));
        return EVENTS.last();
    }

    private void publish(String unit, String event) {
        publish(Topics.UNIT_CHANGES, unit, event);
    }

    private void publish(String topic, String key, String event) {
        try {
            registry.send(new ProducerRecord<>(topic, key, event)).get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | java.util.concurrent.TimeoutException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
