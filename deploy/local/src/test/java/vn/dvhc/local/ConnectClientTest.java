package vn.dvhc.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectClientTest {

    @Test
    void trace_whenItIsVeryLong_isStillRead() {
        String trace = "\\tat x\\n".repeat(20_000);

        assertThat(ConnectClient.trace("{\"trace\":\"" + trace + "\"}")).hasSize(20_000 * 7);
    }

    private static final String FAILED = "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[{\"state\":\"FAILED\","
            + "\"trace\":\"no slot \\\"x\\\"\\n\\tat y\"}]}";

    private record Answer(int status, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private ConnectClient client;

    @BeforeEach
    void startServer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            Answer answer = answers.size() > 1 ? answers.pop() : answers.peek();
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        client = new ConnectClient("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void register_fillsTheTemplate_andWaitsOutARebalance(@TempDir Path dir) throws Exception {
        // Given
        Path template = Files.writeString(dir.resolve("t.json"), "{\"a\": \"${x}\", \"b\": \"$${routedByValue}\"}");
        answers.add(new Answer(409, "rebalancing"));
        answers.add(new Answer(201, "{}"));

        // When
        client.register("c", template, Map.of("x", "say \"hi\" $1"));

        // Then
        String expected = "PUT /connectors/c/config {\"a\": \"say \\\"hi\\\" $1\", \"b\": \"${routedByValue}\"}";
        assertThat(requests).containsExactly(expected, expected);
    }

    @Test
    void register_whenConnectRefuses_saysWhatItSaid(@TempDir Path dir) throws Exception {
        Path template = Files.writeString(dir.resolve("t.json"), "{}");
        answers.add(new Answer(400, "Unknown class"));

        assertThatIllegalStateException()
                .isThrownBy(() -> client.register("c", template, Map.of()))
                .withMessageContaining("400: Unknown class");
    }

    @Test
    void fill_whenAValueIsMissing_namesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectClient.fill("${database.host}", Map.of()))
                .withMessageContaining("database.host");
    }

    @Test
    void awaitRunning_waitsForTheTask() {
        answers.add(new Answer(404, ""));
        answers.add(new Answer(200, "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[]}"));
        answers.add(new Answer(
                200, "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[{\"id\":0,\"state\":\"RUNNING\"}]}"));

        client.awaitRunning("c", Duration.ofSeconds(10));

        assertThat(requests).hasSize(3);
    }

    @Test
    void awaitRunning_whenTheTaskFailedBefore_restartsItOnce() {
        answers.add(new Answer(200, FAILED));
        answers.add(new Answer(202, ""));
        answers.add(new Answer(200, FAILED));
        answers.add(new Answer(
                200, "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[{\"id\":0,\"state\":\"RUNNING\"}]}"));

        client.awaitRunning("c", Duration.ofSeconds(10));

        assertThat(requests)
                .containsExactly(
                        "GET /connectors/c/status ",
                        "POST /connectors/c/restart?includeTasks=true&onlyFailed=true ",
                        "GET /connectors/c/status ",
                        "GET /connectors/c/status ");
    }

    @Test
    void awaitRunning_whenTheTaskFailsAgain_showsItsTrace() {
        answers.add(new Answer(200, FAILED));

        assertThatIllegalStateException()
                .isThrownBy(() -> client.awaitRunning("c", Duration.ofSeconds(1)))
                .withMessageContaining("no slot \"x\"\n  at y");
    }
}
