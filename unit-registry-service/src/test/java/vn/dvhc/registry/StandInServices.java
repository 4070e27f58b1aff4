package vn.dvhc.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** sync-service's and the gateway's side of a report: they answer what a test wants and remember what they were asked. */
final class StandInServices implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile Function<JsonNode, String> counts = question -> "{\"counts\":[],\"truncated\":false}";
    private volatile Function<JsonNode, String> callers = question -> "{\"callers\":[]}";
    private volatile Function<JsonNode, String> plans = question -> "{}";
    private volatile int status = 200;

    StandInServices() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/record-counts", exchange -> answer(exchange, counts));
        server.createContext("/v1/callers", exchange -> answer(exchange, callers));
        server.createContext("/v1/handovers/", exchange -> answer(exchange, plans));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The headers with which they were asked. */
    List<String> authorizations() {
        return authorizations;
    }

    void answerCounts(Function<JsonNode, String> answer) {
        counts = answer;
    }

    void answerCallers(Function<JsonNode, String> answer) {
        callers = answer;
    }

    void answerPlans(Function<JsonNode, String> answer) {
        plans = answer;
    }

    /** From now on every question is answered with this status. */
    void answerWith(int newStatus) {
        status = newStatus;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange, Function<JsonNode, String> answer) throws IOException {
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        JsonNode question = JSON.readTree(exchange.getRequestBody());
        byte[] body = answer.apply(question).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
