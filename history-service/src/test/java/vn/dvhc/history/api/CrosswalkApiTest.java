package vn.dvhc.history.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.lineage.LiveWeights;
import vn.dvhc.history.lineage.Weights;
import vn.dvhc.history.timeline.TimelineFeed;
import vn.dvhc.timeline.Following;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** Lineage, crosswalk and re-based figures over HTTP, on the whole catalogue; the clock stands at 2026-11-23. */
@QuarkusTest
@TestProfile(HistoryApiTest.WithoutKafka.class)
class CrosswalkApiTest {

    private static final String REFORM = "/v1/crosswalk?from=2025-06-30&to=2025-07-01";
    private static final long SEED = Long.getLong("dvhc.seed", new Random().nextLong());

    @Inject
    TimelineFeed feed;

    @Inject
    LiveWeights weights;

    @BeforeEach
    void fill() {
        if (!feed.isComplete()) {
            feed.accept(CatalogueLog.arrivals(CatalogueLog.whole().messages(), CatalogueLog.RECORDED));
            feed.caughtUp();
        }
    }

    @Test
    void tellsWeightsWithSourceAndDate_inEveryForm_whereAllWasCounted() {
        UnitId divided = UnitId.parse("00016@2004-08-31");
        String before = given().get(REFORM + "&level=commune&province=01").header("ETag");
        weights.accept(
                Map.of(
                        divided,
                        List.of(new Weights.Count(
                                "case_file",
                                Following.PEOPLE,
                                LocalDate.of(2025, 7, 3),
                                0,
                                Map.of(UnitId.parse("00004@2025-07-01"), 31L, UnitId.parse("00008@2025-07-01"), 9L)))),
                7);
        try {
            String part = "items.find { it.code == '00016' }.to.find { it.code == '00004' }.";
            given().header("If-None-Match", before)
                    .get(REFORM + "&level=commune&province=01")
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "public, max-age=60")
                    .header("ETag", not(equalTo(before)))
                    .body(part + "weight", equalTo(0.775f))
                    .body(part + "weightSource", equalTo("records-handed-over:case_file"))
                    .body(part + "weightDate", equalTo("2025-07-03"))
                    .body("items.find { it.code == '00004' }.to[0]", not(org.hamcrest.Matchers.hasKey("weight")));
            assertThat(given().get(REFORM + "&level=commune&province=01&format=csv")
                            .asString())
                    .contains("weight,weight_source,weight_date", "0.225,records-handed-over:case_file,2025-07-03");
            assertThat(given().get(REFORM + "&level=commune&province=01&format=ndjson")
                            .asString())
                    .contains("\"weight\":0.225,\"weightSource\":\"records-handed-over:case_file\",\"weightDate\"");
            given().contentType("application/json")
                    .body("{\"to\":\"2025-07-01\",\"items\":[{\"code\":\"00016\",\"at\":\"2025-06-30\"}]}")
                    .post("/v1/convert")
                    .then()
                    .statusCode(200)
                    .body("items[0].to.find { it.unit.code == '00008' }.weight", equalTo(0.225f))
                    .body("items[0].to.find { it.unit.code == '00008' }.weightDate", equalTo("2025-07-03"));
        } finally {
            weights.accept(Map.of(divided, List.of()), 0);
        }
    }

    @Test
    void tellsTheCrosswalkOfTheReform() {
        given().get(REFORM + "&level=commune&province=01")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "public, max-age=86400, immutable")
                .header("Vary", "Accept, Accept-Encoding")
                .body("sequence", equalTo(CatalogueLog.whole().messages().size()))
                .body("province", equalTo("01"))
                .body("total", equalTo(526))
                .body("items", hasSize(526))
                .body("items.find { it.code == '00016' }.status", equalTo("partial"))
                .body("items.find { it.code == '00016' }.complete", equalTo(true))
                .body("items.find { it.code == '00016' }.to.code", hasItems("00004", "00008"))
                .body("items.find { it.code == '00016' }.to[0].portion", equalTo("một phần"))
                .body("items.find { it.code == '00016' }.to[0].legalBasis", equalTo(List.of("1656/NQ-UBTVQH15")))
                .body("items.find { it.code == '00016' }.to[0].confidence", equalTo("act"))
                .body("items.find { it.code == '00016' }.to[0]", not(org.hamcrest.Matchers.hasKey("weight")));
        given().get(REFORM + "&level=district")
                .then()
                .body("items.find { it.code == '277' }.status", equalTo("ended"))
                .body("items.find { it.code == '277' }.to[0].open", equalTo(true))
                .body("items.find { it.code == '277' }.to[0].legalBasis", hasItem("203/2025/QH15"))
                .body("items.find { it.code == '318' }.to[0].level", equalTo("commune"));
        given().get("/v1/crosswalk?from=2025-07-01&to=2025-06-30&level=commune")
                .then()
                .body("total", equalTo(3321))
                .body("items.find { it.code == '14845' }.status", equalTo("full"))
                .body("items.find { it.code == '14845' }.to[0].portion", nullValue());
    }

    @Test
    void tellsTheSameInEachForm() {
        // When
        List<String> csv = given().accept("text/csv")
                .get(REFORM + "&level=commune")
                .then()
                .contentType("text/csv;charset=UTF-8")
                .extract()
                .body()
                .asString()
                .lines()
                .toList();
        Response ndjson = given().get(REFORM + "&level=commune&format=ndjson");
        Response json = given().get(REFORM + "&level=commune&format=json");

        // Then: 10,566 ways of 10,035 communes
        assertThat(csv).hasSize(10_567);
        assertThat(csv.get(0)).startsWith("from_code,from_unit,from_name,status,to_code");
        assertThat(csv)
                .anySatisfy(row -> assertThat(row)
                        .startsWith(
                                "00016,00016@2004-08-31,Phường Ngọc Hà,partial,00004,00004@2025-07-01,Phường Ba Đình"));
        assertThat(ndjson.contentType()).isEqualTo("application/x-ndjson");
        assertThat(ndjson.asString().lines())
                .hasSize(10_035)
                .allSatisfy(line -> assertThat(line).startsWith("{\"unitId\"").endsWith("}"));
        assertThat(json.jsonPath().getList("items")).hasSize(10_035);
        assertThat(List.of(json.header("ETag"), ndjson.header("ETag"))).doesNotHaveDuplicates();
        assertThat(json.headers().getValues("Link"))
                .contains("<" + REFORM + "&level=commune&format=json>; rel=\"canonical\"")
                .contains("<" + REFORM + "&level=commune&format=csv>; rel=\"alternate\"; type=\"text/csv\"");
    }

    @Test
    void packsTheSameBytes_whenTheCallerTakesGzip() throws IOException {
        // When
        Response packed = given().config(RestAssured.config()
                        .decoderConfig(io.restassured.config.DecoderConfig.decoderConfig()
                                .noContentDecoders()))
                .header("Accept-Encoding", "gzip")
                .get(REFORM + "&level=commune&format=csv");
        Response plain = given().config(RestAssured.config()
                        .decoderConfig(io.restassured.config.DecoderConfig.decoderConfig()
                                .noContentDecoders()))
                .get(REFORM + "&level=commune&format=csv");

        // Then
        assertThat(packed.headers().getValues("Content-Encoding")).containsExactly("gzip");
        assertThat(new GZIPInputStream(packed.asInputStream()).readAllBytes()).isEqualTo(plain.asByteArray());
    }

    @Test
    void sendsNothing_whenTheCallerHasItOrAsksForTheHead() {
        String tag = given().get(REFORM).header("ETag");

        given().header("If-None-Match", "\"other\", " + tag)
                .get(REFORM)
                .then()
                .statusCode(304)
                .header("ETag", tag);
        given().header("If-None-Match", tag.substring(2)).get(REFORM).then().statusCode(304);
        given().header("If-None-Match", "\"other\"").get(REFORM).then().statusCode(200);
        given().head(REFORM).then().statusCode(200).header("ETag", tag).body(equalTo(""));
    }

    @Test
    void sendsNoFasterThanTheCallerReads() throws IOException {
        // Given: a caller that has asked and does not read, while others are served
        try (Socket slow = new Socket("localhost", RestAssured.port)) {
            slow.setReceiveBufferSize(256 * 1024);
            slow.getOutputStream()
                    .write((REFORM.transform(path -> "GET " + path + "&format=ndjson HTTP/1.1\r\nHost: x\r\n"
                                    + "Connection: close\r\n\r\n"))
                            .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 20; i++) {
                given().get("/v1/units/00004?at=2025-07-01").then().statusCode(200);
            }

            // When
            InputStream in = slow.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            // Then: chunked, whole to the last chunk
            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/crosswalk",
                "/v1/crosswalk?from=2025-06-30",
                "/v1/crosswalk?from=2004-08-30&to=2025-07-01",
                "/v1/crosswalk?from=2025-07-01&to=1999-01-01",
                "/v1/crosswalk?from=2025-06-30&to=2025-07-01&level=ward",
                "/v1/crosswalk?from=2025-06-30&to=2025-07-01&province=001",
                "/v1/crosswalk?from=2025-06-30&to=2025-07-01&format=xml",
                "/v1/units/00004/lineage?format=png",
                "/v1/units/4/lineage"
            })
    void refusesWithAReason_whenAParameterIsMalformed(String path) {
        given().get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:dvhc:problem:bad-parameter"))
                .body("parameter", notNullValue());
    }

    @Test
    void answersProblems_whenTheProvinceOrTheFormIsNotThere() {
        given().get(REFORM + "&province=03").then().statusCode(404).body("code", equalTo("03"));
        given().accept("text/html").get(REFORM).then().statusCode(406).contentType("application/problem+json");
    }

    @Test
    void showsExtentAndWeakestLinkAndWhyAWayEnds() {
        given().get("/v1/units/28849/successors?at=2004-08-31")
                .then()
                .body("successors[0].weakest.confidence", equalTo("likely"))
                .body("successors[0].weakest.date", notNullValue())
                .body("successors[0].openBecause", nullValue());
        given().get("/v1/units/00016/successors?at=2025-06-30&on=2025-07-01")
                .then()
                .body("successors.extent", equalTo(List.of("partial", "partial")))
                .body("successors[0].weakest.extent", equalTo("partial"));
        given().get("/v1/units/277/successors?at=2025-06-30&on=2025-07-01")
                .then()
                .body("successors[0].openBecause.reason", equalTo("no-successor-recorded"))
                .body("successors[0].openBecause.legalBasis", hasItem("203/2025/QH15"))
                .body("successors[0].openBecause.detail", containsString("danh mục không ghi đơn vị kế thừa"));
        given().get("/v1/units/00001/predecessors?at=2025-06-30&on=2000-01-01")
                .then()
                .body("predecessors[0].openBecause.reason", equalTo("before-first-day"));
    }

    @Test
    void drawsTheLineage() {
        given().get("/v1/units/00016/lineage?at=2025-06-30")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("root", equalTo("00016@2004-08-31"))
                .body("nodes.unitId", hasItems("00016@2004-08-31", "00004@2025-07-01"))
                .body("edges.to", hasItem("00004@2025-07-01"))
                .body("truncated", equalTo(false));
        given().get("/v1/units/00016/lineage")
                .then()
                .header("Cache-Control", "no-cache")
                .body("asOf", equalTo("2026-11-23"));
        given().get("/v1/units/00016/lineage?at=2025-06-30&format=dot")
                .then()
                .contentType("text/vnd.graphviz;charset=UTF-8")
                .body(startsWith("digraph lineage {"))
                .body(containsString("\"00016@2004-08-31\" -> \"00004@2025-07-01\" [label=\"2025-07-01 một phần\"]"));
        given().accept("text/vnd.mermaid")
                .get("/v1/units/00016/lineage?at=2025-06-30")
                .then()
                .body(startsWith("flowchart LR"))
                .body(containsString("Phường Ba Đình (00004)"));
        given().get("/v1/units/00016/lineage?at=2025-07-01").then().statusCode(404);
    }

    @Test
    void rebasesFigures() {
        given().contentType("application/json")
                .body("""
                        {"from":"2025-06-30","to":"2025-07-01","level":"commune","kind":"sum",
                         "values":[{"code":"00016","value":9500.50},{"code":"99999","value":1}]}""")
                .post("/v1/rebase")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("values.code", equalTo(List.of("00004", "00008")))
                .body("values[0].certainty", equalTo("bounded"))
                .body("values[0].value", nullValue())
                .body("values[0].upper", equalTo(9500.50f))
                .body("rejected[0].index", equalTo(1))
                .body("rejected[0].reason", equalTo("not-known"))
                .body("conservation.divided", equalTo(9500.50f))
                .body("conservation.given", equalTo(9501.50f));
        given().contentType("application/json")
                .body("""
                        {"from":"2025-06-30","to":"2025-07-01","level":"commune","kind":"sum","by":"province",
                         "values":[{"code":"00016","value":9500}]}""")
                .post("/v1/rebase")
                .then()
                .body("by", equalTo("province"))
                .body("values.code", equalTo(List.of("01")))
                .body("values[0].lower", equalTo(9500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"from\":\"2025-06-30\"}",
                "{\"from\":\"2025-06-30\",\"to\":\"2025-07-01\",\"level\":\"commune\",\"kind\":\"mean\",\"values\":[]}",
                "{\"from\":\"2025-06-30\",\"to\":\"2025-07-01\",\"level\":\"commune\",\"kind\":\"sum\",\"values\":[{\"code\":16,\"value\":1}]}",
                "{\"from\":\"2025-06-30\",\"to\":\"2025-07-01\",\"level\":\"commune\",\"kind\":\"sum\",\"values\":[{\"code\":\"00016\",\"value\":\"1\"}]}",
                "{\"from\":\"2025-06-30\",\"to\":\"2025-07-01\",\"level\":\"commune\",\"kind\":\"sum\",\"values\":[{\"code\":\"00016\",\"value\":1e999999}]}",
                "{\"from\":\"1999-06-30\",\"to\":\"2025-07-01\",\"level\":\"commune\",\"kind\":\"sum\",\"values\":[]}",
                "{\"from\":\"2025-06-30\",\"to\":\"2025-07-01\",\"level\":\"commune\",\"kind\":\"sum\",\"by\":\"x\",\"values\":[]}"
            })
    void refusesACallThatCannotBeRead(String body) {
        given().contentType("application/json")
                .body(body)
                .post("/v1/rebase")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("parameter", notNullValue());
    }

    @Test
    void refusesMoreFiguresThanACallMayBring() {
        String many = "{\"code\":\"00016\",\"value\":1},".repeat(20_000) + "{\"code\":\"00016\",\"value\":1}";
        given().contentType("application/json")
                .body(
                        "{\"from\":\"2025-06-30\",\"to\":\"2025-07-01\",\"level\":\"commune\",\"kind\":\"sum\",\"values\":["
                                + many + "]}")
                .post("/v1/rebase")
                .then()
                .statusCode(400)
                .body("parameter", equalTo("values"));
        given().contentType("text/plain").body("x").post("/v1/rebase").then().statusCode(415);
    }

    @Test
    void answersTheSameByTheShortWay() {
        // Given: addresses that take the short way, and the same with an Accept header that does not
        Random random = new Random(SEED);
        List<Unit> states = CatalogueLog.whole()
                .timeline()
                .histories()
                .flatMap(life -> life.states().stream())
                .toList();
        List<String> paths = new ArrayList<>(List.of(
                "/v1/units/00004?at=2025-06-30",
                "/v1/units/00004?at=2026-11-23",
                "/v1/units/00016?at=2025-07-01",
                "/v1/units/00004?at=2025-02-30",
                "/v1/units/00004?at=2025-07-01&at=2025-06-30",
                "/v1/units/00004?at=2025-07-01&",
                "/v1/units/0000x?at=2025-07-01",
                "/v1/units/successors?at=2025-07-01&on=2025-07-01",
                "/v1/units/00016/successors?at=2025-07-01&on=2025-06-30",
                "/v1/units/00016/successors?at=2025-06-30&on=2025-07-01&x=1",
                "/v1/units/277/successors?at=2025-06-30&on=2026-11-23"));
        for (int i = 0; i < 40; i++) {
            Unit state = states.get(random.nextInt(states.size()));
            paths.add("/v1/units/" + state.code() + "?at=" + state.validFrom());
            paths.add("/v1/units/" + state.code() + "/successors?at=" + state.validFrom() + "&on=2025-07-01");
        }
        for (String path : paths) {
            // When: the second time from what is kept
            Response first = given().get(path);
            Response shortWay = given().get(path);
            Response longWay = given().accept("application/json, text/x-none").get(path);

            // Then
            assertThat(shortWay.statusCode()).as("seed %d: %s", SEED, path).isEqualTo(longWay.statusCode());
            assertThat(shortWay.asString()).as("seed %d: %s", SEED, path).isEqualTo(longWay.asString());
            assertThat(first.asString()).isEqualTo(shortWay.asString());
            for (String header : List.of("ETag", "Cache-Control", "Content-Type")) {
                assertThat(shortWay.header(header))
                        .as("seed %d: %s of %s", SEED, header, path)
                        .isEqualTo(longWay.header(header));
            }
            String tag = longWay.header("ETag");
            if (tag != null) {
                given().header("If-None-Match", "\"x\", " + tag)
                        .get(path)
                        .then()
                        .statusCode(304);
                given().head(path).then().statusCode(200).header("ETag", tag);
            }
        }
    }

    @Test
    void answersSearchesTheSameByTheShortWay() throws Exception {
        // Given: a client that takes no packed answers
        HttpClient http = HttpClient.newHttpClient();
        for (String text :
                List.of("hoa+binh", "H%C3%B2a%20B%C3%ACnh", "P.4%2C%20Q.4", "zzzz", "%7Bx%7D", "", "%00", "%20")) {
            String path = "/v1/units?q=" + text;

            // When: the second time from what is kept
            HttpResponse<String> first = get(http, path, "application/json");
            HttpResponse<String> shortWay = get(http, path, "application/json");
            HttpResponse<String> longWay = get(http, path, "application/json, text/x-none");

            // Then
            assertThat(shortWay.statusCode()).as(path).isEqualTo(longWay.statusCode());
            assertThat(shortWay.body()).as(path).isEqualTo(longWay.body()).isEqualTo(first.body());
            for (String header : List.of("ETag", "Cache-Control", "Content-Type", "Link")) {
                assertThat(shortWay.headers().firstValue(header))
                        .as("%s of %s", header, path)
                        .isEqualTo(longWay.headers().firstValue(header));
            }
        }
    }

    private HttpResponse<String> get(HttpClient http, String path, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Accept", accept)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void namesTheDatedAddress_whenACodeCameWithoutDate() {
        given().get("/v1/units/00004").then().header("Link", "</v1/units/00004?at=2026-11-23>; rel=\"canonical\"");
        given().get("/v1/units/constant").then().statusCode(400);
    }
}
