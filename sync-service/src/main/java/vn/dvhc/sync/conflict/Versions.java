package vn.dvhc.sync.conflict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Versions of records as PostgreSQL writes them in JSON, read without losing a digit. */
final class Versions {

    private static final ObjectReader READER = new ObjectMapper()
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .with(JsonNodeFactory.withExactBigDecimals(true));

    private Versions() {}

    /** Column to value as text, by name; null if there is no version. */
    static @Nullable Map<String, @Nullable String> read(@Nullable String version) {
        if (version == null) {
            return null;
        }
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, JsonNode> column : READER.readTree(version).properties()) {
                columns.put(column.getKey(), text(column.getValue()));
            }
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("PostgreSQL's jsonb is JSON", impossible);
        }
        return columns;
    }

    static List<String> differing(
            @Nullable Map<String, @Nullable String> one, @Nullable Map<String, @Nullable String> other) {
        Map<String, @Nullable String> left = one == null ? Map.of() : one;
        Map<String, @Nullable String> right = other == null ? Map.of() : other;
        Set<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        names.removeIf(name -> Objects.equals(left.get(name), right.get(name)));
        return List.copyOf(names);
    }

    private static @Nullable String text(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
    }
}
