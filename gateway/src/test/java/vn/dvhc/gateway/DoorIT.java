package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rights by role with tokens of the real Keycloak. */
@QuarkusTest
@QuarkusTestResource(value = RealKeycloak.class, restrictToAnnotatedClass = true)
class DoorIT {

    private static final String APPROVER = "registry-approver";
    private static final String DRAFTER = "registry-drafter";
    private static final String OPERATIONS = "operations";
    private static final String SUBSCRIBER = "subscriber-demo";

    @TestHTTPResource
    URI address;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String realm;

    private Calls door;

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
    }

    @Test
    void passesWithTheRightRoleOnly() throws Exception {
        String drafter = token(DRAFTER);
        String approver = token(APPROVER);
        String operations = token(OPERATIONS);
        String subscriber = token(SUBSCRIBER);

        for (String path : new String[] {
            "/v1/decisions",
            "/v1/enactments",
            "/v1/locality-assignments?date=2025-07-01",
            "/v1/acts",
            "/v1/register/units?at=2025-07-01"
        }) {
            assertThat(status("GET", path, drafter)).isEqualTo(200);
            assertThat(status("GET", path, approver)).isEqualTo(200);
            assertThat(status("GET", path, operations)).isEqualTo(200);
            assertThat(status("GET", path, subscriber)).isEqualTo(403);
        }
        assertThat(status("POST", "/v1/decisions", drafter)).isEqualTo(200);
        assertThat(status("POST", "/v1/comparisons", operations)).isEqualTo(200);
        assertThat(status("POST", "/v1/comparisons", subscriber)).isEqualTo(403);
        assertThat(status("PUT", "/v1/enactments", drafter)).isEqualTo(405);
        for (String path :
                new String[] {"/v1/sync/status", "/v1/handovers", "/v1/dead-letters", "/v1/queue", "/v1/conflicts"}) {
            assertThat(status("GET", path, drafter)).isEqualTo(403);
            assertThat(status("GET", path, subscriber)).isEqualTo(403);
            assertThat(status("GET", path, operations))
                    .as("allowed, but nobody listens there")
                    .isEqualTo(503);
        }
        String officer = token("officer-binh-han");
        for (String path : new String[] {"/v1/handovers/2025-07-01/manifests", "/v1/records/case_file/30-a/journey"}) {
            assertThat(status("GET", path, drafter)).isEqualTo(403);
            assertThat(status("GET", path, officer))
                    .as("allowed, but nobody listens there")
                    .isEqualTo(503);
        }
        assertThat(status("GET", "/v1/sync/status", officer)).isEqualTo(403);
        assertThat(status("POST", "/v1/record-counts", subscriber)).isEqualTo(403);
        assertThat(status("POST", "/v1/record-counts", drafter)).isEqualTo(503);
        assertThat(status("POST", "/v1/callers", subscriber)).isEqualTo(403);
        assertThat(status("GET", "/v1/callers", drafter)).isEqualTo(405);
        assertThat(status("POST", "/v1/callers", drafter))
                .as("{} names no codes")
                .isEqualTo(400);
        assertThat(status("GET", "/nothing", subscriber)).isEqualTo(404);
        assertThat(status("POST", "/v1/units", subscriber)).isEqualTo(405);
        assertThat(status("GET", "/v1/units/00004", subscriber)).isEqualTo(200);
        assertThat(status("GET", "/q/metrics", subscriber)).isEqualTo(403);
        assertThat(status("GET", "/q/metrics", operations)).isEqualTo(200);
    }

    @Test
    void remembersWhoAsksForCodesWithoutADate() throws Exception {
        // Given
        String subscriber = token(SUBSCRIBER);
        String forged = subscriber.substring(0, subscriber.length() - 4) + "AAAA";
        String[] asked = {"/v1/units/10507", "/v1/units/10507/successors", "/v1/units/318", "/v1/units/10510"};
        String[] ignored = {"/v1/units/10507?at=2025-06-30", "/v1/units/10507/timeline", "/v1/units?q=10507"};

        // When
        for (String path : asked) {
            assertThat(status("GET", path, subscriber)).isEqualTo(200);
        }
        for (String path : ignored) {
            assertThat(status("GET", path, subscriber)).isEqualTo(200);
        }
        assertThat(status("GET", "/v1/units/10507", forged)).isEqualTo(200);
        assertThat(door.get("/v1/units/10507").status()).isEqualTo(200);

        // Then
        String question = "{\"codes\":[\"10507\",\"10510\",\"99999\"]}";
        for (String client : new String[] {DRAFTER, APPROVER, OPERATIONS}) {
            JsonArray callers = door.call("POST", "/v1/callers", question, "Authorization", "Bearer " + token(client))
                    .json()
                    .getJsonArray("callers");
            assertThat(callers).hasSize(1);
            JsonObject caller = callers.getJsonObject(0);
            assertThat(caller.getString("caller")).isEqualTo(SUBSCRIBER);
            assertThat(caller.getInteger("codes")).isEqualTo(2);
            assertThat(caller.getInteger("requests")).isEqualTo(3);
            assertThat(caller.getJsonArray("examples")).containsExactly("10507", "10510");
            assertThat(caller.getInstant("lastSeen")).isBeforeOrEqualTo(Instant.now());
        }
    }

    @Test
    void passesTheTokenAndTheBodyOn_whenAllowed() throws Exception {
        String drafter = token(DRAFTER);
        String body = "đ".repeat(100_000);

        JsonObject seen = door.call(
                        "POST", "/v1/decisions", body, "Authorization", "Bearer " + drafter, "X-User", "admin")
                .json();

        assertThat(seen.getString("service")).isEqualTo("registry");
        assertThat(seen.getString("method")).isEqualTo("POST");
        assertThat(seen.getInteger("bodyLength")).isEqualTo(200_000);
        assertThat(seen.getJsonObject("headers").getString("authorization")).isEqualTo("Bearer " + drafter);
        assertThat(seen.getJsonObject("headers").containsKey("x-user")).isFalse();
    }

    @Test
    void saysSoInPlainWords_whenAServiceIsDown() throws Exception {
        Calls.Answer answer = door.get("/v1/queue", "Authorization", "Bearer " + token(OPERATIONS));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:upstream-unavailable");
    }

    @Test
    void refusesATokenThatWasTamperedWith() throws Exception {
        String[] parts = token(DRAFTER).split("\\.");
        JsonObject claims = new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        claims.getJsonObject("realm_access").getJsonArray("roles").add("operator");
        String raised = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.toBuffer().getBytes());
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(status("GET", "/v1/queue", parts[0] + "." + raised + "." + parts[2]))
                .isEqualTo(401);
        assertThat(status("GET", "/v1/queue", none + "." + raised + ".")).isEqualTo(401);
        assertThat(status("GET", "/v1/queue", parts[0] + "." + parts[1] + ".")).isEqualTo(401);
        assertThat(status("GET", "/v1/queue", "abc")).isEqualTo(401);
    }

    @Test
    void refusesTheSemicolonTrick_whateverTheRole() throws Exception {
        String subscriber = token(SUBSCRIBER);

        assertThat(status("GET", "/v1/sync;x/status", subscriber)).isEqualTo(400);
        assertThat(status("GET", "/v1/units;/../sync", subscriber)).isEqualTo(400);
    }

    private int status(String method, String path, String token) {
        return method.equals("GET")
                ? door.get(path, "Authorization", "Bearer " + token).status()
                : door.call(method, path, "{}", "Authorization", "Bearer " + token)
                        .status();
    }

    private String token(String client) throws IOException, InterruptedException {
        return Tokens.of(realm, client);
    }
}
