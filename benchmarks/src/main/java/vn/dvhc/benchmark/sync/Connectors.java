package vn.dvhc.benchmark.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import vn.dvhc.benchmark.Await;

/** What the benchmark asks of a Kafka Connect worker. */
final class Connectors {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    Connectors(String url) {
        this.url = url;
    }

    void put(String connector, Map<String, String> settings) throws IOException, InterruptedException {
        send("PUT", "/connectors/" + connector + "/config", JSON.writeValueAsString(settings));
    }

    /** Ends the tasks and keeps the position. */
    void stop(String connector) throws IOException, InterruptedException {
        send("PUT", "/connectors/" + connector + "/stop", "");
        await(connector, 0);
    }

    /** Goes on from the position. */
    void resume(String connector) throws IOException, InterruptedException {
        send("PUT", "/connectors/" + connector + "/resume", "");
    }

    void delete(String connector) throws IOException, InterruptedException {
        send("DELETE", "/connectors/" + connector, "");
    }

    /** Waits until so many tasks run. */
    void await(String connector, int tasks) throws IOException, InterruptedException {
        Await.until(connector + " has " + tasks + " tasks", LIMIT, () -> {
            JsonNode status = JSON.readTree(send("GET", "/connectors/" + connector + "/status", ""));
            int running = 0;
            for (JsonNode task : status.path("tasks")) {
                if (task.path("state").asText().equals("FAILED")) {
                    throw new IllegalStateException(
                            connector + " failed: " + task.path("trace").asText());
                }
                running += task.path("state").asText().equals("RUNNING") ? 1 : 0;
            }
            return tasks == 0 ? status.path("tasks").isEmpty() : running == tasks;
        });
    }

    /** Waits until the place that the stream has reached is kept: nothing that is written from now on is missed. */
    void awaitPosition(String connector) throws IOException, InterruptedException {
        Await.until(
                connector + " keeps its position",
                LIMIT,
                () -> !JSON.readTree(send("GET", "/connectors/" + connector + "/offsets", ""))
                        .path("offsets")
                        .isEmpty());
    }

    /** A worker that is busy with something else says so, and is asked again; what is not there yet counts as empty. */
    private String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 404) {
                return "{}";
            }
            if (answer.statusCode() < 300) {
                return answer.body();
            }
            if ((answer.statusCode() != 409 && answer.statusCode() < 500) || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            Thread.sleep(100);
        }
    }
}
