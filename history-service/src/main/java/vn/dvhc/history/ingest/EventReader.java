package vn.dvhc.history.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.DecisionNoticeData;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.history.timeline.Arrival;

/**
 * Reads one structured CloudEvent of {@code unit-changes.v1}. Fields it does not know are left aside, since v1 grows by
 * optional fields; a type it does not know is unreadable, since the timeline would be wrong without it.
 */
final class EventReader {

    private static final List<String> OF_A_CHANGE = List.of(
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

    private static final List<String> OF_A_NOTICE =
            List.of("sequence", "decision", "effectiveDate", "title", "changeCount", "part", "parts", "changes");

    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new SimpleModule().addDeserializer(String.class, new OneOfEach()))
            .build();

    /** Twenty years repeat the same codes, names and acts: each kept once, the log takes half the memory. */
    private static final class OneOfEach extends StdScalarDeserializer<String> {

        private static final long serialVersionUID = 1;

        OneOfEach() {
            super(String.class);
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = StringDeserializer.instance.deserialize(parser, context);
            return text == null ? null : text.intern();
        }
    }

    /**
     * Reads a message with the time at which it was recorded.
     *
     * @param arrived when the broker took it; stands in for a time that the envelope lacks
     * @throws UnreadableEventException if the text is no event of the contract; the message says why, without the payload
     */
    Arrival read(@Nullable String text, Instant arrived) throws UnreadableEventException {
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
        String type = envelope.path("type").asText();
        LogMessage.Shape shape = shape(type);
        return new Arrival(message(shape, type, envelope.path("data")), time(envelope, arrived));
    }

    private LogMessage message(LogMessage.Shape shape, String type, JsonNode data) throws UnreadableEventException {
        return switch (shape) {
            case UNIT_CHANGE -> UnitChangeData.message(type, read(data, OF_A_CHANGE, UnitChangeData.class));
            case DECISION_NOTICE ->
                new DecisionNoticeData.Typed(
                        DecisionNoticeData.Kind.ofType(type), read(data, OF_A_NOTICE, DecisionNoticeData.class));
        };
    }

    private <T> T read(JsonNode data, List<String> mandatory, Class<T> shape) throws UnreadableEventException {
        for (String field : mandatory) {
            if (!data.hasNonNull(field)) {
                throw new UnreadableEventException("its data lacks " + field);
            }
        }
        try {
            return json.treeToValue(data, shape);
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

    private static LogMessage.Shape shape(String type) throws UnreadableEventException {
        try {
            return LogMessage.Shape.ofType(type);
        } catch (IllegalArgumentException unknown) {
            throw new UnreadableEventException("its type is unknown: " + type, unknown);
        }
    }

    private static Instant time(JsonNode envelope, Instant arrived) throws UnreadableEventException {
        if (!envelope.hasNonNull("time")) {
            return arrived;
        }
        try {
            return OffsetDateTime.parse(envelope.path("time").asText()).toInstant();
        } catch (DateTimeException malformed) {
            throw new UnreadableEventException("its time is no moment", malformed);
        }
    }
}
