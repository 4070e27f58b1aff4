package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.contract.Topics;
import vn.dvhc.gateway.change.WholeLog;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Lineage;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

/** Old addresses out of the real catalogue in the real log, patterns in the real database. */
@QuarkusTest
@QuarkusTestResource(value = KeycloakAndSunset.class, restrictToAnnotatedClass = true)
class RedirectsIT {

    private static final String HOST = "cong.example.vn";
    private static final LocalDate BEFORE = LocalDate.parse("2025-06-30");

    private static boolean told;

    @TestHTTPResource
    URI address;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String realm;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    DataSource database;

    private final Timeline truth = WholeLog.told().timeline();
    private Calls door;
    private String portal;
    private String operator;

    @BeforeEach
    void knock() throws Exception {
        door = new Calls(address.getPort());
        portal = "Bearer " + Tokens.of(realm, "portal-demo");
        operator = "Bearer " + Tokens.of(realm, "operations");
        if (!told) {
            publishTheCatalogue();
            told = true;
        }
        await(() -> door.get("/v1/redirects?url=https://a.example/").status() == 404);
        assertThat(give(HOST, "portal-demo").status()).isEqualTo(200);
    }

    @AfterEach
    void leave() {
        for (Object one : get("/v1/url-patterns", operator).getJsonArray("patterns")) {
            door.call(
                    "DELETE", "/v1/url-patterns/" + ((JsonObject) one).getString("id"), "", "Authorization", operator);
        }
    }

    @Test
    void leadsEveryOldCommune_toWhereItIsToday() throws Exception {
        // Given
        JsonObject pattern = register(form("/xa/{code}", "2025-06-30", "/don-vi/{code}"));
        HttpClient client = HttpClient.newHttpClient();
        LocalDate today = LocalDate.now(BusinessClock.ZONE);

        // When
        Map<Integer, Integer> statuses = new HashMap<>();
        for (Unit old : truth.units(BEFORE, Level.COMMUNE, null)) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(
                                    address.resolve("/v1/redirects/" + pattern.getString("id") + "/" + old.code()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            // Then
            List<String> heirs = truth.successors(old.id(), today).stream()
                    .filter(heir -> !heir.open())
                    .map(Lineage.Reached::unit)
                    .map(unit -> "https://" + HOST + "/don-vi/" + unit.code())
                    .toList();
            List<String> links = answer.headers().allValues("Link").stream()
                    .map(link -> link.replaceAll("<(.*)>; rel=\"successor-version\"", "$1"))
                    .toList();
            assertThat(links).as(old.fullName()).containsExactlyInAnyOrderElementsOf(heirs);
            if (answer.statusCode() == 308) {
                assertThat(answer.headers().firstValue("Location")).contains(heirs.get(0));
            } else {
                assertThat(answer.statusCode()).as(old.fullName()).isEqualTo(300);
            }
            statuses.merge(answer.statusCode(), 1, Integer::sum);
        }
        assertThat(statuses).isEqualTo(Map.of(308, 9_594, 300, 441));
    }

    @Test
    void leadsToTheOnlySuccessor_andSaysSinceWhen() {
        JsonObject form = form("/xa/{code}", "2025-06-30", "/don-vi/{code}").put("sunset", "2027-07-01");
        register(form);
        Unit old = whole();
        Unit now = heir(old);

        Calls.Answer answer = redirected("http://" + HOST + "/xa/" + old.code() + "?utm_source=a");

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("Location")).isEqualTo("https://" + HOST + "/don-vi/" + now.code());
        assertThat(answer.header("Link"))
                .isEqualTo("<https://" + HOST + "/don-vi/" + now.code() + ">; rel=\"successor-version\"");
        assertThat(answer.header("Deprecation")).as("2025-07-01T00:00+07:00").isEqualTo("@1751302800");
        assertThat(answer.header("Sunset")).isEqualTo("Wed, 30 Jun 2027 17:00:00 GMT");
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=60");
        JsonObject successor = answer.json().getJsonArray("successors").getJsonObject(0);
        assertThat(successor.getJsonObject("unit").getString("unitId"))
                .isEqualTo(now.id().toString());
        assertThat(successor.getJsonArray("legalBasis")).isNotEmpty();
    }

    @Test
    void offersTheChoices_whenTheUnitWasDivided() {
        register(form("/xa/{code}", "2025-06-30", "/don-vi/{code}"));
        Unit old = divided();

        Calls.Answer json = redirected("https://" + HOST + "/xa/" + old.code());
        Calls.Answer page = door.get(
                "/v1/redirects?url=" + encoded("https://" + HOST + "/xa/" + old.code()), "Accept", "text/html,*/*");

        assertThat(json.status()).isEqualTo(300);
        assertThat(json.headers().firstValue("Location")).isEmpty();
        assertThat(json.json().getJsonArray("successors").size()).isGreaterThan(1);
        assertThat(page.status()).isEqualTo(300);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(page.header("Vary")).isEqualTo("Accept");
        assertThat(page.body()).contains("<html lang=\"vi\">", "đã được chia từ ngày 01/07/2025", old.fullName());
        for (Object one : json.json().getJsonArray("successors")) {
            assertThat(page.body()).contains("href=\"" + ((JsonObject) one).getString("url") + "\"");
        }
    }

    @Test
    void tellsTheAct_whenTheUnitEnded() {
        register(form("/huyen/{code}", "2025-06-30", "/don-vi/{code}"));

        Calls.Answer answer = redirected("https://" + HOST + "/huyen/288");
        Calls.Answer page =
                door.get("/v1/redirects?url=" + encoded("https://" + HOST + "/huyen/288"), "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:unit-ended");
        assertThat(answer.json().getJsonArray("legalBasis")).isNotEmpty();
        assertThat(answer.json().getString("detail")).contains("đã kết thúc từ ngày 01/07/2025 theo ");
        assertThat(answer.header("Deprecation")).isEqualTo("@1751302800");
        assertThat(page.status()).isEqualTo(410);
        assertThat(page.body()).contains("đã kết thúc");
    }

    @Test
    void leadsOnButAsTheSameUnit_whenItGoesOn() {
        JsonObject pattern = register(form("/tinh/{code}", "2025-06-30", "/don-vi/{code}"));

        Calls.Answer answer = redirected("https://" + HOST + "/tinh/01");

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("Location")).isEqualTo("https://" + HOST + "/don-vi/01");
        assertThat(answer.header("Deprecation"))
                .isEqualTo("@" + pattern.getInstant("createdAt").getEpochSecond());
        assertThat(answer.json().getString("since")).isNull();
    }

    @Test
    void leadsNowhere_whenThePatternDeclaresNoVintage() {
        register(form("/xa/{code}", null, "/don-vi/{code}"));

        Calls.Answer answer = redirected("https://" + HOST + "/xa/00004");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:vintage-not-declared");
        assertThat(answer.json().getString("detail")).contains("vintage");
    }

    @Test
    void readsTheSameCodeByItsDate() {
        register(form("/cu/{code}", "2025-06-30", "/don-vi/{code}"));
        register(form("/moi/{code}", "2025-07-01", "/don-vi/{code}"));

        String old = redirected("https://" + HOST + "/cu/00004").header("Location");
        String now = redirected("https://" + HOST + "/moi/00004").header("Location");

        assertThat(now).isEqualTo("https://" + HOST + "/don-vi/00004");
        assertThat(old)
                .isEqualTo("https://" + HOST + "/don-vi/"
                        + heir(truth.unit(vn.dvhc.unit.UnitCode.of("00004"), BEFORE)
                                        .orElseThrow())
                                .code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/redirects",
                "/v1/redirects?url=",
                "/v1/redirects?url=javascript:alert(1)",
                "/v1/redirects?url=https://cong.example.vn/xa/00004&url=https://evil.example/",
                "/v1/redirects?url=https://cong.example.vn/xa/00004%0d%0aSet-Cookie:a=b",
                "/v1/redirects?url=https://cong.example.vn/xa/../xa/00004",
                "/v1/redirects?url=https://cong.example.vn/xa/%252e%252e/00004",
                "/v1/redirects?url=https://cong.example.vn%5Cxa/00004",
                "/v1/redirects?url=https://cong.example.vn@evil.example/xa/00004",
                "/v1/redirects?url=//cong.example.vn/xa/00004"
            })
    void refusesAnAddress_whenItIsHostile(String path) {
        register(form("/xa/{code}", "2025-06-30", "/don-vi/{code}"));

        Calls.Answer answer = door.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void findsNothing_whenTheAddressIsNotRegisteredOrTheCodeNotKnown() {
        JsonObject pattern = register(form("/xa/{code}", "2025-06-30", "/don-vi/{code}"));
        String id = pattern.getString("id");

        assertThat(redirected("https://evil.example/xa/00004").status()).isEqualTo(404);
        assertThat(redirected("https://" + HOST + "/khac/00004").status()).isEqualTo(404);
        assertThat(redirected("https://" + HOST + "/xa/0004").status()).isEqualTo(404);
        Calls.Answer unknown = redirected("https://" + HOST + "/xa/99999");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().getString("type")).isEqualTo("urn:dvhc:problem:unknown-code");
        assertThat(door.get("/v1/redirects/" + id + "/1").status()).isEqualTo(404);
        assertThat(door.get("/v1/redirects/" + id + "/00004/x").status()).isEqualTo(404);
        assertThat(door.get("/v1/redirects/url_0000000000000000/00004").status())
                .isEqualTo(404);
        assertThat(door.call("POST", "/v1/redirects/" + id + "/00004", "").status())
                .isEqualTo(405);
        assertThat(door.get("/v1/redirects?url=" + "a".repeat(2_001)).status()).isEqualTo(400);
    }

    @Test
    void takesNoPattern_whenItCouldMislead() {
        give("khac.example.vn", "somebody-else");

        assertThat(problem(form("/xa/{code}", "2004-08-30", "/m/{code}"))).isEqualTo("400 no-vintage");
        assertThat(problem(form("/xa/{code}", "2999-01-01", "/m/{code}"))).isEqualTo("400 no-vintage");
        assertThat(problem(form("/xa/{code}", "30/06/2025", "/m/{code}"))).isEqualTo("400 no-vintage");
        assertThat(problem(form("/xa/{code}", "2025-06-30", "/m/{code}").put("level", "ward")))
                .isEqualTo("400 no-level");
        assertThat(problem(form("/xa/{code}", "2025-06-30", "/m/{code}").put("sunset", "soon")))
                .isEqualTo("400 no-sunset");
        assertThat(problem(form("/xa/{code}", "2025-06-30", "/m/{code}").put("description", "a".repeat(201))))
                .isEqualTo("400 no-description");
        assertThat(problem(form("/xa/{code}", "2025-06-30", "/m/{code}").put("description", "a\u0000b")))
                .isEqualTo("400 no-description");
        assertThat(problem(form("/xa/{code}", "2025-06-30", "/m"))).isEqualTo("400 no-template");
        assertThat(problem(form("/xa/{code}", "2025-06-30", "/m/{code}").put("successor", "javascript:alert({code})")))
                .isEqualTo("400 no-template");
        assertThat(problem(
                        form("/xa/{code}", "2025-06-30", "/m/{code}").put("successor", "https://evil.example/{code}")))
                .isEqualTo("409 unknown-successor-host");
        assertThat(problem(form("/xa/{code}", "2025-06-30", "/m/{code}")
                        .put("template", "https://khac.example.vn/xa/{code}")))
                .isEqualTo("403 not-your-host");
        assertThat(problem(form("/xa/{code}", "2025-06-30", "/xa/{code}")))
                .as("the same code is another unit now")
                .isEqualTo("409 successor-is-old");
        register(form("/xa/{code}", "2025-06-30", "/m/{code}"));
        assertThat(problem(form("/m/{code}", "2025-07-01", "/n/{code}"))).isEqualTo("409 successor-is-old");
        assertThat(problem(form("/n/{code}", "2025-06-30", "/xa/{code}"))).isEqualTo("409 successor-is-old");
        assertThat(problem(form("/xa/{code}", "2025-07-01", "/n/{code}"))).isEqualTo("409 url-pattern-exists");
        assertThat(door.call("POST", "/v1/url-patterns", "[]", "Authorization", portal)
                        .status())
                .isEqualTo(400);
        assertThat(door.call(
                                "POST",
                                "/v1/url-patterns",
                                "{\"a\":\"" + "a".repeat(17_000) + "\"}",
                                "Authorization",
                                portal)
                        .status())
                .isEqualTo(413);
    }

    @Test
    void letsEachHandleTheirOwn_andKeepsATrail() throws Exception {
        String subscriber = "Bearer " + Tokens.of(realm, "subscriber-demo");
        JsonObject pattern = register(form("/xa/{code}", "2025-06-30", "/m/{code}"));
        String path = "/v1/url-patterns/" + pattern.getString("id");

        assertThat(door.get("/v1/url-patterns").status()).isEqualTo(401);
        assertThat(door.get("/v1/url-patterns", "Authorization", subscriber).status())
                .isEqualTo(403);
        assertThat(give("a.example.vn", "portal-demo", portal).status())
                .as("only operators give hosts")
                .isEqualTo(403);
        assertThat(get("/v1/portal-hosts", portal).getJsonArray("hosts")).hasSize(1);
        JsonObject wish = form("/xa/{code}", "2025-06-29", "/n/{code}");
        Calls.Answer changed = door.call("PUT", path, wish.encode(), "Authorization", portal);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().getString("vintage")).isEqualTo("2025-06-29");
        assertThat(get("/v1/url-patterns?limit=1", portal).getString("next")).isEqualTo(pattern.getString("id"));
        assertThat(get("/v1/url-patterns?limit=1&after=" + pattern.getString("id"), portal)
                        .getJsonArray("patterns"))
                .isEmpty();

        // A host that is given away takes its patterns along
        give(HOST, "somebody-else");
        assertThat(door.get(path, "Authorization", portal).status()).isEqualTo(404);
        assertThat(door.call("PUT", path, wish.encode(), "Authorization", portal)
                        .status())
                .isEqualTo(403);
        assertThat(door.call("DELETE", path, "", "Authorization", portal).status())
                .isEqualTo(404);
        assertThat(door.get(path + "/map?format=nginx", "Authorization", portal).status())
                .isEqualTo(404);
        assertThat(door.call("DELETE", "/v1/portal-hosts/" + HOST, "", "Authorization", operator)
                        .status())
                .as("in use")
                .isEqualTo(409);
        assertThat(door.call("DELETE", path, "", "Authorization", operator).status())
                .isEqualTo(204);
        assertThat(redirected("https://" + HOST + "/xa/00004").status()).isEqualTo(404);
        assertThat(trail(pattern.getString("id")))
                .containsExactly(
                        "create-url-pattern portal-demo",
                        "change-url-pattern portal-demo",
                        "delete-url-pattern operations");
        assertThat(trail(HOST)).contains("give-host operations");
    }

    @Test
    void tellsWhoStillCalls() throws Exception {
        String subscriber = "Bearer " + Tokens.of(realm, "subscriber-demo");
        JsonObject pattern = register(form("/xa/{code}", "2025-06-30", "/m/{code}"));
        String id = pattern.getString("id");

        for (int i = 0; i < 3; i++) {
            door.get("/v1/redirects/" + id + "/00004", "Authorization", subscriber);
            redirected("https://" + HOST + "/xa/00008");
            redirected("https://" + HOST + "/xa/99999");
        }
        door.get("/v1/units/288", "Authorization", subscriber);
        door.get("/v1/units/288?at=2025-06-30", "Authorization", subscriber);
        door.get("/v1/units/00004", "Authorization", subscriber);

        String today = LocalDate.now(BusinessClock.ZONE).toString();
        await(() -> uses("?pattern=" + id, portal)
                .equals(List.of(today + " null 00008 3", today + " subscriber-demo 00004 3")));
        await(() -> uses("?client=subscriber-demo&pattern=" + encoded("/v1/units/{code}"), operator)
                .equals(List.of(today + " subscriber-demo 288 1")));
        assertThat(uses("?pattern=" + encoded("/v1/units/{code}"), portal))
                .as("portals see their own patterns only")
                .isEmpty();
        assertThat(uses("?from=2025-01-01&to=2025-01-02", operator)).isEmpty();
        JsonObject first = get("/v1/old-codes?limit=1&pattern=" + id, portal);
        assertThat(uses("?limit=1&pattern=" + id + "&after=" + first.getString("next"), portal))
                .containsExactly(today + " subscriber-demo 00004 3");
        for (String bad : List.of("?from=x", "?from=2026-02-02&to=2026-02-01", "?limit=0", "?after=x", "?limit=1001")) {
            assertThat(door.get("/v1/old-codes" + bad, "Authorization", portal).status())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void marksALookUp_whenNobodyBearsTheCode() {
        assertThat(door.get("/v1/units/288").header("Deprecation")).isEqualTo("@1751302800");
        assertThat(door.get("/v1/units/00004").header("Deprecation")).isEmpty();
        assertThat(door.get("/v1/units/288?at=2025-06-30").header("Deprecation"))
                .isEmpty();
        assertThat(door.get("/v1/units/288/timeline").header("Deprecation")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/units/288",
                "/v1/units/288/lineage",
                "/v1/units/10510/successors?on=2025-07-01",
                "/v1/units/10510/predecessors",
                "/v1/units?parent=288&level=commune"
            })
    void marksWhateverReadsACodeAsOfToday_andSaysHowLongItIsAnswered(String path) {
        Calls.Answer answer = door.get(path);

        assertThat(answer.header("Deprecation")).isEqualTo("@1751302800");
        assertThat(answer.header("Sunset")).isEqualTo("Thu, 31 Dec 2037 17:00:00 GMT");
        String dated = path + (path.contains("?") ? "&" : "?") + "at=2025-06-30";
        assertThat(door.get(dated).header("Deprecation")).as(dated).isEmpty();
        assertThat(door.get(dated).header("Sunset")).as(dated).isEmpty();
    }

    @Test
    void marksNothing_whereACodeIsBorneOrIsNone() {
        for (String path : List.of(
                "/v1/units/00004/lineage",
                "/v1/units?parent=01",
                "/v1/units?parent=288@2004-08-31",
                "/v1/units?parent=x",
                "/v1/units?q=288",
                "/v1/counts?parent=288")) {
            assertThat(door.get(path).header("Deprecation")).as(path).isEmpty();
            assertThat(door.get(path).header("Sunset")).as(path).isEmpty();
        }
    }

    @Test
    void exportsMapsOfAllUnits() {
        JsonObject pattern =
                register(form("/xa/{code}", "2025-06-30", "/m/{code}").put("level", "commune"));
        String path = "/v1/url-patterns/" + pattern.getString("id") + "/map?format=";
        Unit divided = divided();

        for (String format : List.of("nginx", "apache-map", "apache-redirect")) {
            Calls.Answer map = door.get(path + format, "Authorization", portal);
            assertThat(map.status()).isEqualTo(200);
            assertThat(map.header("Content-Type")).startsWith("text/plain");
            List<String> lines =
                    map.body().lines().filter(line -> !line.startsWith("#")).toList();
            assertThat(lines).hasSize(10_035);
            assertThat(lines)
                    .filteredOn(line -> line.contains("/xa/" + divided.code()))
                    .singleElement()
                    .asString()
                    .contains("http://127.0.0.1:" + address.getPort() + "/v1/redirects/" + pattern.getString("id") + "/"
                            + divided.code());
        }
        assertThat(door.get(path + "iis", "Authorization", portal).status()).isEqualTo(400);
        JsonObject inQuery = register(form("/xa?ma={code}", "2025-06-30", "/m/{code}"));
        assertThat(door.get(
                                "/v1/url-patterns/" + inQuery.getString("id") + "/map?format=apache-redirect",
                                "Authorization",
                                portal)
                        .status())
                .isEqualTo(400);
        JsonObject without = register(form("/khac/{code}", null, "/m/{code}"));
        assertThat(door.get(
                                "/v1/url-patterns/" + without.getString("id") + "/map?format=nginx",
                                "Authorization",
                                portal)
                        .status())
                .isEqualTo(409);
    }

    private void publishTheCatalogue() {
        try (KafkaProducer<String, String> registry = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all", "linger.ms", "20"),
                new StringSerializer(),
                new StringSerializer())) {
            WholeLog.told()
                    .events()
                    .forEach(event -> registry.send(new ProducerRecord<>(Topics.UNIT_CHANGES, 0, "all", event)));
            registry.flush();
        }
        int size = WholeLog.told().events().size();
        await(() -> door.get("/q/health/ready").body().contains("\"sequence\": " + size));
    }

    private Unit whole() {
        return truth.units(BEFORE, Level.COMMUNE, null).stream()
                .filter(unit -> truth.find(unit.id()).orElseThrow().ended() != null)
                .filter(unit -> truth.successors(unit.id(), LocalDate.now(BusinessClock.ZONE))
                                .size()
                        == 1)
                .findFirst()
                .orElseThrow();
    }

    private Unit divided() {
        return truth.units(BEFORE, Level.COMMUNE, null).stream()
                .filter(unit -> truth.successors(unit.id(), LocalDate.now(BusinessClock.ZONE))
                                .size()
                        > 1)
                .findFirst()
                .orElseThrow();
    }

    private Unit heir(Unit old) {
        return truth.successors(old.id(), LocalDate.now(BusinessClock.ZONE))
                .get(0)
                .unit();
    }

    private static JsonObject form(String path, String vintage, String successor) {
        return new JsonObject()
                .put("template", "https://" + HOST + path)
                .put("vintage", vintage)
                .put("successor", "https://" + HOST + successor);
    }

    private JsonObject register(JsonObject form) {
        Calls.Answer answer = door.call("POST", "/v1/url-patterns", form.encode(), "Authorization", portal);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("Location"))
                .isEqualTo("/v1/url-patterns/" + answer.json().getString("id"));
        return answer.json();
    }

    private String problem(JsonObject form) {
        Calls.Answer answer = door.call("POST", "/v1/url-patterns", form.encode(), "Authorization", portal);
        return answer.status() + " " + answer.json().getString("type", "").replace("urn:dvhc:problem:", "");
    }

    private Calls.Answer give(String host, String owner) {
        return give(host, owner, operator);
    }

    private Calls.Answer give(String host, String owner, String bearer) {
        return door.call(
                "PUT",
                "/v1/portal-hosts/" + host,
                new JsonObject().put("owner", owner).encode(),
                "Authorization",
                bearer);
    }

    private Calls.Answer redirected(String url) {
        return door.get("/v1/redirects?url=" + encoded(url));
    }

    private JsonObject get(String path, String bearer) {
        return door.get(path, "Authorization", bearer).json();
    }

    private List<String> uses(String query, String bearer) {
        JsonArray uses = get("/v1/old-codes" + query, bearer).getJsonArray("uses");
        return uses.stream()
                .map(JsonObject.class::cast)
                .map(use -> use.getString("day") + " " + use.getString("client") + " " + use.getString("code") + " "
                        + use.getInteger("count"))
                .collect(Collectors.toList());
    }

    private List<String> trail(String subject) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT action || ' ' || who FROM audit WHERE subscription = ? ORDER BY id")) {
            statement.setString(1, subject);
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
            return rows;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void await(BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
