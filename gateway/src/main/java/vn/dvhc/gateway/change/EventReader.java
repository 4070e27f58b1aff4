package vn.dvhc.gateway.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import vn.dvhc.contract.DecisionNoticeData;
import vn.dvhc.contract.HandOverData;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.UnitChangeData;

/** Reads structured CloudEvents of {@code unit-changes.v1} and {@code handovers.v1}. Fields it does not know are left aside: v1 grows by them. */
final class EventReader {

    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** @throws IllegalArgumentException if the text is no event of the contract; the message holds no payload */
    LogMessage read(byte[] event) {
        try {
            JsonNode envelope = json.readTree(event);
            String type = envelope.path("type").asText();
            JsonNode data = envelope.path("data");
            return switch (LogMessage.Shape.ofType(type)) {
                case UNIT_CHANGE -> UnitChangeData.message(type, json.treeToValue(data, UnitChangeData.class));
                case DECISION_NOTICE ->
                    new DecisionNoticeData.Typed(
                            DecisionNoticeData.Kind.ofType(type), json.treeToValue(data, DecisionNoticeData.class));
            };
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("it breaks the contract: " + broken.getOriginalMessage(), broken);
        } catch (IOException broken) {
            throw new IllegalArgumentException("it can't be read", broken);
        }
    }

    /** @throws IllegalArgumentException if the text is no hand-over event of the contract; the message holds no payload */
    HandOverLog.Told readHandOver(byte[] event) {
        try {
            JsonNode envelope = json.readTree(event);
            return new HandOverLog.Told(
                    envelope.path("subject").asText(),
                    HandOverData.Kind.ofType(envelope.path("type").asText()),
                    json.treeToValue(envelope.path("data"), HandOverData.class));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("it breaks the contract: " + broken.getOriginalMessage(), broken);
        } catch (IOException broken) {
            throw new IllegalArgumentException("it can't be read", broken);
        }
    }

    /** The same JSON on one line: a line end can only stand between its tokens. */
    static byte[] oneLine(byte[] event) {
        byte[] line = event.clone();
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        return line;
    }
}
