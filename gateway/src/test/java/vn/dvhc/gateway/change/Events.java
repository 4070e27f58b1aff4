package vn.dvhc.gateway.change;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes events as the registry publishes them, each a day of its own, numbered from 1. */
public final class Events {

    private static final Instant RECORDED = Instant.parse("2025-06-30T17:00:00Z");

    private long last;

    /** The number of the last event. */
    public long last() {
        return last;
    }

    /** Another day about one unit, with edges like {@code from>to}. */
    public String day(String kind, String unit, @Nullable String parent, String... edges) {
        return part(0, 1, kind, unit, parent, edges);
    }

    /** A day whose event is as long as its note. */
    public String longDay(String unit, @Nullable String parent, String note) {
        JsonObject event = new JsonObject(day("renamed", unit, parent));
        event.getJsonObject("data").put("note", note);
        return event.encode();
    }

    /** A message of a day of several. */
    public String part(int index, int count, String kind, String unit, @Nullable String parent, String... edges) {
        String code = unit.substring(0, unit.indexOf('@'));
        JsonArray passed = new JsonArray();
        for (String edge : edges) {
            passed.add(new JsonObject()
                    .put("from", edge.substring(0, edge.indexOf('>')))
                    .put("to", edge.substring(edge.indexOf('>') + 1))
                    .put("extent", "full")
                    .put("confidence", "act")
                    .put("legalBasis", new JsonArray()));
        }
        String level = code.length() == 2 ? "province" : code.length() == 3 ? "district" : "commune";
        String type = code.length() == 2 ? "tỉnh" : code.length() == 3 ? "huyện" : "xã";
        return envelope(
                "vn.dvhc.unit." + kind,
                unit,
                new JsonObject()
                        .put("enactment", "2025-07-01")
                        .put("index", index)
                        .put("count", count)
                        .put("decision", "test")
                        .put("unitId", unit)
                        .put("level", level)
                        .put("code", code)
                        .put("type", type)
                        .put("name", "Thử")
                        .put("parent", parent)
                        .put("edges", passed)
                        .put("legalBasis", new JsonArray()));
    }

    /** A notice of a decision that touches a code; a withdrawal with none. */
    public String notice(String kind, String decision, @Nullable String code) {
        JsonArray changes = new JsonArray();
        if (code != null) {
            changes.add(new JsonObject()
                    .put("operation", "abolish")
                    .put("code", code)
                    .put("legalBasis", new JsonArray()));
        }
        return envelope(
                "vn.dvhc.unit-decision." + kind,
                decision,
                new JsonObject()
                        .put("decision", decision)
                        .put("effectiveDate", "2027-01-01")
                        .put("title", "Thử")
                        .put("changeCount", changes.size())
                        .put("part", 1)
                        .put("parts", 1)
                        .put("changes", changes));
    }

    /** The strike of an earlier message, as a correction of its own. */
    public String retraction(long sequence, String unit, @Nullable String parent) {
        JsonObject event = new JsonObject(day("retracted", unit, parent));
        event.getJsonObject("data").put("correction", true).put("retracts", sequence);
        return event.encode();
    }

    /** Has the log take the event. */
    public static void tell(ChangeLog log, String event) {
        byte[] line = EventReader.oneLine(event.getBytes(StandardCharsets.UTF_8));
        log.accept(new EventReader().read(line), RECORDED, line);
    }

    private String envelope(String type, String subject, JsonObject data) {
        last++;
        return new JsonObject()
                .put("specversion", "1.0")
                .put("id", Long.toString(last))
                .put("source", "/dvhc/unit-registry")
                .put("type", type)
                .put("subject", subject)
                .put("time", RECORDED.toString())
                .put("datacontenttype", "application/json")
                .put("data", data.put("sequence", last))
                .encode();
    }
}
