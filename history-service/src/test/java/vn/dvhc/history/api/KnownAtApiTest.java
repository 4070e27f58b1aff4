package vn.dvhc.history.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.Sequel;
import vn.dvhc.history.timeline.TimelineFeed;
import vn.dvhc.unit.UnitCode;

/**
 * The register as it stood: the catalogue, a notice on 19 November 2026, corrections of the reform on the 20th and a day on
 * the 21st; the clock stands at the 23rd.
 */
@QuarkusTest
@TestProfile(KnownAtApiTest.Corrected.class)
class KnownAtApiTest {

    private static final String BEFORE = "2026-11-20T07:59:59.999Z";
    private static final String AFTER = "2026-11-20T08:00:00Z";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    static final Sequel SEQUEL = sequel();

    @Inject
    TimelineFeed feed;

    public static class Corrected extends HistoryApiTest.WithoutKafka {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("dvhc.history.past.kept", "2");
            return overrides;
        }
    }

    @BeforeEach
    void fill() {
        if (!feed.isComplete()) {
            feed.accept(CatalogueLog.arrivals(CatalogueLog.whole().messages(), CatalogueLog.RECORDED));
            feed.accept(SEQUEL.arrivals());
            feed.caughtUp();
        }
    }

    @Test
    void answersWithTheCorrection_andAsItStoodBefore() {
        name("/v1/units/00004?at=2025-07-01", "Ba Đình Đúng");
        name("/v1/units/00004?at=2025-07-01&knownAt=" + BEFORE, "Ba Đình").header("Cache-Control", FOR_EVER);
        name("/v1/units/00004?at=2025-07-01&knownAt=" + AFTER, "Ba Đình Đúng").header("Cache-Control", FOR_EVER);
        name("/v1/units/00004?at=2025-07-01&knownAt=2026-11-20T14:59:59%2B07:00", "Ba Đình");
    }

    @Test
    void answersEveryQuestionAsItStood() {
        get("/v1/units?at=2025-07-01&level=commune&parent=01&limit=200")
                .body("items.name", hasItem("Ba Đình Đúng"))
                .body("items.name", not(hasItem("Ba Đình")));
        get("/v1/units?at=2025-07-01&level=commune&parent=01&limit=200&knownAt=" + BEFORE)
                .body("items.name", hasItem("Ba Đình"))
                .header("Cache-Control", FOR_EVER);
        get("/v1/units/00004/timeline").body("tenures[1].states.name", hasItem("Ba Đình Đúng"));
        get("/v1/units/00004/timeline?knownAt=" + BEFORE).body("tenures[1].states.name", equalTo(List.of("Ba Đình")));
        get("/v1/units/00001/successors?at=2025-06-30&on=2025-07-01").body("successors.unit.code", hasItem("00008"));
        get("/v1/units/00001/successors?at=2025-06-30&on=2025-07-01&knownAt=" + BEFORE)
                .body("successors.unit.code", not(hasItem("00008")));
        get("/v1/units/00008/predecessors?at=2025-07-01").body("predecessors.unit.code", hasItem("00001"));
        get("/v1/units/00008/predecessors?at=2025-07-01&knownAt=" + BEFORE)
                .body("predecessors.unit.code", not(hasItem("00001")));
        get("/v1/counts?at=2025-07-01&knownAt=" + BEFORE).body("commune", equalTo(3321));
    }

    @Test
    void tellsTheDigestOfThen() {
        get("/v1/digest")
                .body("digest", equalTo(SEQUEL.registry().timeline().digest()))
                .body("lastDay", equalTo("2026-11-21"));
        get("/v1/digest?knownAt=" + BEFORE)
                .body("digest", equalTo(CatalogueLog.whole().timeline().digest()))
                .body("sequence", equalTo(CatalogueLog.whole().messages().size() + 1))
                .body("lastDay", equalTo("2026-04-30"))
                .header("Cache-Control", FOR_EVER);
        get("/v1/digest?knownAt=2025-07-01T00:00:00Z")
                .body("sequence", equalTo(CatalogueLog.whole().messages().size()));
    }

    @Test
    void readsABareCodeAsOfTheMoment() {
        get("/v1/units/00004?knownAt=" + AFTER).body("asOf", equalTo("2026-11-20"));
        name("/v1/units/00008?knownAt=" + AFTER, "Ngọc Hà");
        name("/v1/units/00008", "Ngọc Hà Mới");
    }

    @Test
    void leadsOnWithinTheSameState() {
        given().redirects()
                .follow(false)
                .get("/v1/units/28?knownAt=" + BEFORE)
                .then()
                .statusCode(308)
                .header("Location", "/v1/units/01?at=2026-11-20&knownAt=" + BEFORE.replace(":", "%3A"));
        assertThat(get("/v1/units?at=2025-07-01&level=province&limit=20&knownAt=" + BEFORE)
                        .extract()
                        .header("Link"))
                .contains("knownAt=" + BEFORE.replace(":", "%3A"));
    }

    @Test
    void letsNobodyKeepWhatMayStillChange() {
        // Given: nothing was recorded after the 21st, and this moment is a few minutes ago
        String justNow = "2026-11-23T02:59:00Z";

        // Then
        name("/v1/units/00004?at=2025-07-01&knownAt=" + justNow, "Ba Đình Đúng").header("Cache-Control", "no-cache");
        name("/v1/units/00004?at=2025-07-01&knownAt=2026-11-22T00:00:00Z", "Ba Đình Đúng")
                .header("Cache-Control", FOR_EVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/units/00004",
                "/v1/units",
                "/v1/units/00004/timeline",
                "/v1/units/00004/successors",
                "/v1/units/00004/predecessors",
                "/v1/counts",
                "/v1/digest"
            })
    void refusesAMomentThatIsNone_isToCome_orCameBeforeAllRecords(String address) {
        for (String wrong : List.of("2026-11-20", "x", "2026-11-20T08:00:00", "2099-01-01T00:00:00Z")) {
            given().queryParam("knownAt", wrong)
                    .get(address)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("parameter", equalTo("knownAt"));
        }
        given().get(address + "?knownAt=").then().statusCode(400);
        given().queryParam("knownAt", "2004-08-31T00:00:00Z")
                .get(address)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .body("type", equalTo("urn:dvhc:problem:nothing-recorded"))
                .body("detail", containsString("2025-06-30T17:00:00Z"));
    }

    @Test
    void answersTheSame_whenManyMomentsAreAskedInTurn() {
        for (int i = 0; i < 3; i++) {
            name("/v1/units/00004?at=2025-07-01&knownAt=2026-11-18T00:00:00Z", "Ba Đình");
            name("/v1/units/00004?at=2025-07-01&knownAt=" + BEFORE, "Ba Đình");
            name("/v1/units/00004?at=2025-07-01&knownAt=" + AFTER, "Ba Đình Đúng");
            name("/v1/units/00004?at=2025-07-01&knownAt=2026-11-20T09:00:00Z", "Ba Đình Đúng");
        }
        get("/v1/units/00004/successors?at=2025-07-01&on=2025-07-01&knownAt=" + AFTER)
                .body("successors.unit.name", hasItems("Ba Đình Đúng"));
    }

    private static ValidatableResponse get(String address) {
        return given().urlEncodingEnabled(false).get(address).then().statusCode(200);
    }

    private static ValidatableResponse name(String address, String name) {
        return get(address).body("name", equalTo(name));
    }

    private static Sequel sequel() {
        Decision later = new Decision(
                new DecisionId("later"),
                LocalDate.of(2026, 11, 21),
                "Đổi tên",
                List.of(new UnitChange.Rename(UnitCode.of("00008"), "Ngọc Hà Mới", Basis.NONE)));
        return new Sequel()
                .notice(later, Instant.parse("2026-11-19T02:00:00Z"))
                .correction(
                        Catalogue.REFORM,
                        new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Đúng", Basis.NONE),
                        Instant.parse(AFTER))
                .correction(
                        Catalogue.REFORM,
                        new UnitChange.Succeed(
                                UnitCode.of("00001"),
                                UnitCode.of("00008"),
                                Extent.PARTIAL,
                                Portion.PART_OF_AREA,
                                Confidence.LIKELY,
                                Basis.NONE),
                        Instant.parse(AFTER))
                .day(later, Instant.parse("2026-11-20T17:00:00Z"));
    }
}
