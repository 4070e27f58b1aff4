package vn.dvhc.sync.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kafka Connect's REST interface. Blocks; each call fails rather than waits when a worker is busy. */
final class ConnectRest {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI url;
    private final ObjectMapper json;

    ConnectRest(URI url, ObjectMapper json) {
        this.url = url;
        this.json = json;
    }

    /**
     * A connector as Connect knows it.
     *
     * @param state of the connector: {@code RUNNING}, {@code FAILED}, {@code STOPPED}, …
     * @param tasks states of its tasks; none while it is being started
     * @param trace why it failed, for the log of operators; null if it did not
     */
    record Seen(
            Map<String, String> settings,
            String state,
            List<String> tasks,
            @Nullable String trace) {

        boolean isRunning() {
            return "RUNNING".equals(state) && !tasks.isEmpty() && tasks.stream().allMatch("RUNNING"::equals);
        }

        boolean hasFailed() {
            return "FAILED".equals(state) || tasks.contains("FAILED");
        }
    }

    /** All connectors by name. */
    Map<String, Seen> all() throws IOException, InterruptedException {
        JsonNode answer = json.readTree(send("GET", "/connectors?expand=info&expand=status", null));
        Map<String, Seen> all = new HashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> fields = answer.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            all.put(field.getKey(), seen(field.getValue()));
        }
        return all;
    }

    private static Seen seen(JsonNode connector) {
        Map<String, String> settings = new HashMap<>();
        connector
                .path("info")
                .path("config")
                .fields()
                .forEachRemaining(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        JsonNode status = connector.path("status");
        List<String> tasks = new ArrayList<>();
        String trace = status.path("connector").path("trace").asText(null);
        for (JsonNode task : status.path("tasks")) {
            tasks.add(task.path("state").asText());
            trace = task.path("trace").asText(trace);
        }
        return new Seen(settings, status.path("connector").path("state").asText("UNKNOWN"), tasks, trace);
    }

    /** Creates the connector or changes its settings. */
    void put(String name, Map<String, String> settings) throws IOException, InterruptedException {
        send("PUT", "/connectors/" + name + "/config", json.writeValueAsString(settings));
    }

    /** Restarts what has failed of it. */
    void restartFailed(String name) throws IOException, InterruptedException {
        send("POST", "/connectors/" + name + "/restart?includeTasks=true&onlyFailed=true", "");
    }

    /** Ends its task; only a stopped connector can be told to forget. */
    void stop(String name) throws IOException, InterruptedException {
        send("PUT", "/connectors/" + name + "/stop", "");
    }

    /** Whether the position that its stream has reached is kept, so that it goes on there whatever happens. */
    boolean hasPosition(String name) throws IOException, InterruptedException {
        return !json.readTree(send("GET", "/connectors/" + name + "/offsets", null))
                .path("offsets")
                .isEmpty();
    }

    /** Makes it forget the position it has reached, so that one of the same name begins anew. */
    void forget(String name) throws IOException, InterruptedException {
        send("DELETE", "/connectors/" + name + "/offsets", null);
    }

    void delete(String name) throws IOException, InterruptedException {
        send("DELETE", "/connectors/" + name, null);
    }

    private String send(String method, String path, @Nullable String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " answered " + answer.statusCode() + ": "
                    + json.readTree(answer.body()).path("message").asText());
        }
        return answer.body();
    }
}
