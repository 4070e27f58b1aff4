package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What protects the door, while the database in which replicas count together is away. All tests use up one quota. */
@QuarkusTest
@QuarkusTestResource(value = LimitedAlone.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LimitsTest {

    @TestHTTPResource
    URI address;

    @Test
    @Order(1)
    void tellsBrowsersWhatTheyMayDo() {
        Calls door = new Calls(address.getPort());

        Calls.Answer answer = door.get("/v1/units/00004/kept", "Origin", "https://cong.example.vn");
        Calls.Answer kept = door.get("/v1/units/00004/kept", "Origin", "https://cong.example.vn");
        Calls.Answer preflight = door.call(
                "OPTIONS",
                "/v1/convert",
                "",
                "Origin",
                "https://cong.example.vn",
                "Access-Control-Request-Method",
                "POST");

        for (Calls.Answer one : new Calls.Answer[] {answer, kept}) {
            assertThat(one.status()).isEqualTo(200);
            assertThat(one.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(one.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(one.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(one.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(one.header("Access-Control-Allow-Credentials")).isEmpty();
            assertThat(one.header("Access-Control-Expose-Headers")).contains("RateLimit");
            assertThat(one.header("Strict-Transport-Security"))
                    .as("not over TLS")
                    .isEmpty();
            assertThat(one.header("RateLimit-Policy")).isEqualTo("\"anonymous\";q=20;w=3600");
            assertThat(one.header("RateLimit")).matches("\"anonymous\";r=\\d+;t=\\d+");
        }
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Methods")).contains("POST");
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Authorization");
        assertThat(door.get("/v1/units/00004").header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    @Order(2)
    void leavesPlacesForOthers_whenACallerOpensManyStreams() throws IOException {
        Calls door = new Calls(address.getPort());
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                open.add(stream());
            }
            Calls.Answer third = door.call("POST", "/v1/convert", "{}", "Content-Type", "text/csv");

            assertThat(third.status()).isEqualTo(429);
            assertThat(third.header("Retry-After")).isEqualTo("5");
            assertThat(third.json().getString("type")).isEqualTo("urn:dvhc:problem:too-many-streams");
            assertThat(door.call("POST", "/v1/convert", "{}", "Content-Type", "application/json")
                            .status())
                    .as("no stream")
                    .isEqualTo(200);
        } finally {
            for (Socket one : open) {
                one.close();
            }
        }
    }

    /** Begun, for its first line has come back. */
    private Socket stream() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(
                        "POST /v1/convert HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 9\r\n\r\nline\n"
                                .getBytes(StandardCharsets.US_ASCII));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String seen = in.readLine();
        while (seen != null && !seen.equals("line")) {
            seen = in.readLine();
        }
        assertThat(seen).isEqualTo("line");
        return socket;
    }

    @Test
    @Order(3)
    void refusesWhatIsTooMuch_andSaysWhenToCome_butNeverItsOwnHealth() {
        Calls door = new Calls(address.getPort());
        Calls.Answer answer = door.get("/v1/counts");
        int passed = 0;
        while (answer.status() == 200) {
            passed++;
            assertThat(passed).isLessThan(25);
            answer = door.get("/v1/counts");
        }

        assertThat(passed).isGreaterThan(10);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isEqualTo("180");
        assertThat(answer.header("RateLimit")).isEqualTo("\"anonymous\";r=0;t=180");
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:too-many-requests");
        assertThat(answer.json().getString("detail")).contains("thử lại sau 180 giây");
        assertThat(door.call("POST", "/v1/rebase", "{}").status()).isEqualTo(429);
        assertThat(door.get("/v1/decisions", "Authorization", "Bearer made-up").status())
                .as("a made-up token is nobody's")
                .isEqualTo(429);
        assertThat(door.get("/q/health/live").status()).isEqualTo(200);
        assertThat(door.get("/q/health/ready").status()).isEqualTo(200);
    }
}
