package vn.dvhc.gateway.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import vn.dvhc.gateway.Door;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.route.Route;
import vn.dvhc.gateway.route.RouteTable;

/** Answers {@code /v1/openapi} and {@code /v1/asyncapi} to everybody, as JSON or YAML. */
@Singleton
public class Contracts {

    /** Its own addresses as the service that answers them. */
    private static final String DOOR = "gateway";

    /** Contracts as they were released, by the service that keeps them. */
    private static final Map<String, String> FILES = Map.of(
            "history",
            "history-v1.json",
            "registry",
            "openapi-v1.yaml",
            "sync",
            "openapi-v1.yaml",
            DOOR,
            "openapi-v1.yaml");

    /** Who tells of a sign-out bears the token in the form itself. */
    private static final String SIGN_OUT = "/v1/backchannel-logout";

    private static final String OPEN_API = "/v1/openapi";
    private static final String ASYNC_API = "/v1/asyncapi";
    private static final int BEFORE_DEFAULTS = -100;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Written openApi;
    private final Written asyncApi;

    /** A document in both ways of writing. */
    private record Written(Buffer json, Buffer yaml) {

        static Written of(JsonNode document) {
            try {
                return new Written(
                        Buffer.buffer(JSON.writeValueAsBytes(document)),
                        Buffer.buffer(YAML.writeValueAsBytes(document)));
            } catch (JsonProcessingException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
    }

    Contracts(GatewayConfig config) {
        Map<String, JsonNode> contracts = new TreeMap<>();
        FILES.forEach((service, file) -> contracts.put(service, yaml("/contract/" + service + "/" + file)));
        this.openApi = Written.of(JoinedOpenApi.of(
                contracts, table(config), config.console().issuer().toString()));
        this.asyncApi = Written.of(
                BundledAsyncApi.of(yaml("/contract/asyncapi.yaml"), file -> read("/contract/" + file, JSON)));
    }

    void open(@Observes Router router) {
        reading(router, OPEN_API, openApi);
        reading(router, ASYNC_API, asyncApi);
    }

    /** All that may pass the door or is answered at it. */
    private static RouteTable table(GatewayConfig config) {
        List<Route> routes = new ArrayList<>(Door.routes(config));
        routes.add(own(OPEN_API, Set.of("GET"), Set.of()));
        routes.add(own(ASYNC_API, Set.of("GET"), Set.of()));
        routes.add(own("/v1/callers", Set.of("POST"), config.callers().roles()));
        routes.add(own("/v1/changes/stream", Set.of("GET"), config.streams().roles()));
        routes.add(own(
                "/v1/subscriptions",
                Set.of("GET", "POST", "PUT", "DELETE"),
                config.webhooks().roles()));
        routes.add(own("/v1/redirects", Set.of("GET"), Set.of()));
        routes.add(own(
                "/v1/url-patterns",
                Set.of("GET", "POST", "PUT", "DELETE"),
                config.oldUrls().roles()));
        routes.add(own(
                "/v1/portal-hosts",
                Set.of("GET", "PUT", "DELETE"),
                config.oldUrls().roles()));
        routes.add(own("/v1/old-codes", Set.of("GET"), config.oldUrls().roles()));
        routes.add(own(
                "/v1/revocations",
                Set.of("GET", "POST", "DELETE"),
                config.revocations().roles()));
        routes.add(new Route(SIGN_OUT, SIGN_OUT, DOOR, Set.of("POST"), Set.of(), true, false));
        routes.add(own("/v1/audit/door", Set.of("GET"), config.audit().roles()));
        Set<String> services = new TreeSet<>(config.upstreams().keySet());
        services.add(DOOR);
        return new RouteTable(routes, services);
    }

    private static Route own(String path, Set<String> methods, Set<String> roles) {
        return new Route(path, path, DOOR, methods, roles, false, false);
    }

    /** Other methods go on to the door, which refuses them. */
    private static void reading(Router router, String path, Written document) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(BEFORE_DEFAULTS)
                .handler(context -> send(context, document));
    }

    private static void send(RoutingContext context, Written document) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        boolean yaml = wantsYaml(context);
        Buffer body = yaml ? document.yaml() : document.json();
        response.putHeader("Content-Type", yaml ? "application/yaml" : "application/json")
                .putHeader("Content-Length", Integer.toString(body.length()))
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Vary", "Accept")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Access-Control-Allow-Origin", "*");
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }

    private static boolean wantsYaml(RoutingContext context) {
        String format = context.queryParams().get("format");
        String accepted =
                Optional.ofNullable(context.request().getHeader("Accept")).orElse("");
        return format == null ? accepted.contains("yaml") : format.equals("yaml");
    }

    private static JsonNode yaml(String name) {
        return read(name, YAML);
    }

    private static JsonNode read(String name, ObjectMapper mapper) {
        try (InputStream in = Contracts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The contract " + name + " is missing");
            }
            return mapper.readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
