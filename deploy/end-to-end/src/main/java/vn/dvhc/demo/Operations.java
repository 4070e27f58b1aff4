package vn.dvhc.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vn.dvhc.demo.reform.Assignment;

/** What an operator does, through the gateway, with a token of the client {@code operations}. */
public final class Operations {

    /** The local platform's client; its secret works nowhere else. */
    private static final String CLIENT = "operations";

    private static final String SECRET = "local-development-operations";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI gateway;
    private final URI tokens;
    private String token = "";
    private Instant renew = Instant.MIN;

    /** @param issuer the realm's URL */
    public Operations(URI gateway, String issuer) {
        this.gateway = gateway;
        this.tokens = URI.create(issuer + "/protocol/openid-connect/token");
    }

    /** {@code GET /v1/counts}: units in force by level. */
    public DemoReport.UnitCounts counts(LocalDate at) throws IOException, InterruptedException {
        JsonNode counts = get("/v1/counts?at=" + at);
        return new DemoReport.UnitCounts(
                counts.path("province").asLong(-1),
                counts.path("district").asLong(-1),
                counts.path("commune").asLong(-1));
    }

    public JsonNode syncStatus() throws IOException, InterruptedException {
        return get("/v1/sync/status");
    }

    /** Changes that some database has yet to apply. */
    public long syncBacklog() throws IOException, InterruptedException {
        return syncStatus().path("backlog").asLong(-1);
    }

    /** Declares a database to a running system; its rows are taken over while it goes on working. */
    public void declareSource(String name, String tier, String province, LocalDate vintage, String database)
            throws IOException, InterruptedException {
        ObjectNode body = json.createObjectNode()
                .put("name", name)
                .put("tier", tier)
                .put("province", province)
                .put("vintage", vintage.toString())
                .put("database", database)
                .put("epoch", 1);
        send(request("/v1/sources")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    public JsonNode handOver(LocalDate day) throws IOException, InterruptedException {
        return get("/v1/handovers/" + day);
    }

    /** Every sealed manifest of a day in its latest version, a JSON each. */
    public List<JsonNode> manifests(LocalDate day) throws IOException, InterruptedException {
        List<JsonNode> manifests = new ArrayList<>();
        for (String line : text("/v1/handovers/" + day + "/manifests", "application/x-ndjson")
                .lines()
                .toList()) {
            manifests.add(json.readTree(line));
        }
        return manifests;
    }

    /** A manifest as it is printed. */
    public String printedManifest(LocalDate day, String id) throws IOException, InterruptedException {
        return text("/v1/handovers/" + day + "/manifests/" + id, "text/html");
    }

    /** Whether nobody has tampered with manifests and signatures. */
    public boolean isChainIntact() throws IOException, InterruptedException {
        return get("/v1/handovers/chain/verification").path("intact").asBoolean();
    }

    /** Posts decisions on hamlets; answers how many are new. */
    public long assign(LocalDate enactment, List<Assignment> assignments) throws IOException, InterruptedException {
        ObjectNode body = json.createObjectNode().put("enactment", enactment.toString());
        ArrayNode items = body.putArray("assignments");
        for (Assignment assignment : assignments) {
            items.addObject()
                    .put("unit", assignment.unit().toString())
                    .put("locality", assignment.locality())
                    .put("successor", assignment.successor().toString());
        }
        return send(request("/v1/locality-assignments")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build())
                .path("added")
                .asLong();
    }

    /** A declared source as sync-service uses it. */
    public JsonNode source(String name) throws IOException, InterruptedException {
        return get("/v1/sources/" + name);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token());
    }

    private String token() throws IOException, InterruptedException {
        if (Instant.now().isAfter(renew)) {
            String form = Map.of("grant_type", "client_credentials", "client_id", CLIENT, "client_secret", SECRET)
                    .entrySet()
                    .stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            JsonNode answer = send(HttpRequest.newBuilder(tokens)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build());
            token = answer.path("access_token").asText();
            renew = Instant.now().plusSeconds(answer.path("expires_in").asLong() / 2);
        }
        return token;
    }

    private String text(String path, String type) throws IOException, InterruptedException {
        return body(request(path).header("Accept", type).build());
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        return json.readTree(body(request));
    }

    private String body(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request.method() + " " + request.uri().getPath() + " answered "
                    + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
