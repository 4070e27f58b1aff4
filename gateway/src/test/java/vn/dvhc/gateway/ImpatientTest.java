package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is slow, silent or dead holds up neither the door nor the services behind it. */
@QuarkusTest
@QuarkusTestResource(value = Impatient.class, restrictToAnnotatedClass = true)
class ImpatientTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TestHTTPResource
    URI address;

    @ConfigProperty(name = "dvhc.gateway.upstreams.sync.url")
    URI away;

    private Calls door;

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/rebase", "/v1/convert", "/v1/vintage"})
    void endsARequest_whenItsBodyComesTooSlowly(String path) {
        String head = "POST " + path
                + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n";

        assertThat(door.raw(head + "{\"a\":")).isEqualTo("HTTP/1.1 408 Request Timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "text/csv"})
    void endsAStream_whenItOnlyDrips(String type) throws IOException {
        try (Socket caller = stream(type)) {
            assertThat(dripUntilEnded(caller)).isTrue();
        }
        awaitNoStreams();
    }

    @Test
    void letsAStreamGoOn_whileItBringsSomething() throws IOException {
        try (Socket caller = stream("text/csv")) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII));
            long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            String line = "x".repeat(1500);
            while (System.nanoTime() < end) {
                chunk(caller.getOutputStream(), line + "\n");
                String seen = in.readLine();
                while (seen != null && !seen.equals(line)) {
                    seen = in.readLine();
                }
                assertThat(seen).as("it comes back").isEqualTo(line);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        awaitNoStreams();
    }

    @Test
    void saysSoInPlainWords_whenAServiceIsSilent() {
        long begun = System.nanoTime();

        Calls.Answer answer = door.get("/v1/units/silent");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG);
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().getString("detail")).contains("trả lời quá lâu", "thử lại");
    }

    @Test
    void leavesAServiceAlone_whenItWasNotReachedSomeTimes() {
        // Given
        for (int i = 0; i < 3; i++) {
            assertThat(door.get("/v1/away").status()).isEqualTo(503);
        }

        // When: it is there again, and its rest is not over
        try (Upstream back = new Upstream("sync", away.getPort())) {
            Calls.Answer answer = door.get("/v1/away");

            // Then
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:upstream-unavailable");
            assertThat(answer.json().getString("detail")).contains("chưa sẵn sàng", "thử lại");
            assertThat(back.requests()).isZero();
        }
        assertThat(door.get("/v1/units/00004").status()).as("the others").isEqualTo(200);
    }

    @Test
    void keepsNoMoreThanItMay_howeverMuchIsAskedFor() {
        for (int i = 0; i < 1000; i++) {
            assertThat(door.get("/v1/units/kept?asked=" + i).header("Age")).isEmpty();
            door.get("/v1/units/often/kept");
        }

        // When: the last first, so that what is asked now does not push out what is to be asked
        int kept = 0;
        for (int i = 999; i >= 0; i--) {
            kept += door.get("/v1/units/kept?asked=" + i).header("Age").isEmpty() ? 0 : 1;
        }

        // Then: each takes a kilobyte and more of a hundred
        assertThat(kept).isLessThanOrEqualTo(100);
        assertThat(door.get("/v1/units/often/kept").header("Age")).isNotEmpty();
    }

    private Socket stream(String type) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        socket.getOutputStream()
                .write(("POST /v1/convert HTTP/1.1\r\nHost: x\r\nContent-Type: " + type
                                + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** A byte now and then, each of which comes back. */
    private static boolean dripUntilEnded(Socket caller) {
        long end = System.nanoTime() + LONG.toNanos();
        byte[] answer = new byte[8192];
        try {
            caller.setSoTimeout(200);
            while (System.nanoTime() < end) {
                chunk(caller.getOutputStream(), "x");
                if (isOver(caller, answer)) {
                    return true;
                }
            }
            return false;
        } catch (IOException cutOff) {
            return true;
        }
    }

    private static boolean isOver(Socket caller, byte[] answer) throws IOException {
        try {
            int read = caller.getInputStream().read(answer);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            return read < 0;
        } catch (SocketTimeoutException nothingYet) {
            return false;
        }
    }

    /** The service has its place back. */
    private void awaitNoStreams() {
        long end = System.nanoTime() + LONG.toNanos();
        while (door.get("/v1/units/00004").json().getInteger("streams") > 0) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
