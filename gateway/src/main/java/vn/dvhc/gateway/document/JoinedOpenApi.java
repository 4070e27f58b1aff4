package vn.dvhc.gateway.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import vn.dvhc.gateway.route.Route;
import vn.dvhc.gateway.route.RouteTable;

/**
 * One OpenAPI document out of several. A call is in it if the table of routes lets it pass to the service whose contract tells it; it bears
 * the roles that its route wants. What is shared is called {@code SERVICE.NAME}, since two services may have one name for two things.
 */
final class JoinedOpenApi {

    private static final String COMPONENTS = "#/components/";
    private static final String SCHEME = "dvhc";
    private static final List<String> SHARED = List.of("schemas", "parameters", "responses");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final RouteTable table;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final ObjectNode components = JsonNodeFactory.instance.objectNode();
    private final Map<String, ObjectNode> paths = new TreeMap<>();

    private JoinedOpenApi(RouteTable table) {
        this.table = table;
    }

    /**
     * The document.
     *
     * @param contracts OpenAPI documents by the names of their upstreams
     * @param issuer of the tokens that are taken
     */
    static ObjectNode of(Map<String, JsonNode> contracts, RouteTable table, String issuer) {
        JoinedOpenApi joined = new JoinedOpenApi(table);
        contracts.forEach(joined::add);
        return joined.document(issuer);
    }

    private void add(String service, JsonNode contract) {
        for (Map.Entry<String, JsonNode> path : contract.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                String method = call.getKey();
                Optional<Route> route = table.find(path.getKey())
                        .filter(found -> found.upstream().equals(service))
                        .filter(found ->
                                METHODS.contains(method) && found.methods().contains(method.toUpperCase(Locale.ROOT)));
                route.ifPresent(found -> paths.computeIfAbsent(
                                path.getKey(), any -> JsonNodeFactory.instance.objectNode())
                        .set(method, call(service, found, (ObjectNode) call.getValue())));
            }
        }
        for (String kind : SHARED) {
            ObjectNode all = components.withObjectProperty(kind);
            contract.path("components")
                    .path(kind)
                    .properties()
                    .forEach(one -> all.set(service + "." + one.getKey(), renamed(service, one.getValue())));
        }
    }

    private static ObjectNode call(String service, Route route, ObjectNode told) {
        ObjectNode call = (ObjectNode) renamed(service, told);
        call.set("tags", JsonNodeFactory.instance.arrayNode().add(service));
        if (call.has("operationId")) {
            call.put("operationId", service + "." + told.path("operationId").asText());
        }
        ArrayNode security = call.putArray("security");
        if (!route.isPublic()) {
            List<String> roles = route.roles().stream().sorted().toList();
            ArrayNode wanted = security.addObject().putArray(SCHEME);
            roles.forEach(wanted::add);
            ObjectNode responses = call.withObjectProperty("responses");
            refusal(responses, "401", "No token, or one that does not hold");
            refusal(responses, "403", "None of the roles " + String.join(", ", roles));
        }
        return call;
    }

    private static void refusal(ObjectNode responses, String status, String description) {
        if (!responses.has(status)) {
            responses.putObject(status).put("description", description);
        }
    }

    /** A copy whose references lead to the schemas of the service. */
    private static JsonNode renamed(String service, JsonNode node) {
        JsonNode copy = node.deepCopy();
        rename(service, copy);
        return copy;
    }

    private static void rename(String service, JsonNode node) {
        if (node instanceof ObjectNode object) {
            JsonNode reference = object.get("$ref");
            if (reference != null && reference.asText().startsWith(COMPONENTS)) {
                int name = reference.asText().lastIndexOf('/') + 1;
                object.put(
                        "$ref",
                        reference.asText().substring(0, name) + service + "."
                                + reference.asText().substring(name));
            }
        }
        for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
            rename(service, children.next());
        }
    }

    private ObjectNode document(String issuer) {
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Đơn vị hành chính Việt Nam")
                .put("version", "1.0.0")
                .put(
                        "description",
                        "Mọi địa chỉ mà cổng cho đi qua. Địa chỉ tra cứu mở cho mọi người; địa chỉ khác cần token và một trong các"
                                + " vai trò đã ghi. Lỗi là application/problem+json (RFC 9457); v1 chỉ thêm, không bớt.");
        document.putArray("servers").addObject().put("url", "/");
        ArrayNode tags = document.putArray("tags");
        paths.values().stream()
                .flatMap(path -> path.properties().stream())
                .map(call -> call.getValue().path("tags").path(0).asText())
                .distinct()
                .sorted(Comparator.naturalOrder())
                .forEach(tag -> tags.addObject().put("name", tag));
        ObjectNode all = document.putObject("paths");
        paths.forEach(all::set);
        document.set("components", components);
        components
                .putObject("securitySchemes")
                .putObject(SCHEME)
                .put("type", "openIdConnect")
                .put("openIdConnectUrl", issuer + "/.well-known/openid-configuration")
                .put("description", "A bearer token of the realm; the roles of a call are those beside it");
        return document;
    }
}
