package vn.dvhc.gateway.caller;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code {"codes":[…]}} and writes the answer to it. */
public final class CallersQuestion {

    private static final int MOST_CODES = 5_000;

    private CallersQuestion() {}

    /** The codes asked for; empty if the body holds anything but 1 to 5,000 codes. */
    public static Optional<Set<String>> read(Buffer body) {
        try {
            if (new JsonObject(body).getValue("codes") instanceof JsonArray codes
                    && !codes.isEmpty()
                    && codes.size() <= MOST_CODES
                    && codes.stream().allMatch(CallersQuestion::isCode)) {
                Set<String> asked = new LinkedHashSet<>();
                codes.forEach(code -> asked.add((String) code));
                return Optional.of(asked);
            }
        } catch (DecodeException malformed) {
            // Refused below like anything else that is no question.
        }
        return Optional.empty();
    }

    public static Buffer answer(List<BareCodes.Caller> callers) {
        JsonArray list = new JsonArray();
        callers.forEach(caller -> list.add(new JsonObject()
                .put("caller", caller.name())
                .put("codes", caller.codes())
                .put("requests", caller.requests())
                .put("lastSeen", caller.lastSeen().toString())
                .put("examples", new JsonArray(caller.examples()))));
        return new JsonObject().put("callers", list).toBuffer();
    }

    private static boolean isCode(Object code) {
        return code instanceof String text && text.matches("\\d{2}|\\d{3}|\\d{5}");
    }
}
