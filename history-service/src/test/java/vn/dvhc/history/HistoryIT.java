package vn.dvhc.history;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.history.timeline.Arrival;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;

/** The service on the real Kafka: the whole catalogue, a new day, half a day, a correction, and a message that can't be read. */
@QuarkusTest
@QuarkusTestResource(RealKafka.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HistoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LocalDate NEW_DAY = LocalDate.of(2026, 11, 1);
    private static final Sequel SEQUEL = sequel();

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    private final Timeline catalogue = CatalogueLog.whole().timeline();
    private final long published = CatalogueLog.whole().messages().size();

    @Test
    @Order(1)
    void holdsTheWholeCatalogue_whenReady() {
        // When
        await(() -> given().get("/q/health/ready").statusCode() == 200);

        // Then
        given().get("/v1/digest")
                .then()
                .body("sequence", equalTo((int) published))
                .body("lastDay", equalTo("2026-04-30"))
                .body("digest", equalTo(catalogue.digest()));
        given().get("/v1/counts?at=2025-06-30")
                .then()
                .body("province", equalTo(63))
                .body("district", equalTo(696))
                .body("commune", equalTo(10035));
        given().get("/v1/counts?at=2025-07-01")
                .then()
                .body("province", equalTo(34))
                .body("district", equalTo(0))
                .body("commune", equalTo(3321));
        given().get("/v1/units/00004?at=2025-06-30").then().body("fullName", equalTo("Phường Trúc Bạch"));
        given().get("/v1/units/00004?at=2025-07-01").then().body("fullName", equalTo("Phường Ba Đình"));
        given().redirects()
                .follow(false)
                .get("/v1/units/28")
                .then()
                .statusCode(308)
                .header("Location", "/v1/units/01?at=2026-11-23");
    }

    @Test
    @Order(2)
    void showsANewDayWhole_whenItsLastMessageArrives() {
        // Given
        List<String> day = events(SEQUEL.arrivals().subList(0, 2));
        RealKafka.publish(bootstrap, day.subList(0, day.size() - 1));

        // Then
        given().get("/v1/units/00004?at=2026-11-01").then().body("name", equalTo("Ba Đình"));

        // When: the whole day is delivered again
        RealKafka.publish(bootstrap, day);

        // Then
        await(() -> given().get("/v1/digest").<Integer>path("sequence") == published + day.size());
        given().get("/v1/units/00004?at=2026-11-01").then().body("name", equalTo("Ba Đình Mới"));
        given().get("/v1/units/00008?at=2026-11-01").then().body("name", equalTo("Ngọc Hà Mới"));
        given().get("/v1/units/00004?at=2026-10-31")
                .then()
                .body("name", equalTo("Ba Đình"))
                .body("validTo", equalTo("2026-11-01"));
        given().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    @Order(3)
    void showsACorrectionAndRemembersWhatItMends_whenItComesAfterANotice() {
        // When
        RealKafka.publish(bootstrap, events(SEQUEL.arrivals().subList(2, 4)));

        // Then
        await(() -> given().get("/v1/digest").<Integer>path("sequence")
                == SEQUEL.registry().lastSequence());
        given().get("/v1/digest")
                .then()
                .body("digest", equalTo(SEQUEL.registry().timeline().digest()));
        given().get("/v1/units/00004?at=2025-07-01").then().body("name", equalTo("Ba Đình Đúng"));
        given().get("/v1/units/00004?at=2026-11-01").then().body("name", equalTo("Ba Đình Mới"));
        given().get("/v1/units/00004?at=2025-07-01&knownAt=2026-11-20T08:59:59Z")
                .then()
                .body("name", equalTo("Ba Đình"))
                .header("Cache-Control", containsString("immutable"));
        given().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    @Order(3)
    void tellsWeights_onceTheyArePublished() throws IOException {
        // Given
        String crosswalk = "/v1/crosswalk?from=2025-06-30&to=2025-07-01&level=commune&province=01";
        String weight = "items.find { it.code == '00016' }.to.find { it.code == '00004' }.weight";
        assertThat(given().get(crosswalk).<Object>path(weight)).isNull();

        // When: a broken message, then the example of the contract
        RealKafka.publishWeights(bootstrap, "00016@2004-08-31", "{");
        try (InputStream example = getClass().getResourceAsStream("/contract/examples/edge-weighed.json")) {
            RealKafka.publishWeights(
                    bootstrap, "00016@2004-08-31", new String(example.readAllBytes(), StandardCharsets.UTF_8));
        }

        // Then
        await(() -> given().get(crosswalk).path(weight) != null);
        assertThat(given().get(crosswalk).<Float>path(weight)).isEqualTo(0.775f);
        assertThat(given().contentType("text/csv")
                        .body("code,at\n00016,2025-06-30\n")
                        .post("/v1/convert?to=2025-07-01")
                        .asString())
                .contains("dvhc_weights")
                .contains("0.775");
        given().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    @Order(4)
    void keepsAnsweringButIsNotReady_whenAMessageCannotBeRead() {
        // Given
        long known = given().get("/v1/digest").<Integer>path("sequence");

        // When
        RealKafka.publish(
                bootstrap, List.of("{\"specversion\":\"1.0\",\"type\":\"vn.dvhc.unit.twinned\",\"data\":{}}"));

        // Then
        await(() -> given().get("/q/health/ready").statusCode() == 503);
        given().get("/q/health/ready")
                .then()
                .body(
                        "checks.find { it.name == 'follows-the-log' }.data.haltedBy",
                        containsString("its type is unknown: vn.dvhc.unit.twinned"));
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/started").then().statusCode(200);
        given().get("/v1/units/00004?at=2025-07-01").then().statusCode(200);
        assertThat(given().get("/v1/digest").<Integer>path("sequence")).isEqualTo((int) known);
        assertThat(given().get("/q/metrics").asString()).contains("dvhc_history_halted 1.0");
    }

    private static Sequel sequel() {
        Decision decision = new Decision(
                new DecisionId("it-2026-11-01"),
                NEW_DAY,
                "Đổi tên hai phường",
                List.of(
                        new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Mới", Basis.NONE),
                        new UnitChange.Rename(UnitCode.of("00008"), "Ngọc Hà Mới", Basis.NONE)));
        Decision later = new Decision(
                new DecisionId("it-2027-01-01"),
                LocalDate.of(2027, 1, 1),
                "Đổi tên một phường",
                List.of(new UnitChange.Rename(UnitCode.of("00008"), "Ngọc Hà", Basis.NONE)));
        return new Sequel()
                .day(decision, CatalogueLog.RECORDED)
                .notice(later, Instant.parse("2026-11-20T08:00:00Z"))
                .correction(
                        Catalogue.REFORM,
                        new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Đúng", Basis.NONE),
                        Instant.parse("2026-11-20T09:00:00Z"));
    }

    private static List<String> events(List<Arrival> arrivals) {
        return arrivals.stream()
                .map(arrival -> CatalogueLog.cloudEvent(arrival.message(), arrival.recordedAt()))
                .toList();
    }

    private static void await(BooleanSupplier visible) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!visible.getAsBoolean()) {
            assertThat(Instant.now()).as("no longer than %s", PATIENCE).isBefore(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
