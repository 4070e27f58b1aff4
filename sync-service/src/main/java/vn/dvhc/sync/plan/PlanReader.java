package vn.dvhc.sync.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads declarations from YAML or JSON, which is YAML too; {@code ${NAME:default}} is taken from the environment. */
public final class PlanReader {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)(?::([^}]*))?}");

    private static final Set<String> PARTS = Set.of("sources", "datasets");

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    private PlanReader() {}

    /** What one text declares; whether it makes a plan is said when all texts are put together. */
    public record Declared(List<Source> sources, List<Dataset> datasets) {
        public Declared {
            sources = List.copyOf(sources);
            datasets = List.copyOf(datasets);
        }
    }

    /**
     * Reads a file's text: lists under {@code sources} and {@code datasets}.
     *
     * @throws InvalidDeclarationException with everything that is wrong
     */
    public static Declared parse(String yaml, Map<String, String> environment) {
        Findings found = new Findings();
        JsonNode root = tree(resolve(yaml, environment, found), found);
        found.throwIfAny();
        if (found.require(root.isObject() || root.isMissingNode(), "tệp", "gồm sources và datasets")) {
            for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                found.require(PARTS.contains(name), name, "không phải sources hay datasets");
            }
        }
        List<Source> sources = list(root.path("sources"), "sources", PlanReader::source, found);
        List<Dataset> datasets = list(root.path("datasets"), "datasets", PlanReader::dataset, found);
        found.throwIfAny();
        return new Declared(sources, datasets);
    }

    /**
     * Reads the declaration of one source.
     *
     * @throws InvalidDeclarationException with everything that is wrong
     */
    public static Source source(String declaration) {
        return one(declaration, "sources", PlanReader::source);
    }

    /**
     * Reads the declaration of one dataset.
     *
     * @throws InvalidDeclarationException with everything that is wrong
     */
    public static Dataset dataset(String declaration) {
        return one(declaration, "datasets", PlanReader::dataset);
    }

    private static <T> T one(String declaration, String place, BiFunction<JsonNode, Findings, Optional<T>> reader) {
        Findings found = new Findings();
        JsonNode node = tree(declaration, found);
        found.throwIfAny();
        found.require(node.isObject(), place, "cần một đối tượng JSON");
        found.throwIfAny();
        Optional<T> item = reader.apply(node, found);
        found.throwIfAny();
        return item.orElseThrow();
    }

    private static <T> List<T> list(
            JsonNode nodes, String place, BiFunction<JsonNode, Findings, Optional<T>> reader, Findings found) {
        List<T> items = new ArrayList<>();
        if (nodes.isMissingNode() || nodes.isNull()) {
            return items;
        }
        if (found.require(nodes.isArray(), place, "cần một danh sách")) {
            for (JsonNode node : nodes) {
                reader.apply(node, found).ifPresent(items::add);
            }
        }
        return items;
    }

    private static Optional<Source> source(JsonNode node, Findings found) {
        return item(node, "sources", Source.class, found);
    }

    private static Optional<Dataset> dataset(JsonNode node, Findings found) {
        return item(node, "datasets", Dataset.class, found);
    }

    private static <T> Optional<T> item(JsonNode node, String part, Class<T> type, Findings found) {
        String place = part + "." + node.path("name").asText("?");
        try {
            return Optional.of(YAML.treeToValue(node, type));
        } catch (JsonProcessingException malformed) {
            if (malformed.getCause() instanceof InvalidDeclarationException invalid) {
                found.addAll(invalid.problems());
            } else {
                found.require(false, place + path(malformed), "không đọc được giá trị này, hoặc không có mục này");
            }
            return Optional.empty();
        }
    }

    private static String path(JsonProcessingException malformed) {
        return malformed instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(reference -> reference.getFieldName() == null
                                ? "[" + reference.getIndex() + "]"
                                : "." + reference.getFieldName())
                        .collect(Collectors.joining())
                : "";
    }

    private static JsonNode tree(@Nullable String yaml, Findings found) {
        if (yaml == null) {
            return YAML.missingNode();
        }
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException malformed) {
            int line = malformed.getLocation() == null
                    ? 0
                    : malformed.getLocation().getLineNr();
            found.require(false, "dòng " + line, "không phải YAML hợp lệ");
            return YAML.missingNode();
        }
    }

    private static String resolve(String yaml, Map<String, String> environment, Findings found) {
        Matcher placeholders = PLACEHOLDER.matcher(yaml);
        return placeholders.replaceAll(reference -> {
            String value = environment.getOrDefault(reference.group(1), reference.group(2));
            found.require(value != null, "${" + reference.group(1) + "}", "biến môi trường chưa đặt");
            return Matcher.quoteReplacement(String.valueOf(value));
        });
    }
}
