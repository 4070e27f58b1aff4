package vn.dvhc.gateway.change;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.seal.Link;

/** Writes hand-over events as sync-service publishes them, numbered from 1. */
public final class HandOverEvents {

    private long last;

    /** The number of the last event. */
    public long last() {
        return last;
    }

    /** The next event; a completed day has no units. */
    public String event(String kind, @Nullable String from, @Nullable String to, String dataset) {
        last++;
        JsonObject data = new JsonObject().put("sequence", last).put("enactment", "2025-07-01");
        if (from == null) {
            data.put("manifests", 1).put("datasets", new JsonArray().add(counts().put("dataset", dataset)));
        } else {
            data.put("manifest", dataset + "." + from + "." + (to == null ? "undecided" : to))
                    .put("version", 1)
                    .put("dataset", dataset)
                    .put("from", from);
            if (to != null) {
                data.put("to", to);
            }
            if (kind.equals("signed")) {
                data.put(
                        "signed",
                        new JsonObject().put("side", "from").put("unit", from).put("manifestHash", hash(last)));
            } else {
                data.put(
                        "records",
                        counts().put("givenChecksum", "-1180591620717411303424")
                                .put("receivedChecksum", "-1180591620717411303424")
                                .put("equal", true));
            }
        }
        return new JsonObject()
                .put("specversion", "1.0")
                .put("id", "handover-" + last)
                .put("source", "/dvhc/sync")
                .put("type", "vn.dvhc.handover." + kind)
                .put("subject", from == null ? "2025-07-01" : from)
                .put("time", "2025-06-30T17:04:11Z")
                .put("datacontenttype", "application/json")
                .put("data", data.put("previous", hash(last - 1)).put("hash", hash(last)))
                .encode();
    }

    private static JsonObject counts() {
        return new JsonObject()
                .put("given", 412)
                .put("received", 412)
                .put("queued", 0)
                .put("rejected", 0);
    }

    private static String hash(long place) {
        return Link.hash("x", place, List.of());
    }

    static byte[] bytes(String event) {
        return event.getBytes(StandardCharsets.UTF_8);
    }
}
