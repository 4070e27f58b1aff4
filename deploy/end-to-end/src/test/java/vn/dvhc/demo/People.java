package vn.dvhc.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Persons of the local realm, each with a token of their own from Keycloak, who speak to the gateway. */
final class People {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final URI tokens;

    People(URI gateway, String issuer) {
        this.gateway = gateway;
        this.tokens = URI.create(issuer + "/protocol/openid-connect/token");
    }

    /** An answer of the gateway. */
    record Answer(int status, JsonNode body) {

        /** The body, if all is well. */
        JsonNode ok() {
            assertThat(status).as(body.toString()).isBetween(200, 299);
            return body;
        }
    }

    /** Signs in as people do; the passwords are those of the realm file, for local development only. */
    Person signIn(String name) throws Exception {
        String form = "grant_type=password&client_id=console&username=" + name + "&password="
                + URLEncoder.encode("local-development-" + name, StandardCharsets.UTF_8);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(tokens)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new Person(JSON.readTree(answer.body()).path("access_token").asText());
    }

    /** Anybody: no token. */
    Person anybody() {
        return new Person(null);
    }

    /** Somebody who asks. */
    final class Person {

        private final @Nullable String token;

        private Person(@Nullable String token) {
            this.token = token;
        }

        Answer get(String path) throws Exception {
            return send("GET", path, null);
        }

        Answer post(String path, String body) throws Exception {
            return send("POST", path, body);
        }

        Answer put(String path, String body) throws Exception {
            return send("PUT", path, body);
        }

        private Answer send(String method, String path, @Nullable String body) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path))
                    .timeout(Duration.ofSeconds(30))
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        }
    }
}
