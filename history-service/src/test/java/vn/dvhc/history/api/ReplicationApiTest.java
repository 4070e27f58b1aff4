package vn.dvhc.history.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.ValueFactory;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;
import org.eclipse.rdf4j.model.vocabulary.SKOS;
import org.eclipse.rdf4j.rio.helpers.StatementCollector;
import org.eclipse.rdf4j.rio.turtle.TurtleParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.timeline.TimelineFeed;

/** Copies held by a client of its own kind: the catalogue, then a notice, two corrections of the reform and a day. */
@QuarkusTest
@TestProfile(KnownAtApiTest.Corrected.class)
class ReplicationApiTest {

    private static final long CATALOGUE = CatalogueLog.whole().messages().size();

    @Inject
    TimelineFeed feed;

    @BeforeEach
    void fill() {
        if (!feed.isComplete()) {
            feed.accept(CatalogueLog.arrivals(CatalogueLog.whole().messages(), CatalogueLog.RECORDED));
            feed.accept(KnownAtApiTest.SEQUEL.arrivals());
            feed.caughtUp();
        }
    }

    @Test
    void aCopyReachesTheSameDigest_onEveryDayItFollows() throws Exception {
        // Given
        Replica replica = new Replica();
        replica.load("2004-08-31");

        // Then
        for (String day : List.of("2004-08-31", "2005-06-30", "2008-08-01", "2015-04-01", "2024-12-01", "2025-06-30")) {
            replica.followTo(day);
            assertThat(replica.digest()).as(day).isEqualTo(digest(day));
        }
        assertThat(replica.reloads()).isZero();
    }

    @Test
    void aCopyTakesTheSnapshotAnew_whenACorrectionMendsWhatItFollowed() throws Exception {
        // Given
        Replica replica = new Replica();
        replica.load("2025-06-30");

        // When
        replica.followTo("2026-11-23");

        // Then
        assertThat(replica.reloads()).isEqualTo(1);
        assertThat(replica.digest()).isEqualTo(digest("2026-11-23"));
    }

    @Test
    void aCopyPassesOverCorrectionsThatItsSnapshotKnew() throws Exception {
        // Given: the reform as it is known now, with the corrections recorded a year later
        Replica replica = new Replica();
        replica.load("2025-07-01");
        assertThat(replica.digest()).isEqualTo(digest("2025-07-01"));

        // When
        replica.followTo("2026-11-23");

        // Then
        assertThat(replica.reloads()).isZero();
        assertThat(replica.digest()).isEqualTo(digest("2026-11-23"));
    }

    @Test
    void tellsTheSameUnitsInEachForm() {
        Response json = given().get("/v1/snapshot?at=2025-06-30");
        json.then()
                .statusCode(200)
                .body("at", equalTo("2025-06-30"))
                .body("total", equalTo(10_794))
                .body("units", hasSize(10_794))
                .body("digest", equalTo(digest("2025-06-30")))
                .body("units.find { it.unitId == '00004@2004-08-31' }.parent", equalTo("001@2004-08-31"));
        assertThat(json.header("Dvhc-Sequence")).isEqualTo(json.path("sequence").toString());
        assertThat(given().get("/v1/snapshot?at=2025-06-30&format=csv")
                        .asString()
                        .lines())
                .hasSize(10_795)
                .anySatisfy(row -> assertThat(row)
                        .startsWith("00004@2004-08-31,00004,commune,phường,Trúc Bạch,Phường Trúc Bạch,001@2004-08-31"));
        assertThat(given().get("/v1/snapshot?format=ndjson").asString().lines()).hasSize(34 + 3321);
    }

    @Test
    void tellsTheUnitsAsLinkedData() throws IOException {
        // When
        Response turtle = given().accept("text/turtle").get("/v1/snapshot?at=2025-06-30");
        StatementCollector read = new StatementCollector();
        TurtleParser parser = new TurtleParser();
        parser.setRDFHandler(read);
        parser.parse(new StringReader(turtle.asString()), "");

        // Then
        ValueFactory values = SimpleValueFactory.getInstance();
        IRI unit = values.createIRI("urn:dvhc:unit:00004@2004-08-31");
        turtle.then().statusCode(200).contentType("text/turtle;charset=UTF-8");
        assertThat(read.getStatements())
                .contains(
                        values.createStatement(unit, SKOS.PREF_LABEL, values.createLiteral("Phường Trúc Bạch", "vi")),
                        values.createStatement(unit, SKOS.NOTATION, values.createLiteral("00004")),
                        values.createStatement(unit, SKOS.BROADER, values.createIRI("urn:dvhc:unit:001@2004-08-31")))
                .filteredOn(statement -> statement.getPredicate().equals(SKOS.NOTATION))
                .hasSize(10_794);
    }

    @Test
    void tellsTheLogInOrder_withNoticesAndCorrectionsMarked() {
        given().get("/v1/changes?after=" + CATALOGUE)
                .then()
                .statusCode(200)
                .body("after", equalTo((int) CATALOGUE))
                .body("items.group", equalTo(List.of("notice", "correction", "correction", "day")))
                .body(
                        "items.sequence",
                        equalTo(List.of(
                                (int) CATALOGUE + 1, (int) CATALOGUE + 2, (int) CATALOGUE + 3, (int) CATALOGUE + 4)))
                .body("items[0].type", equalTo("vn.dvhc.unit-decision.scheduled"))
                .body("items[0].data.effectiveDate", equalTo("2026-11-21"))
                .body("items[1].data.enactment", equalTo("2025-07-01"))
                .body("items[1].recordedAt", equalTo("2026-11-20T08:00:00Z"))
                .body("items[0].struck", nullValue())
                .body("next", nullValue());
        Response first = given().get("/v1/changes?after=0&limit=2");
        first.then().body("items", hasSize(2)).body("next", equalTo("/v1/changes?after=2&limit=2"));
        assertThat(first.header("Link")).isEqualTo("</v1/changes?after=2&limit=2&format=json>; rel=\"next\"");
        assertThat(given().get("/v1/changes?after=0&limit=3&format=ndjson")
                        .asString()
                        .lines())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/changes",
                "/v1/changes?after=-1",
                "/v1/changes?after=99999999",
                "/v1/changes?after=0&limit=5001",
                "/v1/changes?after=0&format=csv",
                "/v1/snapshot?at=1999-01-01",
                "/v1/snapshot?at=x",
                "/v1/digest?at=1999-01-01"
            })
    void refusesWithAReason_whenAParameterIsMalformed(String path) {
        given().get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("parameter", notNullValue());
    }

    private static String digest(String date) {
        return given().get("/v1/digest?at=" + date).path("digest");
    }
}
