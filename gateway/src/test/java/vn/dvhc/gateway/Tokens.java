package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Tokens of the real Keycloak. */
final class Tokens {

    private Tokens() {}

    /** The clients' secrets are marked as for local development in the realm file. */
    static String of(String realm, String client) throws IOException, InterruptedException {
        return granted(
                realm,
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        client,
                        "client_secret",
                        "local-development-" + client));
    }

    /** Of somebody who comes through the console. */
    static String ofPerson(String realm, String person) throws IOException, InterruptedException {
        return granted(
                realm,
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "console",
                        "username",
                        person,
                        "password",
                        "local-development-" + person));
    }

    private static String granted(String realm, Map<String, String> fields) throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body()).getString("access_token");
    }
}
