package vn.dvhc.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Talks to Kafka Connect's REST interface.
 *
 * <p>A template is a connector's configuration as JSON with {@code ${name}} where a value goes in; {@code $${name}} is left as
 * {@code ${name}} for the connector itself.
 */
public final class ConnectClient {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\$?)\\{([A-Za-z0-9_.-]+)}");
    private static final Pattern STATE = Pattern.compile("\"state\"\\s*:\\s*\"([A-Z_]+)\"");
    private static final Pattern TRACE = Pattern.compile("\"trace\"\\s*:\\s*\"((?:[^\"\\\\]++|\\\\.)*+)\"");

    /** How long a task may still show an old failure after it was told to restart. */
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String url;

    /** @param url such as {@code http://127.0.0.1:18083} */
    public ConnectClient(String url) {
        this.url = url;
    }

    /**
     * Creates the connector or changes its configuration; repeating it changes nothing. Waits out a worker that is busy
     * rebalancing.
     *
     * @throws IllegalArgumentException if the template names a placeholder that is not given
     */
    public void register(String name, Path template, Map<String, String> placeholders) {
        String body;
        try {
            body = fill(Files.readString(template), placeholders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        expect(send("PUT", "/connectors/" + name + "/config", body), 200, 201);
    }

    /**
     * Waits until the connector and its task run: the task has been started, its snapshot may still be going on. A failure may be
     * an old one, of an earlier configuration or of a database that was not up yet: what has failed is restarted once.
     *
     * @throws IllegalStateException with the task's trace if it fails again, or when the time is over
     */
    public void awaitRunning(String name, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        long failureCounts = Long.MAX_VALUE;
        while (true) {
            String status = status(name);
            List<String> states =
                    STATE.matcher(status).results().map(state -> state.group(1)).toList();
            if (states.size() >= 2 && states.stream().allMatch("RUNNING"::equals)) {
                return;
            }
            if (states.contains("FAILED")) {
                if (failureCounts == Long.MAX_VALUE) {
                    expect(
                            send("POST", "/connectors/" + name + "/restart?includeTasks=true&onlyFailed=true", ""),
                            200,
                            202,
                            204);
                    failureCounts = System.nanoTime() + RESTART_LIMIT.toNanos();
                } else if (System.nanoTime() > failureCounts) {
                    throw new IllegalStateException("connector " + name + " failed: " + trace(status));
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "connector " + name + " does not run after " + limit + ": " + trace(status));
            }
            pause();
        }
    }

    /** The status as Connect answers it (JSON); {@code {}} if there is no such connector (yet). */
    public String status(String name) {
        HttpResponse<String> answer = send("GET", "/connectors/" + name + "/status", "");
        return answer.statusCode() == 404 ? "{}" : expect(answer, 200);
    }

    /** Restarts the connector and its task, failed or not. */
    public void restart(String name) {
        expect(send("POST", "/connectors/" + name + "/restart?includeTasks=true", ""), 200, 202, 204);
    }

    /** Stops reading without forgetting the position; {@link #resume} goes on from there. */
    public void pause(String name) {
        expect(send("PUT", "/connectors/" + name + "/pause", ""), 202);
    }

    public void resume(String name) {
        expect(send("PUT", "/connectors/" + name + "/resume", ""), 202);
    }

    /** Removes the connector; its replication slot stays in the database. */
    public void delete(String name) {
        expect(send("DELETE", "/connectors/" + name, ""), 200, 204, 404);
    }

    static String fill(String template, Map<String, String> placeholders) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String key = matcher.group(2);
            String value = placeholders.get(key);
            if (!matcher.group(1).isEmpty()) {
                value = "${" + key + "}";
            } else if (value == null) {
                throw new IllegalArgumentException("the connector template needs a value for " + key);
            } else {
                value = value.replace("\\", "\\\\").replace("\"", "\\\"");
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(filled).toString();
    }

    static String trace(String status) {
        Matcher matcher = TRACE.matcher(status);
        return matcher.find()
                ? matcher.group(1).replace("\\n", "\n").replace("\\t", "  ").replace("\\\"", "\"")
                : status;
    }

    /** 409 and 500 are what a worker says while it rebalances or starts: worth another try for a while. */
    private HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                boolean busy = answer.statusCode() == 409 || answer.statusCode() >= 500;
                if (!busy || System.nanoTime() > deadline) {
                    return answer;
                }
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new UncheckedIOException("Kafka Connect does not answer at " + url, e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for Kafka Connect", e);
            }
            pause();
        }
    }

    private static String expect(HttpResponse<String> answer, int... expected) {
        for (int status : expected) {
            if (answer.statusCode() == status) {
                return answer.body();
            }
        }
        throw new IllegalStateException(answer.request().method() + " " + answer.uri() + " answered "
                + answer.statusCode() + ": " + answer.body());
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka Connect", e);
        }
    }
}
