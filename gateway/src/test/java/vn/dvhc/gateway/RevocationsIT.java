package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that are called back before their end, by Keycloak and by an administrator, at two doors over one database. */
@QuarkusTest
@QuarkusTestResource(value = KeycloakThatTells.class, restrictToAnnotatedClass = true)
class RevocationsIT {

    private static final String DECISIONS = "/v1/decisions";
    private static final String REVOCATIONS = "/v1/revocations";
    private static final Duration IN_TIME = Duration.ofSeconds(2);
    private static final Path FOLDER = Path.of("target", "second-replica").toAbsolutePath();

    private static SecondReplica other;

    @TestHTTPResource
    URI address;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String realm;

    @Inject
    DataSource database;

    private Calls door;

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
        System.setProperty(KeycloakThatTells.DOOR, Integer.toString(address.getPort()));
        if (other == null) {
            other = new SecondReplica(FOLDER);
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
    void whoSignsOutAtKeycloak_isOutAtAllDoorsWithinTwoSeconds_andStaysSoAfterARestart() throws Exception {
        // Given: two sessions of one person, whose tokens both doors remember
        SignIn browser = new SignIn(realm);
        SignIn.Session session = browser.withPassword("ops");
        SignIn.Session another = new SignIn(realm).withPassword("ops");
        for (SignIn.Session one : List.of(session, another)) {
            assertThat(here(one.access())).isEqualTo(200);
            assertThat(there(one.access())).isEqualTo(200);
        }

        // When
        browser.signOut(session);

        // Then
        await(IN_TIME, () -> here(session.access()) == 401 && there(session.access()) == 401);
        Calls.Answer refused = door.get(DECISIONS, "Authorization", "Bearer " + session.access());
        assertThat(refused.json().getString("type")).isEqualTo("urn:dvhc:problem:token-revoked");
        assertThat(refused.json().getString("detail")).contains("đăng nhập lại");
        assertThat(claims(session.access()).getLong("exp"))
                .isGreaterThan(Instant.now().getEpochSecond());
        assertThat(here(another.access())).isEqualTo(200);
        assertThat(there(another.access())).isEqualTo(200);

        other.close();
        other = new SecondReplica(FOLDER);
        await(IN_TIME, () -> there(session.access()) == 401);
        assertThat(there(another.access())).isEqualTo(200);
        await(
                Duration.ofSeconds(10),
                () -> audited("sign-out").stream()
                        .anyMatch(entry -> entry.getString("concerning").equals("session")));
    }

    @Test
    void administrator_callsBackAProgramsTokens_upToNow() throws Exception {
        String old = Tokens.of(realm, "operations");
        assertThat(here(old)).isEqualTo(200);
        assertThat(there(old)).isEqualTo(200);

        Calls.Answer made = revoke(new JsonObject().put("client", "operations").put("why", "Lộ mật khẩu"));

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(here(old)).as("at once").isEqualTo(401);
        await(IN_TIME, () -> there(old) == 401);
        await(Duration.ofSeconds(5), () -> here(token("operations")) == 200 && there(token("operations")) == 200);
        assertThat(here(old)).isEqualTo(401);
        assertThat(listed()).anySatisfy(one -> {
            assertThat(one.getString("client")).isEqualTo("operations");
            assertThat(one.getString("why")).isEqualTo("Lộ mật khẩu");
            assertThat(one.getString("by"))
                    .isEqualTo(claims(token("administration")).getString("sub"));
        });
    }

    @Test
    void administrator_locksASubjectOut_untilTheLockIsLifted() throws Exception {
        String subject = claims(token("registry-drafter")).getString("sub");

        Calls.Answer made = revoke(new JsonObject()
                .put("subject", subject)
                .put("until", Instant.now().plusSeconds(3600).toString())
                .put("why", "Nghi bị lộ"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        await(IN_TIME, () -> there(token("registry-drafter")) == 401);
        assertThat(here(token("registry-drafter"))).as("a new one too").isEqualTo(401);
        assertThat(here(token("registry-approver"))).isEqualTo(200);

        Calls.Answer lifted = door.call("DELETE", made.header("Location"), "", admin());

        assertThat(lifted.status()).isEqualTo(204);
        assertThat(here(token("registry-drafter"))).isEqualTo(200);
        await(IN_TIME, () -> there(token("registry-drafter")) == 200);
        assertThat(door.call("DELETE", made.header("Location"), "", admin()).status())
                .isEqualTo(404);
        await(
                Duration.ofSeconds(10),
                () -> audited("revoke-tokens").stream()
                                .filter(entry -> entry.getString("concerning").equals("subject:" + subject))
                                .count()
                        == 2);
    }

    @Test
    void nobodyElse_callsTokensBack_andNobodyLocksThemselvesOut() {
        String form =
                new JsonObject().put("client", "portal-demo").put("why", "x").encode();
        for (String client : List.of("registry-approver", "province-hai-phong", "subscriber-demo")) {
            assertThat(door.call("POST", REVOCATIONS, form, "Authorization", "Bearer " + token(client))
                            .status())
                    .as(client)
                    .isEqualTo(403);
        }
        assertThat(door.call("POST", REVOCATIONS, form).status()).isEqualTo(401);
        String later = Instant.now().plusSeconds(60).toString();
        assertThat(revoke(new JsonObject()
                                .put("client", "administration")
                                .put("why", "x")
                                .put("until", later))
                        .status())
                .isEqualTo(409);
        for (JsonObject bad : List.of(
                new JsonObject().put("why", "x"),
                new JsonObject().put("client", "a"),
                new JsonObject().put("client", "a").put("subject", "b").put("why", "x"),
                new JsonObject().put("client", "a\0").put("why", "x"),
                new JsonObject().put("client", 1).put("why", "x"),
                new JsonObject().put("client", "a").put("why", "x").put("until", "2020-01-01T00:00:00Z"),
                new JsonObject().put("client", "a").put("why", "x").put("until", "mai"))) {
            assertThat(revoke(bad).status()).as(bad.encode()).isEqualTo(400);
        }
        assertThat(door.call("POST", REVOCATIONS, "[]", admin()).status()).isEqualTo(400);
        assertThat(door.call("DELETE", REVOCATIONS, "", admin()).status()).isEqualTo(405);
        assertThat(door.get(REVOCATIONS + "/x", admin()).status()).isEqualTo(404);
        assertThat(door.get(REVOCATIONS + "?limit=0", admin()).status()).isEqualTo(400);
        assertThat(here(token("portal-demo")))
                .as("no role for it, but a good token")
                .isEqualTo(403);
    }

    @Test
    void whatHasEnded_isForgotten() throws Exception {
        Calls.Answer made = revoke(new JsonObject().put("client", "long-gone").put("why", "x"));
        String id = made.json().getString("id");
        assertThat(rows(id)).isEqualTo(1);

        execute("UPDATE token_revocation SET ends_at = now() - interval '1 second' WHERE id = '" + id + "'");

        assertThat(listed()).noneMatch(one -> one.getString("id").equals(id));
        await(Duration.ofSeconds(30), () -> rows(id) == 0);
    }

    private Calls.Answer revoke(JsonObject form) {
        return door.call("POST", REVOCATIONS, form.encode(), admin());
    }

    private List<JsonObject> listed() {
        return door.get(REVOCATIONS + "?limit=1000", admin()).json().getJsonArray("revocations").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private List<JsonObject> audited(String what) {
        return door.get("/v1/audit/door?outcome=done&limit=1000", admin()).json().getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .filter(entry -> entry.getString("what").equals(what))
                .toList();
    }

    private int here(String token) {
        return door.get(DECISIONS, "Authorization", "Bearer " + token).status();
    }

    private static int there(String token) {
        return other.get(DECISIONS, "Authorization", "Bearer " + token).statusCode();
    }

    private String[] admin() {
        return new String[] {"Authorization", "Bearer " + token("administration")};
    }

    private String token(String client) {
        try {
            return Tokens.of(realm, client);
        } catch (java.io.IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static JsonObject claims(String token) {
        return new JsonObject(new String(
                Base64.getUrlDecoder().decode(token.split("\\.")[1]), java.nio.charset.StandardCharsets.UTF_8));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int rows(String id) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT count(*) FROM token_revocation WHERE id = '" + id + "'")) {
            result.next();
            return result.getInt(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void await(Duration limit, BooleanSupplier holds) {
        long end = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
