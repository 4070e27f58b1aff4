package vn.dvhc.history.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.timeline.TimelineFeed;

/** Conversions over HTTP, on the whole catalogue without Kafka; the clock stands at 2026-11-23. */
@QuarkusTest
@TestProfile(HistoryApiTest.WithoutKafka.class)
class ConvertApiTest {

    private static final String NDJSON = "application/x-ndjson";

    @Inject
    TimelineFeed feed;

    @TestHTTPResource("/v1/convert")
    URI convert;

    @BeforeEach
    void fill() {
        if (!feed.isComplete()) {
            feed.accept(CatalogueLog.arrivals(CatalogueLog.whole().messages(), CatalogueLog.RECORDED));
            feed.caughtUp();
        }
    }

    @Test
    void answersEachItemInOrder() {
        json("""
                {"to":"2025-07-01","items":[
                  {"id":7,"code":"00016","at":"2025-06-30"},
                  {"id":"a","address":"12 Nguyễn Trãi, P. Bến Thành, Q1, TP HCM"},
                  {"code":"00004"},
                  {"code":"01","at":"2025-06-30"},
                  {"code":"277","at":"2025-06-30"}]}""")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("to", equalTo("2025-07-01"))
                .body("items", hasSize(5))
                .body("items.status", equalTo(List.of("split", "resolved", "ambiguous", "unchanged", "ended")))
                .body("items[0].id", equalTo(7))
                .body("items[0].code", equalTo("00016"))
                .body("items[0].from.unitId", equalTo("00016@2004-08-31"))
                .body("items[0].to.unit.code", hasItems("00004", "00008"))
                .body("items[0].to[0].extent", equalTo("partial"))
                .body("items[0].to[0].confidence", equalTo("act"))
                .body("items[0].to[0].weight", nullValue())
                .body("items[0].confidence", equalTo("exact"))
                .body("items[1].id", equalTo("a"))
                .body("items[1].from.path", equalTo("Phường Bến Thành, Quận 1, Thành phố Hồ Chí Minh"))
                .body("items[1].to[0].unit.unitId", equalTo("26743@2025-07-01"))
                .body("items[2].from", nullValue())
                .body("items[2].to", hasSize(0))
                .body("items[2].vintages.unit.fullName", equalTo(List.of("Phường Trúc Bạch", "Phường Ba Đình")))
                .body("items[2].reason", containsString("không kèm ngày"))
                .body("items[4].to", hasSize(0));
    }

    @Test
    void convertsToToday_whenNoDateIsGiven() {
        json("{\"items\":[]}")
                .then()
                .statusCode(200)
                .body("to", equalTo("2026-11-23"))
                .body("items", hasSize(0));
    }

    @Test
    void spoilsNoOther_whenAnItemCannotBeRead() {
        json("""
                {"items":[4,"00004",null,{},{"code":4},{"code":"4"},{"code":"00004","at":"2025-02-30"},
                  {"code":"00004","address":"x"},{"address":""},{"code":"01","at":"2025-06-30"}]}""")
                .then()
                .statusCode(200)
                .body(
                        "items.status",
                        equalTo(List.of(
                                "unknown",
                                "unknown",
                                "unknown",
                                "unknown",
                                "unknown",
                                "unknown",
                                "unknown",
                                "unknown",
                                "unknown",
                                "unchanged")))
                .body("items.reason.every { it.length() > 10 }", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"items\":{}}",
                "{\"items\":[],\"to\":\"soon\"}",
                "{\"items\":[],\"to\":20250701}",
                "{\"items\":[",
                "null"
            })
    void isRefused_whenTheEnvelopeIsMalformed(String body) {
        json(body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("parameter", notNullValue());
    }

    @Test
    void isRefused_whenThereIsTooMuch() {
        json("{\"items\":[" + String.join(",", Collections.nCopies(10_001, "{}")) + "]}")
                .then()
                .statusCode(400)
                .body("parameter", equalTo("items"));
        json(" ".repeat(8 * 1024 * 1024 + 1)).then().statusCode(413).contentType("application/problem+json");
        given().contentType("text/plain").body("x").post("/v1/convert").then().statusCode(415);
        given().get("/v1/convert").then().statusCode(405);
    }

    @Test
    void isRefused_whenItIsMadeToFillTheMemory() {
        String empties = "[],".repeat(2_700_000);

        for (String body : List.of("{\"items\":[" + empties + "{}]}", "[".repeat(100_000))) {
            json(body)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("parameter", equalTo("body"));
        }
        given().contentType("application/json")
                .body(bytes("{\"codes\":[" + empties + "\"01\"]}"))
                .post("/v1/vintage")
                .then()
                .statusCode(400);
    }

    @Test
    void refusesLargeBodiesBeyondItsBound_andTakesSmallOnes() throws Exception {
        // Given
        List<Socket> open = new ArrayList<>();
        String large = "{\"items\":[" + "{\"code\":\"01\"},".repeat(6_000) + "{}]}";
        try {
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket(convert.getHost(), convert.getPort());
                open.add(socket);
                socket.getOutputStream()
                        .write(bytes("POST /v1/convert HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n"));
                socket.getOutputStream().flush();
                // It asks for the body only when it has been let in.
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }

            // Then
            json(large).then().statusCode(503).header("Retry-After", "2").contentType("application/problem+json");
            json("{\"items\":[{\"code\":\"01\"}]}").then().statusCode(200);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        long giveUp = System.nanoTime() + 10_000_000_000L;
        int status = 503;
        while (status == 503 && System.nanoTime() < giveUp) {
            status = json(large).statusCode();
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void streamsLines() {
        // When
        String answer = given().contentType(NDJSON)
                .body("{\"code\":\"00016\",\"at\":\"2025-06-30\"}\n\nnonsense\r\n{\"address\":\"P. Bến Nghé, Q1, HCM\"}"
                        .getBytes(StandardCharsets.UTF_8))
                .post("/v1/convert?to=2025-07-01")
                .then()
                .statusCode(200)
                .contentType(NDJSON)
                .extract()
                .asString();

        // Then
        assertThat(answer.lines())
                .hasSize(3)
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"status\":\"split\""),
                        line -> assertThat(line).contains("\"status\":\"unknown\""),
                        line -> assertThat(line).contains("26740@2004-08-31"));
        given().contentType(NDJSON)
                .body(new byte[0])
                .post("/v1/convert?to=x")
                .then()
                .statusCode(400);
    }

    @Test
    void streamsHundredThousandLines_withoutHoldingThem() throws Exception {
        // Given
        int items = 100_000;
        String body = IntStream.range(0, items)
                .mapToObj(i -> "{\"id\":" + i + ",\"code\":\"00016\",\"at\":\"2025-06-30\"}")
                .collect(Collectors.joining("\n"));

        // When
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(convert + "?to=2025-07-01"))
                                .header("Content-Type", NDJSON)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());

        // Then
        int expected = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                assertThat(line).startsWith("{\"id\":" + expected++ + ",");
            }
        }
        assertThat(expected).isEqualTo(items);
    }

    @Test
    void answersEachLineAsItComes_whenTheCallerIsSlow() throws Exception {
        try (Socket socket = new Socket(convert.getHost(), convert.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out.write(head(NDJSON));
            for (String code : List.of("00001", "00004", "00016")) {
                // When
                out.write(chunk("{\"code\":\"" + code + "\",\"at\":\"2025-06-30\"}\n"));
                out.flush();

                // Then: it is answered before the next is sent
                String line = in.readLine();
                while (line != null && !line.contains("\"code\":\"" + code + "\"")) {
                    line = in.readLine();
                }
                assertThat(line).contains("\"status\":");
            }
        }
    }

    @Test
    void refusesStreamsBeyondItsBound_andTakesThemAgainAfterwards() throws Exception {
        // Given
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket(convert.getHost(), convert.getPort());
                open.add(socket);
                socket.getOutputStream().write(head(NDJSON));
                socket.getOutputStream().write(chunk("{\"code\":\"01\"}\n"));
                socket.getOutputStream().flush();
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }

            // When
            given().contentType(NDJSON)
                    .body(bytes("{}"))
                    .post("/v1/convert")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .contentType("application/problem+json");
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }

        // Then
        long giveUp = System.nanoTime() + 10_000_000_000L;
        int status = 503;
        while (status == 503 && System.nanoTime() < giveUp) {
            status = given().contentType(NDJSON)
                    .body(bytes("{}"))
                    .post("/v1/convert")
                    .statusCode();
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void givesTheFileBackWithColumnsAdded() {
        // When
        String answer =
                file("\uFEFFid;code;at;note\r\n1;00016;2025-06-30;\"a;\n\"\"b\"\"\"\r\n2;00004\r\n\r\n3;4;;x\r\n");

        // Then
        assertThat(answer)
                .startsWith(
                        "\uFEFFid;code;at;note;dvhc_status;dvhc_unit;dvhc_name;dvhc_to_codes;dvhc_to_names;dvhc_extent;"
                                + "dvhc_confidence;dvhc_reason;dvhc_weights\r\n1;00016;2025-06-30;\"a;\n\"\"b\"\"\";split;00016@2004-08-31;")
                .contains("\r\n2;00004;;;ambiguous;;;;;;;")
                .contains("\r\n3;4;;x;unknown;;");
    }

    @Test
    void readsWhatSpreadsheetsWrite() {
        assertThat(file("\r\n \r\ncode;at\n00016;2025-06-30\n")).startsWith("code;at;dvhc_status;");
        assertThat(file("code\tat\n00016\t2025-06-30\n")).contains("\r\n00016\t2025-06-30\tsplit\t00016@2004-08-31\t");
        assertThat(file("Code,At\n 00016 ,2025-06-30")).contains("2025-06-30,split,00016@2004-08-31,");
        assertThat(file("note,address\n\"1 \"x,\"P. Bến Nghé, Q1, HCM\"\n")).contains(",\"P. Bến Nghé, Q1, HCM\",");
        assertThat(file("code\n\"00016").lines()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name\nx", "\n\n", "\"code\nx"})
    void isRefused_whenAFileHasNeitherCodesNorAddresses(String body) {
        given().contentType("text/csv")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/convert")
                .then()
                .statusCode(400)
                .body("parameter", equalTo("header"));
    }

    @Test
    void breaksOffWithAReason_whenARecordHasNoEnd() throws Exception {
        // Given
        String body = "code,note\n00016,x\n00004,\"" + "y\n".repeat(200_000);
        try (Socket socket = new Socket(convert.getHost(), convert.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head("text/csv"));
            socket.getOutputStream().write(chunk(body));
            socket.getOutputStream().flush();

            // When: no end of the body is sent
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            // Then: nor of the answer
            assertThat(answer).contains("00016,x,split").contains("phần còn lại của tệp chưa được chuyển đổi");
            assertThat(answer).doesNotEndWith("\r\n0\r\n\r\n");
        }
    }

    @Test
    void wantsALength_whereABodyIsReadWhole() throws Exception {
        try (Socket socket = new Socket(convert.getHost(), convert.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head("application/json"));
            socket.getOutputStream().write(chunk("{\"items\":[]}"));
            socket.getOutputStream().flush();
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                            .readLine())
                    .startsWith("HTTP/1.1 411");
        }
    }

    @Test
    void asksForTheBody_whenTheCallerWaitsForThat() throws Exception {
        try (Socket socket = new Socket(convert.getHost(), convert.getPort())) {
            socket.setSoTimeout(20_000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            socket.getOutputStream()
                    .write(bytes("POST /v1/convert HTTP/1.1\r\nHost: x\r\nContent-Type: " + NDJSON
                            + "\r\nContent-Length: 13\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"));
            socket.getOutputStream().flush();
            assertThat(in.readLine()).isEqualTo("HTTP/1.1 100 Continue");

            // When
            socket.getOutputStream().write(bytes("{\"code\":\"01\"}"));
            socket.getOutputStream().flush();

            // Then
            assertThat(in.lines()).anyMatch(line -> line.contains("\"status\":\"unchanged\""));
        }
    }

    @Test
    void guessesTheDateOfAList() {
        given().contentType("application/json")
                .body("{\"codes\":[\"00001\",\"00004\",\"00016\",\"99999\",\"4\",5]}")
                .post("/v1/vintage")
                .then()
                .statusCode(200)
                .body("codes", equalTo(4))
                .body("malformed", equalTo(List.of("4", "5")))
                .body("malformedCount", equalTo(2))
                .body("neverBorne", equalTo(List.of("99999")))
                .body("decided", equalTo(true))
                .body("ranges[0].to", equalTo("2025-07-01"))
                .body("ranges[0].share", equalTo(0.75f))
                .body("ranges[0].missing", equalTo(List.of("99999")));
        given().contentType("application/json")
                .body("{}")
                .post("/v1/vintage")
                .then()
                .statusCode(400);
        given().contentType("application/json")
                .body("{\"codes\":[" + String.join(",", Collections.nCopies(100_001, "\"01\"")) + "]}")
                .post("/v1/vintage")
                .then()
                .statusCode(400);
    }

    private static io.restassured.response.Response json(String body) {
        return given().contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/convert");
    }

    private static String file(String body) {
        return given().contentType("text/csv")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/convert?to=2025-07-01")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] head(String type) {
        return ("POST /v1/convert?to=2025-07-01 HTTP/1.1\r\nHost: x\r\nContent-Type: " + type
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] chunk(String text) {
        return (Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
