package vn.dvhc.history.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.UnitEvent;

/**
 * Reads one structured CloudEvent of {@code unit-changes.v1}. Fields it does not know are left aside, since v1 grows by
 * optional fields; a type it does not know is unreadable, since the timeline would be wrong without it.
 */
final class EventReader {

    private static final List<String> MANDATORY = List.of(
            "sequence",
            "enactment",
            "index",
            "count",
            "decision",
            "unitId",
            "level",
            "code",
            "type",
            "name",
            "edges",
            "legalBasis");

    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws UnreadableEventException if the text is no event of the contract; the message says why, without the payload */
    UnitChangeData.Typed read(@Nullable String text) throws UnreadableEventException {
        if (text == null) {
            throw new UnreadableEventException("it has no value");
        }
        JsonNode envelope = parse(text);
        if (!envelope.isObject()) {
            throw new UnreadableEventException("it is no JSON object");
        }
        String version = envelope.path("specversion").asText();
        if (!version.equals("1.0")) {
            throw new UnreadableEventException("its specversion is not 1.0");
        }
        UnitEvent.Kind kind = kind(envelope.path("type").asText());
        JsonNode data = envelope.path("data");
        for (String field : MANDATORY) {
            if (!data.hasNonNull(field)) {
                throw new UnreadableEventException("its data lacks " + field);
            }
        }
        try {
            return new UnitChangeData.Typed(kind, json.treeToValue(data, UnitChangeData.class));
        } catch (JsonProcessingException broken) {
            throw new UnreadableEventException("its data breaks the contract: " + broken.getOriginalMessage(), broken);
        }
    }

    private JsonNode parse(String text) throws UnreadableEventException {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new UnreadableEventException("it is no JSON", broken);
        }
    }

    private static UnitEvent.Kind kind(String type) throws UnreadableEventException {
        try {
            return UnitEvent.Kind.ofType(type);
        } catch (IllegalArgumentException unknown) {
            throw new UnreadableEventException("its type is unknown: " + type, unknown);
        }
    }
}
