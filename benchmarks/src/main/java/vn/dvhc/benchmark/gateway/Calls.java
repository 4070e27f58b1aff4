package vn.dvhc.benchmark.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Single calls, beside what is measured. */
final class Calls {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** A token of the client, good for some minutes; the local realm's secrets are no secrets. */
    String token(String issuer, String client) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id=" + client
                                + "&client_secret=local-development-" + client))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return ok(answer).path("access_token").asText();
    }

    HttpResponse<byte[]> get(int port, String path, @Nullable String token) throws IOException, InterruptedException {
        return call("GET", port, path, token, "");
    }

    HttpResponse<byte[]> call(String method, int port, String path, @Nullable String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The body of an answer that says that all is well. */
    static JsonNode ok(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.uri().getPath() + " was answered " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    static JsonNode json(byte[] text) throws IOException {
        return JSON.readTree(text);
    }

    static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("Such values can always be written", defect);
        }
    }
}
