package vn.dvhc.history.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.timeline.TimelineFeed;
import vn.dvhc.time.BusinessClock;

/** The HTTP contract on the whole catalogue, without Kafka: the feed is filled by hand, the clock stands at 2026-11-23. */
@QuarkusTest
@TestProfile(HistoryApiTest.WithoutKafka.class)
class HistoryApiTest {

    private static final Path RELEASED = Path.of("src/main/openapi/history-v1.json");

    @Inject
    TimelineFeed feed;

    public static class WithoutKafka implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Path clock = Path.of("target", "api-test-clock").toAbsolutePath();
            try {
                BusinessClock.set(clock, Instant.parse("2026-11-23T03:00:00Z"));
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
            return Map.of(
                    "mp.messaging.incoming.unit-changes.connector", "smallrye-in-memory",
                    "mp.messaging.incoming.edge-weights.connector", "smallrye-in-memory",
                    "dvhc.history.environment", "local",
                    "dvhc.history.clock-file", clock.toString());
        }
    }

    @BeforeEach
    void fill() {
        if (!feed.isComplete()) {
            given().get("/v1/units/01")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "2");
            given().get("/q/health/ready").then().statusCode(503);
            given().get("/q/health/started").then().statusCode(503);
            given().get("/q/health/live").then().statusCode(200);
            feed.accept(CatalogueLog.arrivals(CatalogueLog.whole().messages(), CatalogueLog.RECORDED));
            feed.caughtUp();
        }
    }

    @Test
    void answersInThePublishedForm_whenAUnitIsLookedUp() {
        given().get("/v1/units/00004?at=2025-07-01")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("unitId", equalTo("00004@2025-07-01"))
                .body("code", equalTo("00004"))
                .body("level", equalTo("commune"))
                .body("type", equalTo("phường"))
                .body("name", equalTo("Ba Đình"))
                .body("fullName", equalTo("Phường Ba Đình"))
                .body("parent.unitId", equalTo("01@2004-08-31"))
                .body("validFrom", equalTo("2025-07-01"))
                .body("validTo", nullValue())
                .body("unitFrom", equalTo("2025-07-01"))
                .body("unitTo", nullValue())
                .body("legalBasis", equalTo(List.of("1656/NQ-UBTVQH15")))
                .body("$", not(hasKey("asOf")));
        assertThat(given().get("/v1/units/00004?at=2025-07-01").asString()).contains("\"validTo\":null");
    }

    @Test
    void saysHowTheCodeWasRead_whenItCameWithoutADate() {
        given().get("/v1/units/00004")
                .then()
                .statusCode(200)
                .body("asOf", equalTo("2026-11-23"))
                .body("ambiguousBefore", equalTo("2025-07-01"));
        given().get("/v1/units/01").then().statusCode(200).body("$", not(hasKey("ambiguousBefore")));
    }

    @Test
    void redirects_whenNobodyBearsTheCodeToday() {
        given().redirects()
                .follow(false)
                .get("/v1/units/28")
                .then()
                .statusCode(308)
                .header("Location", "/v1/units/01?at=2026-11-23")
                .header("Link", "</v1/units/01?at=2026-11-23>; rel=\"successor-version\"")
                .body("unit.fullName", equalTo("Tỉnh Hà Tây"))
                .body("successors[0].confidence", equalTo("strong"));
        Response choices = given().redirects().follow(false).get("/v1/units/00016");
        choices.then()
                .statusCode(300)
                .body("on", equalTo("2026-11-23"))
                .body("successors.unit.code", hasItems("00004", "00008"));
        assertThat(choices.headers().getValues("Link")).hasSize(2);
    }

    @Test
    void namesTheAct_whenAUnitEndedWithoutSuccessor() {
        given().get("/v1/units/277")
                .then()
                .statusCode(410)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:dvhc:problem:unit-ended"))
                .body("detail", containsString("Huyện Chương Mỹ đã kết thúc từ ngày 01/07/2025"))
                .body("legalBasis", hasItems("203/2025/QH15"))
                .body("endedOn", equalTo("2025-07-01"));
    }

    @Test
    void tellsWhenTheCodeIsKnown_whenNobodyBoreItOnTheDate() {
        given().get("/v1/units/00016?at=2025-07-01")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .body("type", equalTo("urn:dvhc:problem:unit-not-known"))
                .body("known[0].to", equalTo("2025-07-01"))
                .body("known[0].successors.unit.code", hasItems("00004", "00008"));
        given().get("/v1/units/00004?at=1990-01-01")
                .then()
                .statusCode(404)
                .body("detail", containsString("Danh mục bắt đầu từ ngày 31/08/2004"))
                .body("known", hasSize(2));
        given().get("/v1/units/99999").then().statusCode(404).body("known", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/units/4",
                "/v1/units/0000x",
                "/v1/units/00004?at=2025-02-30",
                "/v1/units/00004?at=",
                "/v1/units/00004?at=01/07/2025",
                "/v1/units/00004/successors?on=soon",
                "/v1/units/00004/successors?at=2025-07-01&on=2025-06-30",
                "/v1/units/00004/predecessors?at=2025-06-30&on=2025-07-01",
                "/v1/units?level=ward",
                "/v1/units?limit=0",
                "/v1/units?limit=1001",
                "/v1/units?cursor=x",
                "/v1/units?parent=1",
                "/v1/units?parent=01@x",
                "/v1/units?q=",
                "/v1/units?q=%20%20",
                "/v1/units?q=.,-",
                "/v1/units?q=a%00b",
                "/v1/units?q=a%0Ab",
                "/v1/units?q=Hu%E1%BA%BF&limit=101",
                "/v1/units?q=Hu%E1%BA%BF&cursor=x",
                "/v1/units?q=Hu%E1%BA%BF&at=soon",
                "/v1/units?q=Hu%E1%BA%BF&level=ward",
                "/v1/counts?at=x"
            })
    void refusesWithAReason_whenAParameterIsMalformed(String path) {
        given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:dvhc:problem:bad-parameter"))
                .body("parameter", notNullValue())
                .body("detail", not(containsString("vn.dvhc")));
    }

    @Test
    void answersProblems_whenHttpItselfRefuses() {
        given().get("/v1/nothing").then().statusCode(404).contentType("application/problem+json");
        given().post("/v1/units").then().statusCode(405).contentType("application/problem+json");
        given().accept("text/html").get("/v1/units/01").then().statusCode(406).contentType("application/problem+json");
    }

    @Test
    void tellsRelativesWithTheirEdges() {
        given().get("/v1/units/00016/successors?at=2025-06-30&on=2025-07-01")
                .then()
                .statusCode(200)
                .body("unit.unitId", equalTo("00016@2004-08-31"))
                .body("on", equalTo("2025-07-01"))
                .body("successors.find { it.unit.code == '00004' }.unchanged", equalTo(false))
                .body("successors.find { it.unit.code == '00004' }.open", equalTo(false))
                .body("successors.find { it.unit.code == '00004' }.confidence", equalTo("act"))
                .body("successors.find { it.unit.code == '00004' }.edges[0].from", equalTo("00016@2004-08-31"))
                .body("successors.find { it.unit.code == '00004' }.edges[0].to", equalTo("00004@2025-07-01"))
                .body("successors.find { it.unit.code == '00004' }.edges[0].extent", equalTo("partial"))
                .body("successors.find { it.unit.code == '00004' }.edges[0].date", equalTo("2025-07-01"))
                .body(
                        "successors.find { it.unit.code == '00004' }.edges[0].legalBasis",
                        equalTo(List.of("1656/NQ-UBTVQH15")));
        given().get("/v1/units/00004/predecessors")
                .then()
                .statusCode(200)
                .body("on", equalTo("2025-06-30"))
                .body("predecessors.unit.name", hasItems("Trúc Bạch", "Ngọc Hà"));
        given().get("/v1/units/00004/timeline")
                .then()
                .statusCode(200)
                .body("tenures.unitId", equalTo(List.of("00004@2004-08-31", "00004@2025-07-01")))
                .body("tenures[0].endedBy.legalBasis", notNullValue());
    }

    @Test
    void leadsFromPageToPage_whenAListIsLong() {
        // When
        Response first = given().get("/v1/units?at=2025-07-01&level=province&limit=20");
        String next = first.path("next");

        // Then
        first.then().statusCode(200).body("total", equalTo(34)).body("items", hasSize(20));
        assertThat(first.header("Link")).contains("cursor=" + next).endsWith("rel=\"next\"");
        given().get("/v1/units?level=province&limit=20&cursor=" + next)
                .then()
                .statusCode(200)
                .body("at", equalTo("2025-07-01"))
                .body("items", hasSize(14))
                .body("next", nullValue());
        given().get("/v1/units?at=2025-06-30&cursor=" + next).then().statusCode(400);
    }

    @Test
    void findsTheChildren_whenTheParentIsGivenByCodeOrId() {
        given().get("/v1/units?at=2025-06-30&parent=01").then().body("total", equalTo(30));
        given().get("/v1/units?at=2025-07-01&parent=01@2004-08-31").then().body("total", equalTo(126));
        given().get("/v1/units?at=2025-07-01&parent=99@2004-08-31")
                .then()
                .statusCode(404)
                .body("code", equalTo("99"));
    }

    @Test
    void findsUnitsOfAnyEra_whenAskedForAName() {
        given().queryParam("q", "P.4, Q.4, HCM")
                .get("/v1/units")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-cache")
                .body("at", equalTo("2026-11-23"))
                .body("total", equalTo(1))
                .body("items[0].unitId", equalTo("27283@2004-08-31"))
                .body("items[0].fullName", equalTo("Phường 4"))
                .body("items[0].validTo", equalTo("2025-07-01"))
                .body("items[0].parent.fullName", equalTo("Quận 4"))
                .body("items[0].parent.parent.fullName", equalTo("Thành phố Hồ Chí Minh"))
                .body("items[0].hit.match", equalTo("parts"))
                .body("items[0].hit.inForce", equalTo(false))
                .body("items[0].hit.now.fullName", hasItems("Phường Vĩnh Hội"))
                .body("next", nullValue());
        given().queryParam("q", "Ba Đình")
                .queryParam("at", "2025-06-30")
                .queryParam("level", "district")
                .get("/v1/units")
                .then()
                .body("total", equalTo(1))
                .body("items[0].unitId", equalTo("001@2004-08-31"));
        given().queryParam("q", "Phúc")
                .queryParam("parent", "01")
                .get("/v1/units")
                .then()
                .body("items.parent.parent.name.flatten().findAll { it != null && it != 'Hà Nội' }", hasSize(0));
        given().queryParam("q", "x".repeat(201))
                .get("/v1/units")
                .then()
                .statusCode(400)
                .body("parameter", equalTo("q"));
        given().queryParam("q", "Huế")
                .queryParam("parent", "99@2004-08-31")
                .get("/v1/units")
                .then()
                .statusCode(404);
    }

    @Test
    void leadsThroughAllHits_whenManyAreCalledSo() {
        // When
        Response first =
                given().queryParam("q", "Hòa Bình").queryParam("limit", 10).get("/v1/units");
        String next = first.path("next");

        // Then
        first.then().statusCode(200).body("items", hasSize(10));
        assertThat(first.header("Link"))
                .contains("q=H%C3%B2a+B%C3%ACnh")
                .contains("cursor=" + next)
                .endsWith("rel=\"next\"");
        List<String> firstIds = first.path("items.unitId");
        List<String> secondIds = given().queryParam("q", "Hòa Bình")
                .queryParam("limit", 10)
                .queryParam("cursor", next)
                .get("/v1/units")
                .path("items.unitId");
        assertThat(secondIds).hasSize(10).doesNotContainAnyElementsOf(firstIds);
    }

    @Test
    void countsAndDigests() {
        given().get("/v1/counts?at=2025-06-30")
                .then()
                .body("province", equalTo(63))
                .body("district", equalTo(696))
                .body("commune", equalTo(10035));
        given().get("/v1/digest")
                .then()
                .body("sequence", equalTo(CatalogueLog.whole().messages().size()))
                .body("lastDay", equalTo("2026-04-30"))
                .body("digest", equalTo(CatalogueLog.whole().timeline().digest()));
    }

    @Test
    void letsCachesKeepWhatCanNoLongerChange() {
        given().get("/v1/units/00004?at=2025-06-30").then().header("Cache-Control", "public, max-age=86400, immutable");
        given().get("/v1/units/00004?at=2025-07-01").then().header("Cache-Control", "public, max-age=60");
        given().get("/v1/units/00004").then().header("Cache-Control", "no-cache");

        String tag = given().get("/v1/units/00004").header("ETag");
        given().header("If-None-Match", tag)
                .get("/v1/units/00004")
                .then()
                .statusCode(304)
                .header("ETag", tag);
        given().head("/v1/units/00004").then().statusCode(200).header("ETag", tag);
    }

    @Test
    void isReadyAndTellsHowFarItRead() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'follows-the-log' }.data.lastDay", equalTo("2026-04-30"));
        given().get("/q/health/started").then().statusCode(200);
        assertThat(given().get("/q/metrics").asString()).contains("dvhc_history_sequence");
    }

    @Test
    void keepsTheReleasedContract() throws IOException {
        // Given
        String now = given().get("/q/openapi?format=json").asString();
        if (Boolean.getBoolean("dvhc.release-openapi")) {
            Files.createDirectories(RELEASED.getParent());
            Files.writeString(RELEASED, now);
        }

        // When
        ChangedOpenApi changed = OpenApiCompare.fromContents(Files.readString(RELEASED), now);

        // Then
        assertThat(changed.isCompatible())
                .as("breaks clients of the released contract: %s", changed.isChanged())
                .isTrue();
    }

    private static org.hamcrest.Matcher<Map<? extends String, ?>> hasKey(String key) {
        return org.hamcrest.Matchers.hasKey(key);
    }
}
