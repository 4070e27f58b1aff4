package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The door while Keycloak is down: started all the same, look-ups pass, everything else stays shut. */
@QuarkusTest
@QuarkusTestResource(value = StandIns.class, restrictToAnnotatedClass = true)
class DoorTest {

    @TestHTTPResource
    URI address;

    private Calls door;

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
    }

    @Test
    void passesLookUpsWithoutAToken() {
        Calls.Answer answer = door.get("/v1/units/00004/successors?at=2025-06-30&on=2025-07-01");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("service")).isEqualTo("history");
        assertThat(answer.json().getString("target"))
                .isEqualTo("/v1/units/00004/successors?at=2025-06-30&on=2025-07-01");
        assertThat(door.get("/v1/counts").status()).isEqualTo(200);
        assertThat(door.get("/v1/digest").status()).isEqualTo(200);
        assertThat(door.call("HEAD", "/v1/units/00004", "").status()).isEqualTo(200);
    }

    @Test
    void sparesTheWayToTheService_whenAPublicAnswerStillHolds() {
        // Given
        Calls.Answer first = door.get("/v1/units/00004/kept", "X-Request-Id", "first");

        // When
        Calls.Answer second = door.get("/v1/units/00004/kept", "X-Request-Id", "second");

        // Then: what the service saw of the first caller
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body()).contains("first");
        assertThat(second.header("ETag")).isEqualTo("W/\"1\"");
        assertThat(second.header("Age")).isNotEmpty();
        assertThat(second.header("Content-Type")).isEqualTo("application/json");
        assertThat(door.get("/v1/units/00004/kept", "If-None-Match", "W/\"1\"").status())
                .isEqualTo(304);
    }

    @Test
    void goesToTheService_whenTheCallerOrTheAnswerWantsIt() {
        door.get("/v1/units/00008/kept", "X-Request-Id", "first");

        assertThat(door.get("/v1/units/00008/kept", "X-Request-Id", "second", "Cache-Control", "no-cache")
                        .body())
                .contains("second");
        assertThat(door.get("/v1/units/00008/kept", "X-Request-Id", "third", "Accept", "text/csv")
                        .body())
                .contains("third");
        door.get("/v1/units/00008", "X-Request-Id", "fourth");
        assertThat(door.get("/v1/units/00008", "X-Request-Id", "fifth").body()).contains("fifth");
        assertThat(door.get("/v1/sync/kept").status()).isNotEqualTo(200);
    }

    @Test
    void goesToTheService_whenTheNextEnactmentMayChangeTheAnswer() {
        door.get("/v1/units/00008/open", "X-Request-Id", "before the reform");

        Calls.Answer after = door.get("/v1/units/00008/open", "X-Request-Id", "after the reform");

        assertThat(after.body()).contains("after the reform").doesNotContain("before the reform");
        assertThat(after.header("Cache-Control")).isEqualTo("public, max-age=60");
    }

    @Test
    void sparesTheWayForAMoment_untilAnAnswerOutOfANewerRegisterHasPassed() {
        // Given
        door.get("/v1/units/00016/open-7", "X-Request-Id", "first");
        Calls.Answer second = door.get("/v1/units/00016/open-7", "X-Request-Id", "second");

        // When
        door.get("/v1/units/00019/open-8", "X-Request-Id", "after the reform");

        // Then
        assertThat(second.body()).contains("first");
        assertThat(door.get("/v1/units/00016/open-7", "X-Request-Id", "third").body())
                .contains("third");
        assertThat(door.get("/v1/units/00019/open-8", "X-Request-Id", "fourth").body())
                .contains("after the reform");
    }

    @Test
    void letsAnybodyPost_whatOnlyComputes() {
        assertThat(door.call("POST", "/v1/rebase", "{}").status()).isEqualTo(200);
        assertThat(door.call("GET", "/v1/rebase", "").status()).isNotEqualTo(200);
        assertThat(door.call("POST", "/v1/crosswalk", "{}").status()).isNotEqualTo(200);
    }

    @Test
    void letsAnybodyConvert_inEveryForm() {
        for (String type : List.of("application/json", "application/x-ndjson", "text/csv")) {
            Calls.Answer answer = door.call("POST", "/v1/convert?to=2025-07-01", "{}", "Content-Type", type);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo(type);
            assertThat(answer.body()).isEqualTo("{}");
        }
        assertThat(door.call("POST", "/v1/vintage", "{}").status()).isEqualTo(200);
        assertThat(door.call("DELETE", "/v1/convert", "").status()).isEqualTo(401);
    }

    @Test
    void answersWhileTheBodyIsStillComing_soThatStreamsNeverStandStill() throws IOException {
        // Given: more than every buffer on the way holds
        byte[] part = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        int parts = 24;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(("POST /v1/convert HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: "
                            + part.length * parts + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));

            // When: each part is sent only after the one before it came back
            long seen = 0;
            for (int i = 1; i <= parts; i++) {
                out.write(part);
                out.flush();
                while (seen < (long) (i - 1) * part.length) {
                    seen += in.readNBytes(1 << 16).length;
                }
            }

            // Then
            seen += in.readAllBytes().length;
            assertThat(seen).isGreaterThan((long) part.length * parts);
        }
    }

    @Test
    void passesEachLineOn_whenABodyHasNoLength() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            out.write(("POST /v1/convert HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
                            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));

            for (String line : List.of("first", "second", "third")) {
                // When
                out.write((Integer.toHexString(line.length() + 1) + "\r\n" + line + "\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();

                // Then: it is back before the next is sent
                String seen = in.readLine();
                while (seen != null && !seen.equals(line)) {
                    seen = in.readLine();
                }
                assertThat(seen).isEqualTo(line);
            }
        }
    }

    @Test
    void answersLookUpsAtOnce_whileMoreBodiesDripInThanThereAreConnections() throws IOException {
        // Given: short ones, long ones, and streams, all of them begun
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 70; i++) {
                slow.add(dripping("/v1/rebase", "application/json", 100));
                slow.add(dripping("/v1/convert", "application/json", 100_000));
                slow.add(dripping("/v1/convert", "text/csv", 100));
            }

            // When
            long begun = System.nanoTime();
            List<Integer> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(door.get("/v1/units/00004?asked=" + i).status());
                answers.add(door.call("POST", "/v1/rebase", "{}").status());
            }

            // Then
            assertThat(answers).containsOnly(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private Socket dripping(String path, String type, int length) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nContent-Length: "
                                + length + "\r\n\r\n{")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void takesOffWhatACallerCouldPretendWith() {
        // When
        JsonObject seen = door.get(
                        "/v1/units/00004",
                        "X-Forwarded-For",
                        "10.0.0.1",
                        "X-Forwarded-User",
                        "admin",
                        "X-Forwarded-Prefix",
                        "/x",
                        "Forwarded",
                        "for=10.0.0.1",
                        "X-Real-IP",
                        "10.0.0.1",
                        "X-Remote-User",
                        "admin",
                        "X-User-Roles",
                        "operator",
                        "X-Auth-Request-Email",
                        "a@b",
                        "X-Dvhc-Unit",
                        "01@2004-08-31",
                        "X-Original-URL",
                        "/v1/sync",
                        "Authorization",
                        "Bearer of-no-use-here",
                        "Cookie",
                        "session=1",
                        "X-Request-Id",
                        "r-1")
                .json()
                .getJsonObject("headers");

        // Then
        assertThat(seen.getString("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(seen.getString("x-forwarded-proto")).isEqualTo("http");
        assertThat(seen.getString("x-forwarded-host")).isEqualTo("127.0.0.1:" + address.getPort());
        assertThat(seen.getString("x-request-id")).isEqualTo("r-1");
        assertThat(seen.fieldNames())
                .doesNotContain(
                        "x-forwarded-user",
                        "x-forwarded-prefix",
                        "forwarded",
                        "x-real-ip",
                        "x-remote-user",
                        "x-user-roles",
                        "x-auth-request-email",
                        "x-dvhc-unit",
                        "x-original-url",
                        "authorization",
                        "cookie");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/sync/status",
                "/v1/handovers",
                "/v1/dead-letters",
                "/v1/queue",
                "/v1/conflicts",
                "/v1/reconciliations",
                "/v1/records/case_file/30-a/journey",
                "/v1/decisions",
                "/v1/acts",
                "/v1/register/units",
                "/v1/enactments",
                "/v1/locality-assignments",
                "/v1/comparisons",
                "/v1/acts",
                "/v1/register/units",
                "/v1/record-counts",
                "/v1/callers",
                "/assets",
                "/assets/",
                "/v1/changes/stream",
                "/v1/subscriptions",
                "/v1/subscriptions/sub_0123456789abcdef0123456789abcdef/secret",
                "/v1/url-patterns",
                "/v1/url-patterns/url_0123456789abcdef/map?format=nginx",
                "/v1/portal-hosts",
                "/v1/old-codes",
                "/v1",
                "/v1/unitsx",
                "/admin",
                "/q/metrics"
            })
    void asksForAToken_whenThePathIsNotPublic(String path) {
        Calls.Answer answer = door.get(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void passesLookUpsAtOnce_whenTheirTokenCannotBeChecked() {
        for (String token : new String[] {"abc", unverifiable(), ""}) {
            Calls.Answer answer = door.get("/v1/units/00004", "Authorization", "Bearer " + token);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().getJsonObject("headers").containsKey("authorization"))
                    .isFalse();
        }
    }

    @Test
    void asksForAToken_whenTheMethodIsNotPublic() {
        assertThat(door.call("POST", "/v1/units", "{}").status()).isEqualTo(401);
        assertThat(door.call("DELETE", "/v1/units/00004", "").status()).isEqualTo(401);
    }

    @Test
    void doesNotDecide_whenTheTokenCannotBeCheckedNow() {
        // When
        Calls.Answer answer = door.get("/v1/decisions", "Authorization", "Bearer " + unverifiable());

        // Then
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:identity-unavailable");
    }

    @Test
    void staysShut_whenTheTokenIsNone() {
        String none = segment("{\"alg\":\"none\"}") + "." + segment("{\"aud\":\"dvhc\",\"exp\":4102444800}") + ".";

        assertThat(door.get("/v1/decisions", "Authorization", "Bearer abc").status())
                .isIn(401, 503);
        assertThat(door.get("/v1/decisions", "Authorization", "Bearer " + none).status())
                .isIn(401, 503);
        assertThat(door.get("/v1/decisions", "Authorization", "Basic YTpi").status())
                .isEqualTo(401);
        assertThat(door.get("/v1/decisions", "Authorization", "Bearer ").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/sync;x",
                "/v1/units;x/../sync",
                "/v1/units/..;/sync",
                "/;x",
                "/assets/x/page.js;x",
                "/assets/x%2fpage.js",
                "/v1//sync",
                "//v1/sync",
                "/v1/units/../sync",
                "/v1/units/%2e%2e/sync",
                "/v1/units%2f..%2fsync",
                "/v1/units/..%5csync",
                "/v1/decisions/x/%61pproval",
                "/%761/sync",
                "/q/health;x",
                "/q/../v1/sync",
                "http://elsewhere/v1/units"
            })
    void refusesAPathThatCouldBeReadInTwoWays(String target) {
        assertThat(door.raw("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .isEqualTo("HTTP/1.1 400 Bad Request");
    }

    @Test
    void refusesABodyBeforeItIsRead_whenItIsTooLargeOrOfUnknownLength() {
        assertThat(door.raw("POST /v1/decisions HTTP/1.1\r\nHost: x\r\nContent-Length: 10485761\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(door.raw("POST /v1/decisions HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(door.raw("POST /v1/decisions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .startsWith("HTTP/1.1 411");
        assertThat(door.raw("POST /v1/decisions HTTP/1.1\r\n"
                        + "Host: x\r\n"
                        + "Content-Length: 5\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void letsOnlyStreamsBeLarge_butNotAnySize() {
        assertThat(door.raw("POST /v1/convert HTTP/1.1\r\nHost: x\r\nContent-Length: 536870913\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(door.raw("POST /v1/vintage HTTP/1.1\r\nHost: x\r\nContent-Length: 10485761\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(door.raw("POST /v1/vintage HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .startsWith("HTTP/1.1 411");
    }

    @Test
    void saysSoInPlainWords_whenAServiceBreaksOff() {
        Calls.Answer answer = door.get("/v1/units/break");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().getString("detail")).contains("thử lại");
    }

    @Test
    void readsOnceMore_whenAKeptConnectionIsClosed() {
        Calls.Answer answer = door.get("/v1/units/00004/break-once");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("method")).isEqualTo("GET");
        assertThat(door.call("POST", "/v1/rebase/break-once", "{}").status())
                .as("what may have been done is not done again")
                .isEqualTo(502);
    }

    @Test
    void readsGoOn_whileOthersGoAwayInTheMidstOfTheirAnswers() throws Exception {
        ExecutorService others = Executors.newSingleThreadExecutor();
        Future<?> leaving = others.submit(() -> {
            for (int i = 0; i < 500; i++) {
                door.hangUp("GET /v1/units/00004?leaving=" + i + " HTTP/1.1\r\nHost: x\r\n\r\n");
            }
        });

        int asked = 0;
        while (!leaving.isDone()) {
            assertThat(door.get("/v1/units/00004?staying=" + asked).status()).isEqualTo(200);
            asked++;
        }

        leaving.get();
        others.shutdown();
        assertThat(asked).isPositive();
    }

    @Test
    void staysReadyAndTellsWhichServiceIsDown() {
        Calls.Answer ready = door.get("/q/health/ready");

        assertThat(ready.status()).isEqualTo(200);
        assertThat(told(ready, "changes"))
                .isEqualTo(new JsonObject()
                        .put("caughtUp", false)
                        .put("sequence", 0)
                        .put("handOversCaughtUp", false)
                        .put("handOvers", 0));
        assertThat(told(ready, "upstreams"))
                .isEqualTo(new JsonObject()
                        .put("history", "ready")
                        .put("registry", "ready")
                        .put("sync", "down"));
        assertThat(door.get("/q/health/live").status()).isEqualTo(200);
    }

    @Test
    void saysThatRedirectsAreNotReady_whenPatternsAndUnitsAreNotKnown() {
        Calls.Answer answer = door.get("/v1/redirects?url=https://cong.example.vn/xa/00004");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:redirects-not-ready");
    }

    private static JsonObject told(Calls.Answer ready, String check) {
        return ready.json().getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("name").equals(check))
                .findFirst()
                .orElseThrow()
                .getJsonObject("data");
    }

    private static String unverifiable() {
        return segment("{\"alg\":\"RS256\",\"kid\":\"k\"}") + "."
                + segment("{\"iss\":\"x\",\"aud\":\"dvhc\",\"exp\":4102444800}") + "." + segment("signature");
    }

    private static String segment(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
