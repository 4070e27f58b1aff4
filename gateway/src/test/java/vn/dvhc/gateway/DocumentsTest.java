package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.dvhc.contract.Topics;
import vn.dvhc.gateway.route.RouteTable;

/** The joined contracts against the door itself, and the page on which they are read. */
@QuarkusTest
@QuarkusTestResource(value = StandIns.class, restrictToAnnotatedClass = true)
class DocumentsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILES = Path.of("src/main/resources/docs");
    private static final Pattern ASSET = Pattern.compile("/docs/assets/[0-9a-f]{16}/[a-z-]+\\.(js|css|svg)");

    @TestHTTPResource
    URI address;

    @Inject
    GatewayConfig config;

    @Inject
    Router router;

    private Calls door;

    /** A call of the document. */
    private record Told(String path, String method, JsonNode call) {

        Set<String> roles() {
            Set<String> roles = new TreeSet<>();
            call.path("security").forEach(scheme -> scheme.path("dvhc").forEach(role -> roles.add(role.asText())));
            return roles;
        }
    }

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
    }

    @Test
    void everyCallOfTheDocument_passesTheDoor_withTheRolesThatItNames() throws IOException {
        RouteTable table =
                new RouteTable(Door.routes(config), config.upstreams().keySet());

        for (Told told : calls()) {
            if (!isTheDoorsOwn(told)) {
                var route = table.find(told.path()).orElseThrow();
                assertThat(route.methods()).as(told.path()).contains(told.method());
                assertThat(told.roles()).as(told.path()).isEqualTo(new TreeSet<>(route.roles()));
            }
        }
    }

    @Test
    void everyRouteOfTheDoor_isInTheDocument() throws IOException {
        RouteTable table =
                new RouteTable(Door.routes(config), config.upstreams().keySet());

        assertThat(calls().stream()
                        .flatMap(told -> table.find(told.path()).stream())
                        .collect(Collectors.toSet()))
                .containsAll(Door.routes(config));
    }

    @Test
    void everyAddressThatTheDoorAnswersItself_isInTheDocument() throws IOException {
        Set<String> paths = calls().stream().map(Told::path).collect(Collectors.toSet());

        Set<String> own = router.getRoutes().stream()
                .map(Route::getPath)
                .filter(Objects::nonNull)
                .filter(path -> path.startsWith("/v1/"))
                .collect(Collectors.toSet());
        assertThat(own).contains("/v1/openapi", "/v1/callers");
        assertThat(own).allSatisfy(path -> assertThat(paths).anyMatch(told -> told.startsWith(path)));
    }

    @Test
    void rolesAreThoseOfTheConfiguration() throws IOException {
        assertThat(roles("/v1/units", "GET")).isEmpty();
        assertThat(roles("/v1/dead-letters/redrive", "POST"))
                .isEqualTo(new TreeSet<>(
                        config.routes().get("dead-letters").roles().orElseThrow()));
        assertThat(roles("/v1/subscriptions", "POST"))
                .isEqualTo(new TreeSet<>(config.webhooks().roles()));
        assertThat(roles("/v1/openapi", "GET")).isEmpty();
    }

    @Test
    void nothingIsReferredToThatIsNotThere() throws IOException {
        for (String name : List.of("/v1/openapi", "/v1/asyncapi")) {
            JsonNode document = document(name);
            List<String> missing = new ArrayList<>();
            visit(document, node -> {
                String reference = node.path("$ref").asText();
                if (reference.startsWith("#/components") || reference.startsWith("#/channels")) {
                    if (document.at(reference.substring(1)).isMissingNode()) {
                        missing.add(reference);
                    }
                } else if (reference.endsWith(".json")) {
                    missing.add(reference);
                }
            });
            assertThat(missing).as(name).isEmpty();
        }
    }

    @Test
    void everyTopicIsTold_andEveryMessageHasAnExampleOfItsKind() throws IOException {
        JsonNode document = document("/v1/asyncapi");

        assertThat(document.path("channels"))
                .extracting(channel -> channel.path("address").asText())
                .containsExactlyInAnyOrder(
                        Topics.UNIT_CHANGES,
                        Topics.LOCALITY_ASSIGNMENTS,
                        Topics.EDGE_WEIGHTS,
                        Topics.HANDOVERS,
                        "cdc.{source}.{schema}.{table}");
        assertThat(document.at("/components/messages")).hasSize(6).allSatisfy(message -> {
            assertThat(message.path("payload").path("type").asText()).isEqualTo("object");
            assertThat(message.path("examples"))
                    .isNotEmpty()
                    .allSatisfy(example -> assertThat(example.path("payload")).isNotEmpty());
        });
    }

    @Test
    void documentIsTheSameInJsonAndYaml_forEverybody() throws IOException {
        for (String name : List.of("/v1/openapi", "/v1/asyncapi")) {
            Calls.Answer yaml = door.get(name + "?format=yaml");

            assertThat(yaml.header("Content-Type")).isEqualTo("application/yaml");
            assertThat(new YAMLMapper().readTree(yaml.body())).isEqualTo(document(name));
            assertThat(door.get(name, "Accept", "application/yaml").body()).isEqualTo(yaml.body());
            assertThat(door.call("POST", name, "{}").status()).isEqualTo(401);
        }
        assertThat(document("/v1/openapi").path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document("/v1/asyncapi").path("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(document("/v1/openapi")
                        .at("/components/securitySchemes/dvhc/openIdConnectUrl")
                        .asText())
                .endsWith("/realms/dvhc/.well-known/openid-configuration");
    }

    @Test
    void page_runsItsOwnFilesOnly_andNamesThemAll() throws IOException {
        Calls.Answer page = door.get("/docs/");
        Set<String> served = new TreeSet<>();
        for (String path :
                ASSET.matcher(page.body()).results().map(MatchResult::group).toList()) {
            assertThat(door.get(path).status()).as(path).isEqualTo(200);
            served.add(path.substring(path.lastIndexOf('/') + 1));
        }
        Set<String> known = new TreeSet<>(Set.of("dom.js", "icon.svg", "page.css"));
        try (Stream<Path> files = Files.list(FILES)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("index.html"))
                    .forEach(known::add);
        }

        assertThat(served).isEqualTo(known);
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "connect-src 'self';")
                .doesNotContain("unsafe", "http");
        assertThat(page.body()).doesNotContain("<style", "style=", "onclick", "{assets}");
        assertThat(door.get("/docs").header("Location")).isEqualTo("/docs/");
    }

    private boolean isTheDoorsOwn(Told told) {
        return told.call().path("tags").path(0).asText().equals("gateway");
    }

    private Set<String> roles(String path, String method) throws IOException {
        Optional<Told> found = calls().stream()
                .filter(told -> told.path().equals(path) && told.method().equals(method))
                .findFirst();
        return found.orElseThrow().roles();
    }

    private List<Told> calls() throws IOException {
        List<Told> calls = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path :
                document("/v1/openapi").path("paths").properties()) {
            for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                calls.add(new Told(path.getKey(), call.getKey().toUpperCase(Locale.ROOT), call.getValue()));
            }
        }
        return calls;
    }

    private JsonNode document(String name) throws IOException {
        Calls.Answer answer = door.get(name);
        assertThat(answer.status()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static void visit(JsonNode node, Consumer<JsonNode> visitor) {
        visitor.accept(node);
        node.elements().forEachRemaining(child -> visit(child, visitor));
    }
}
