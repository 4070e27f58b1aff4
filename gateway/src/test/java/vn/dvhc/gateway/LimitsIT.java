package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits that two doors share: the one under test and a packaged one, over one database. */
@QuarkusTest
@QuarkusTestResource(value = Limited.class, restrictToAnnotatedClass = true)
class LimitsIT {

    private static final String LOOK_UP = "/v1/units/00004?at=2025-07-01";

    private static SecondReplica other;

    @TestHTTPResource
    URI address;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String realm;

    private Calls door;

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
        if (other == null) {
            other = new SecondReplica(Path.of("target", "second-replica").toAbsolutePath());
        }
    }

    @AfterAll
    static void leave() {
        if (other != null) {
            other.close();
            other = null;
        }
    }

    @Test
    void letsAsManyPassAsTheQuotaSays_overTwoReplicas() throws Exception {
        // Given: both doors know whose token it is
        String bearer = "Bearer " + Tokens.of(realm, "subscriber-demo");
        await(() -> here(bearer).contains("client"));
        await(() -> there(bearer).contains("client"));

        // When: four callers ask far more than the quota, three of five requests at one door
        ExecutorService callers = Executors.newFixedThreadPool(4);
        List<Future<Integer>> passed = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            passed.add(callers.submit(() -> {
                int own = 0;
                Calls mine = new Calls(address.getPort());
                for (int i = 0; i < 500; i++) {
                    int status = i % 5 < 3
                            ? mine.get(LOOK_UP, "Authorization", bearer).status()
                            : other.get(LOOK_UP, "Authorization", bearer).statusCode();
                    assertThat(status).isIn(200, 429);
                    own += status == 200 ? 1 : 0;
                }
                return own;
            }));
        }
        int all = 2;
        for (Future<Integer> one : passed) {
            all += one.get(2, TimeUnit.MINUTES);
        }
        callers.shutdown();

        // Then: 1,000 within 2 %
        assertThat(all).isBetween(980, 1_020);
        Calls.Answer refused = door.get(LOOK_UP, "Authorization", bearer);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("4");
        assertThat(refused.header("RateLimit-Policy")).startsWith("\"client\";q=1000;w=3600");
        assertThat(door.get(LOOK_UP).status()).as("another consumer").isEqualTo(200);
    }

    @Test
    void countsADay_besideTheWindow() throws Exception {
        String bearer = "Bearer " + Tokens.of(realm, "registry-drafter");
        await(() -> here(bearer).contains("client"));

        int passed = 1;
        Calls.Answer answer = door.get("/v1/decisions", "Authorization", bearer);
        while (answer.status() == 200) {
            assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"client\";q=6000;w=60, \"day\";q=40;w=86400");
            passed++;
            assertThat(passed).isLessThan(50);
            answer = door.get("/v1/decisions", "Authorization", bearer);
        }

        assertThat(passed).isBetween(39, 41);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(1L, 86_400L);
        assertThat(answer.json().getString("detail")).contains("40 yêu cầu trong 86400 giây");
    }

    @Test
    void countsEachPersonForThemselves_thoughAllComeThroughTheConsole() throws Exception {
        String ops = "Bearer " + Tokens.ofPerson(realm, "ops");
        String drafter = "Bearer " + Tokens.ofPerson(realm, "drafter");
        await(() -> here(ops).contains("client"));
        await(() -> here(drafter).contains("client"));

        int passed = 1;
        while (door.get("/v1/decisions", "Authorization", ops).status() == 200) {
            passed++;
            assertThat(passed).isLessThan(50);
        }

        assertThat(passed).isBetween(39, 41);
        assertThat(door.get("/v1/decisions", "Authorization", drafter).status()).isEqualTo(200);
        String again = "Bearer " + Tokens.ofPerson(realm, "ops");
        await(() -> door.get("/v1/decisions", "Authorization", again).status() == 429);
    }

    @Test
    void auditsWhatIsRefused_butAFloodAsOne() throws Exception {
        String bearer = "Bearer " + Tokens.of(realm, "province-hai-phong");
        String admin = "Bearer " + Tokens.of(realm, "administration");
        await(() -> here(bearer).contains("client"));
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            refused += door.get(LOOK_UP, "Authorization", bearer).status() == 429 ? 1 : 0;
        }
        assertThat(door.raw("POST /v1/rebase HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"a\":"))
                .isEqualTo("HTTP/1.1 408 Request Timeout");

        assertThat(refused).isGreaterThan(300);
        long all = refused;
        await(() -> times(entries(admin, 429, "province-hai-phong")) == all);
        await(() -> times(entries(admin, 408, "?")) == 1);
        assertThat(entries(admin, 429, "province-hai-phong"))
                .hasSizeLessThan(20)
                .allSatisfy(entry -> {
                    assertThat(entry.getString("why")).isEqualTo("too-many-requests");
                    assertThat(entry.getString("who")).matches("[0-9a-f-]{36}");
                    assertThat(entry.getString("unit")).isEqualTo("31@2025-07-01");
                });
    }

    @Test
    void speaksTlsOnly_whenToldTo() {
        HttpResponse<String> safe = other.get("/v1/counts");
        HttpResponse<String> plain = other.getPlainly("/v1/counts?at=2025-07-01");

        assertThat(safe.statusCode()).isEqualTo(200);
        assertThat(safe.headers().firstValue("Strict-Transport-Security"))
                .contains("max-age=31536000; includeSubDomains");
        assertThat(plain.statusCode()).isBetween(301, 308);
        assertThat(plain.headers().firstValue("Location"))
                .contains("https://localhost:" + other.port() + "/v1/counts?at=2025-07-01");
    }

    private List<JsonObject> entries(String admin, int status, String client) {
        return door
                .get("/v1/audit/door?outcome=refused&limit=1000", "Authorization", admin)
                .json()
                .getJsonArray("entries")
                .stream()
                .map(JsonObject.class::cast)
                .filter(entry -> entry.getInteger("status") == status
                        && entry.getString("client").equals(client))
                .toList();
    }

    private static long times(List<JsonObject> entries) {
        return entries.stream().mapToLong(entry -> entry.getLong("times")).sum();
    }

    private String here(String bearer) {
        return door.get(LOOK_UP, "Authorization", bearer).header("RateLimit-Policy");
    }

    private static String there(String bearer) {
        return other.get(LOOK_UP, "Authorization", bearer)
                .headers()
                .firstValue("RateLimit-Policy")
                .orElse("");
    }

    private static void await(BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }
}
