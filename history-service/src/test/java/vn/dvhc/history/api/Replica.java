package vn.dvhc.history.api;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A client that holds a copy as the guide says, and knows nothing of our classes. Unit ids are ASCII: their text order is that of their bytes. */
final class Replica {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Held> units = new TreeMap<>();
    private String loadedAt = "";
    private long after;
    private long knownThrough;
    private int reloads;

    private static final class Held {
        private String code = "";
        private String type = "";
        private String name = "";
        private String parent = "";
    }

    void load(String date) throws JsonProcessingException {
        Response snapshot = given().get("/v1/snapshot?format=ndjson&at=" + date);
        units.clear();
        for (String line : snapshot.asString().split("\n")) {
            JsonNode unit = JSON.readTree(line);
            take(unit);
        }
        loadedAt = date;
        after = Long.parseLong(snapshot.header("Dvhc-Sequence"));
        knownThrough = Long.parseLong(snapshot.header("Dvhc-Known-Through"));
    }

    /** Applies whole groups until the next one is a day after the date; reloads where a correction can't be applied. */
    void followTo(String date) throws JsonProcessingException {
        while (true) {
            JsonNode page = JSON.readTree(
                    given().get("/v1/changes?limit=5000&after=" + after).asString());
            if (page.path("items").isEmpty()) {
                return;
            }
            for (JsonNode change : page.path("items")) {
                String group = change.path("group").asText();
                String enactment = change.path("data").path("enactment").asText();
                if (group.equals("day")) {
                    if (enactment.compareTo(date) > 0) {
                        return;
                    }
                    apply(change);
                } else if (group.equals("correction")
                        && !(change.path("sequence").asLong() <= knownThrough && enactment.compareTo(loadedAt) <= 0)) {
                    reloads++;
                    load(date);
                    break;
                }
                after = change.path("sequence").asLong();
            }
        }
    }

    private void apply(JsonNode change) {
        JsonNode data = change.path("data");
        String id = data.path("unitId").asText();
        switch (change.path("type").asText()) {
            case "vn.dvhc.unit.created" -> take(data);
            case "vn.dvhc.unit.ended" -> units.remove(id);
            case "vn.dvhc.unit.renamed" ->
                units.get(id).name = data.path("name").asText();
            case "vn.dvhc.unit.reclassified" ->
                units.get(id).type = data.path("type").asText();
            case "vn.dvhc.unit.reparented" ->
                units.get(id).parent = data.path("parent").asText();
            case "vn.dvhc.unit.recoded" ->
                units.get(id).code = data.path("code").asText();
            case "vn.dvhc.unit.succeeded" -> {}
            default -> throw new IllegalStateException(change.path("type").asText());
        }
    }

    private void take(JsonNode unit) {
        Held held = new Held();
        held.code = unit.path("code").asText();
        held.type = unit.path("type").asText();
        held.name = unit.path("name").asText();
        held.parent = unit.path("parent").isNull() ? "" : unit.path("parent").asText();
        units.put(unit.path("unitId").asText(), held);
    }

    int reloads() {
        return reloads;
    }

    String digest() throws NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        units.forEach(
                (id, unit) -> sha.update(String.join("\t", id, unit.code, unit.type, unit.name, unit.parent + "\n")
                        .getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(sha.digest());
    }
}
