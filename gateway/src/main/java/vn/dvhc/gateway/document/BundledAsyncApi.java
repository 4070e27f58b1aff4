package vn.dvhc.gateway.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The AsyncAPI document with what it refers to put in its place, so that it stands alone. */
final class BundledAsyncApi {

    private final Function<String, JsonNode> files;

    private BundledAsyncApi(Function<String, JsonNode> files) {
        this.files = files;
    }

    /** @param files the JSON of a file by the name that the document refers to it by */
    static JsonNode of(JsonNode contract, Function<String, JsonNode> files) {
        return new BundledAsyncApi(files).bundled(contract.deepCopy());
    }

    private JsonNode bundled(JsonNode node) {
        if (node instanceof ObjectNode object) {
            String reference = object.path("$ref").asText();
            if (reference.endsWith(".json")) {
                return files.apply(reference);
            }
            for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                object.set(field.getKey(), bundled(field.getValue()));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, bundled(array.get(i)));
            }
        }
        return node;
    }
}
