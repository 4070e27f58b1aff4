package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.catalogue.Catalogue;

/**
 * Rights by unit with tokens of the real Keycloak, while the reform comes over the real log, and what the door's audit tells of it in the
 * real database. The tests tell one story and run in order.
 */
@QuarkusTest
@QuarkusTestResource(value = RealKeycloakAndSync.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RightsIT {

    private static final LocalDate EVE = Catalogue.REFORM.minusDays(1);
    private static final String OLD_CLERK = "officer-binh-han";
    private static final String NEW_CLERK = "officer-thanh-dong";
    private static final String OLD_PROVINCE = "province-hai-duong";
    private static final String NEW_PROVINCE = "province-hai-phong";
    private static final String OPERATIONS = "operations";
    private static final String ADMIN = "administration";
    private static final String MANIFEST =
            "/v1/handovers/2025-07-01/manifests/case_file.10510@2004-08-31.10507@2025-07-01";

    private static Reform reform;

    @TestHTTPResource
    URI address;

    @ConfigProperty(name = "quarkus.oidc.auth-server-url")
    String realm;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Inject
    DataSource database;

    private final Map<String, String> tokens = new HashMap<>();
    private Calls door;

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
    }

    @AfterAll
    static void leave() {
        reform.close();
    }

    @Test
    @Order(1)
    void onTheEve_theUnitsOfOldHaveTheirRights_andThoseToComeHaveNone() throws Exception {
        reform = new Reform(kafka);
        reform.publishUntil(EVE);
        await(() -> status(OLD_CLERK, "GET", "/v1/queue") == 200);

        assertThat(status(OLD_PROVINCE, "GET", "/v1/queue?unit=10510@2004-08-31"))
                .isEqualTo(200);
        assertThat(status(OLD_CLERK, "GET", "/v1/queue?unit=10507@2004-08-31")).isEqualTo(403);
        assertThat(type(NEW_CLERK, "GET", "/v1/queue")).isEqualTo("unit-unknown");
        assertThat(type(NEW_PROVINCE, "GET", "/v1/conflicts")).isEqualTo("unit-unknown");
        assertThat(status(OPERATIONS, "GET", "/v1/queue")).isEqualTo(200);
        assertThat(status(OPERATIONS, "POST", MANIFEST + "/signatures")).isEqualTo(403);
    }

    @Test
    @Order(2)
    void atTheReform_rightsPassToTheSuccessors_atOneMoment() throws Exception {
        token(OLD_CLERK);
        token(NEW_CLERK);
        Set<List<Integer>> seen = new HashSet<>();

        reform.publishUntil(Catalogue.REFORM);
        await(() -> {
            int former = status(OLD_CLERK, "GET", "/v1/queue");
            int latter = status(NEW_CLERK, "GET", "/v1/queue");
            seen.add(List.of(former, latter));
            return latter == 200;
        });

        assertThat(status(OLD_CLERK, "GET", "/v1/queue")).isEqualTo(403);
        assertThat(seen).isSubsetOf(List.of(200, 403), List.of(200, 200), List.of(403, 200));
        assertThat(type(OLD_CLERK, "GET", "/v1/queue")).isEqualTo("unit-ended");
        assertThat(type(OLD_PROVINCE, "GET", "/v1/queue")).isEqualTo("unit-ended");
        assertThat(type(OLD_PROVINCE, "POST", "/v1/conflicts/commune_30:1/decision"))
                .isEqualTo("unit-ended");
        assertThat(status(NEW_CLERK, "GET", "/v1/queue?unit=10510@2004-08-31")).isEqualTo(200);
        assertThat(status(NEW_PROVINCE, "GET", "/v1/queue?unit=10510@2004-08-31"))
                .isEqualTo(200);
        assertThat(type(NEW_CLERK, "GET", "/v1/queue?unit=00004@2025-07-01")).isEqualTo("foreign-unit");
        assertThat(type(NEW_PROVINCE, "GET", "/v1/sync/communes?province=01")).isEqualTo("foreign-unit");
        assertThat(status(NEW_PROVINCE, "GET", "/v1/sync/communes?province=31")).isEqualTo(200);
        assertThat(status(NEW_CLERK, "GET", "/v1/conflicts")).isEqualTo(403);
        assertThat(status(NEW_PROVINCE, "POST", "/v1/reconciliations")).isEqualTo(403);
    }

    @Test
    @Order(3)
    void handOverRecords_areSignedByBothSides_alsoByTheOneThatEnded() throws Exception {
        for (String side : new String[] {OLD_CLERK, NEW_CLERK, OLD_PROVINCE, NEW_PROVINCE}) {
            assertThat(status(side, "GET", MANIFEST)).isEqualTo(200);
            assertThat(status(side, "POST", MANIFEST + "/signatures")).isEqualTo(200);
        }
        String foreign = "/v1/handovers/2025-07-01/manifests/case_file.00016@2004-08-31.00004@2025-07-01";
        assertThat(type(NEW_CLERK, "POST", foreign + "/signatures")).isEqualTo("foreign-unit");
        assertThat(type(NEW_PROVINCE, "GET", foreign)).isEqualTo("foreign-unit");
        assertThat(status(NEW_CLERK, "POST", MANIFEST + "/undo")).isEqualTo(403);
    }

    @Test
    @Order(4)
    void person_signsInWithTheNationalIdentity_andHasTheRightsOfTheAccount() throws Exception {
        String clerk = new SignIn(realm).throughNationalIdentity("citizen-thanh-dong");

        assertThat(ask(clerk, "GET", "/v1/queue?unit=10510@2004-08-31").status())
                .isEqualTo(200);
        assertThat(ask(clerk, "GET", "/v1/queue?unit=00004@2025-07-01").status())
                .isEqualTo(403);
        assertThat(ask(clerk, "GET", "/v1/sync/status").status()).isEqualTo(403);
    }

    @Test
    @Order(4)
    void personWithoutAnAccount_isLetInByTheNationalIdentity_andMayNothing() throws Exception {
        String stranger = new SignIn(realm).throughNationalIdentity("citizen-unknown");

        for (String path : new String[] {"/v1/queue", "/v1/decisions", "/v1/subscriptions", "/v1/audit/door"}) {
            assertThat(ask(stranger, "GET", path).status()).as(path).isEqualTo(403);
        }
        assertThat(ask(stranger, "GET", "/v1/units/00004").status()).isEqualTo(200);
    }

    @Test
    @Order(5)
    void audit_tellsWhoWasRefusedAndWhoChangedWhat_withoutAName() throws Exception {
        assertThat(door.get("/v1/queue").status()).isEqualTo(401);
        assertThat(door.get("/v1/records/case_file/079200001234/journey").status())
                .isEqualTo(401);
        await(() -> entries("outcome=refused&limit=1000").stream()
                .anyMatch(entry -> entry.getString("what").equals("/v1/records")));

        List<JsonObject> refused = entries("outcome=refused&limit=1000");
        assertThat(refused).anySatisfy(entry -> {
            assertThat(entry.getString("what")).isEqualTo("read-queue");
            assertThat(entry.getString("client")).isEqualTo(NEW_CLERK);
            assertThat(entry.getString("unit")).isEqualTo("10507@2025-07-01");
            assertThat(entry.getString("concerning")).isEqualTo("00004@2025-07-01");
            assertThat(entry.getString("why")).isEqualTo("foreign-unit");
            assertThat(entry.getInteger("status")).isEqualTo(403);
            assertThat(entry.getString("who")).matches("[0-9a-f-]{36}");
        });
        assertThat(refused).anySatisfy(entry -> {
            assertThat(entry.getString("who")).isEqualTo("?");
            assertThat(entry.getString("why")).isEqualTo("unauthenticated");
        });
        assertThat(entries("outcome=done&limit=1000")).anySatisfy(entry -> {
            assertThat(entry.getString("what")).isEqualTo("sign-manifest");
            assertThat(entry.getString("client")).isEqualTo(OLD_CLERK);
            assertThat(entry.getString("concerning")).isEqualTo("10510@2004-08-31,10507@2025-07-01");
            assertThat(entry.getString("why")).isEqualTo("former");
        });
        String all = ask(token(ADMIN), "GET", "/v1/audit/door?limit=1000").body();
        assertThat(all)
                .doesNotContain("eyJ", "079200001234", "citizen", "clerk-thanh-dong", "@dvhc.example", "case_file");
        assertThat(entries("limit=2")).hasSize(2);
        assertThat(ask(token(ADMIN), "GET", "/v1/audit/door?limit=0").status()).isEqualTo(400);
        assertThat(ask(token(ADMIN), "DELETE", "/v1/audit/door").status()).isEqualTo(405);
        assertThat(ask(token(OPERATIONS), "GET", "/v1/audit/door").status()).isEqualTo(403);
        assertThat(ask(token(ADMIN), "GET", "/v1/audit/door/x").status()).isEqualTo(404);
    }

    @Test
    @Order(6)
    void audit_setsAsideWhatTheDatabaseRefuses_andGoesOn() throws Exception {
        execute("ALTER TABLE door_audit ADD CONSTRAINT test_only CHECK (what <> '/v1/acts') NOT VALID");

        for (String path : List.of("/v1/acts", "/v1/enactments", "/v1/acts", "/v1/sources")) {
            assertThat(door.get(path).status()).isEqualTo(401);
        }
        await(() -> entries("outcome=refused&limit=20").stream()
                .map(entry -> entry.getString("what"))
                .toList()
                .containsAll(List.of("/v1/enactments", "/v1/sources")));
        await(() -> {
            door.get("/v1/sources");
            return entries("outcome=lost").stream()
                            .mapToLong(entry -> entry.getLong("times"))
                            .sum()
                    == 2;
        });

        assertThat(entries("limit=1000"))
                .noneMatch(entry -> entry.getString("what").equals("/v1/acts"));
        assertThat(verification().getBoolean("intact")).isTrue();
        execute("ALTER TABLE door_audit DROP CONSTRAINT test_only");
    }

    @Test
    @Order(7)
    void audit_showsWhoeverTampersWithIt() throws Exception {
        JsonObject before = verification();
        assertThat(before.getBoolean("intact")).isTrue();
        assertThat(before.getLong("entries")).isGreaterThan(10);
        for (String statement : List.of(
                "UPDATE door_audit SET why = 'own' WHERE place = 3",
                "DELETE FROM door_audit WHERE place = 3",
                "TRUNCATE door_audit")) {
            assertThatThrownBy(() -> execute(statement))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("grows");
        }

        execute("ALTER TABLE door_audit DISABLE TRIGGER door_audit_only_grows");
        execute("UPDATE door_audit SET times = times + 1 WHERE place = 3");
        assertThat(verification().getJsonObject("broken").getLong("place")).isEqualTo(3);
        execute("UPDATE door_audit SET times = times - 1 WHERE place = 3");
        assertThat(verification().getBoolean("intact")).isTrue();

        execute("DELETE FROM door_audit WHERE place = (SELECT max(place) FROM door_audit)");
        JsonObject cut = verification();
        assertThat(cut.getBoolean("intact")).isFalse();
        assertThat(cut.getJsonObject("broken").getString("why")).contains("mắt xích cuối");
    }

    private JsonObject verification() throws Exception {
        return ask(token(ADMIN), "GET", "/v1/audit/door/verification").json();
    }

    private List<JsonObject> entries(String question) {
        JsonArray entries =
                ask(token(ADMIN), "GET", "/v1/audit/door?" + question).json().getJsonArray("entries");
        return entries.stream().map(JsonObject.class::cast).toList();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int status(String client, String method, String path) {
        return ask(token(client), method, path).status();
    }

    private String type(String client, String method, String path) {
        Calls.Answer answer = ask(token(client), method, path);
        assertThat(answer.status()).isEqualTo(403);
        return answer.json().getString("type").substring("urn:dvhc:problem:".length());
    }

    private Calls.Answer ask(String token, String method, String path) {
        return method.equals("GET")
                ? door.get(path, "Authorization", "Bearer " + token)
                : door.call(method, path, "{}", "Authorization", "Bearer " + token);
    }

    private String token(String client) {
        return tokens.computeIfAbsent(client, name -> {
            try {
                return Tokens.of(realm, name);
            } catch (java.io.IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
