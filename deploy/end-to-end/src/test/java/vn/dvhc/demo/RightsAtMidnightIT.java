package vn.dvhc.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.local.ProjectRoot;
import vn.dvhc.time.BusinessClock;

/**
 * Rights pass to the successors at the midnight of the reform, through the gateway and at the service behind it, for people whose tokens are
 * Keycloak's. The tests tell one story and run in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RightsAtMidnightIT {

    private static final Instant EVENING =
            Reform.EVE.atTime(LocalTime.of(20, 0)).atZone(BusinessClock.ZONE).toInstant();
    private static final Instant MIDNIGHT =
            Reform.DAY.atStartOfDay().atZone(BusinessClock.ZONE).toInstant();
    private static final String QUEUE = "/v1/queue?limit=1";

    private House house;
    private People door;
    private People sync;

    @BeforeAll
    void start() throws Exception {
        Path dir = ProjectRoot.find().resolve("deploy/end-to-end/target/rights-it");
        house = House.start(new Options(100, 1, false, false, true, dir), EVENING, System.out::println);
        door = new People(house.gateway(), house.issuer());
        sync = new People(
                URI.create(house.addresses().stream()
                        .filter(line -> line.startsWith("sync "))
                        .map(line -> line.substring(line.indexOf("http")))
                        .findFirst()
                        .orElseThrow()),
                house.issuer());
    }

    @AfterAll
    void stop() {
        if (house != null) {
            house.close();
        }
    }

    @Test
    @Order(1)
    void inTheEvening_theUnitsOfOldHaveTheirRights() throws Exception {
        for (People way : List.of(door, sync)) {
            Await.until(
                    "the units of the evening",
                    () -> way.signIn("clerk-binh-han").get(QUEUE).status() == 200);
            assertThat(way.signIn("officer-hai-duong").get(QUEUE).status()).isEqualTo(200);
            assertThat(way.signIn("clerk-thanh-dong").get(QUEUE).status()).isEqualTo(403);
            assertThat(way.signIn("officer-hai-phong").get(QUEUE).status()).isEqualTo(403);
            assertThat(way.signIn("ops").get(QUEUE).status()).isEqualTo(200);
        }
    }

    @Test
    @Order(2)
    void atMidnight_rightsPassToTheSuccessors() throws Exception {
        house.setClock(MIDNIGHT.minusSeconds(3));
        try (Watch former = new Watch(door.signIn("clerk-binh-han"), QUEUE, RightsAtMidnightIT::granted);
                Watch latter = new Watch(door.signIn("clerk-thanh-dong"), QUEUE, RightsAtMidnightIT::granted)) {
            Await.until(
                    "the successor's rights",
                    Duration.ofMillis(50),
                    () -> latter.answers().contains("granted")
                            && !former.answers()
                                    .get(former.answers().size() - 1)
                                    .equals("granted"));

            assertThat(former.turns().get(0)).isEqualTo("granted");
            assertThat(former.turns().get(former.turns().size() - 1)).contains("unit-ended");
            assertThat(latter.turns().get(0)).contains("unit-unknown");
            assertThat(latter.turns().get(latter.turns().size() - 1)).isEqualTo("granted");
        }
        Map<String, Integer> after = Map.of(
                "clerk-binh-han", 403,
                "officer-hai-duong", 403,
                "clerk-thanh-dong", 200,
                "officer-hai-phong", 200,
                "ops", 200);
        for (People way : List.of(door, sync)) {
            for (Map.Entry<String, Integer> person : after.entrySet()) {
                assertThat(way.signIn(person.getKey()).get(QUEUE).status())
                        .as(person.getKey())
                        .isEqualTo(person.getValue());
            }
        }
    }

    @Test
    @Order(3)
    void province_seesItsCommunes_andNoOthers() throws Exception {
        JsonNode communes = door.signIn("officer-hai-phong")
                .get("/v1/sync/communes?limit=1000")
                .ok()
                .path("communes");
        assertThat(StreamSupport.stream(communes.spliterator(), false)
                        .map(commune -> commune.path("province").asText())
                        .distinct()
                        .toList())
                .isSubsetOf(List.of("31"));
        assertThat(sync.signIn("officer-hai-phong")
                        .get("/v1/sync/communes?province=01")
                        .ok()
                        .path("communes"))
                .isEmpty();
    }

    @Test
    @Order(4)
    void doorsAudit_toldOfIt_andIsWhole() throws Exception {
        People.Person admin = door.signIn("admin");
        Await.until(
                "the refusals in the audit",
                () -> StreamSupport.stream(
                                admin.get("/v1/audit/door?outcome=refused&limit=1000")
                                        .ok()
                                        .path("entries")
                                        .spliterator(),
                                false)
                        .anyMatch(entry -> entry.path("why").asText().equals("unit-ended")
                                && entry.path("unit").asText().equals("10510@2004-08-31")));
        assertThat(admin.get("/v1/audit/door/verification").ok().path("intact").asBoolean())
                .isTrue();
        assertThat(door.signIn("ops").get("/v1/audit/door").status()).isEqualTo(403);
    }

    private static String granted(JsonNode answer) {
        return "granted";
    }
}
