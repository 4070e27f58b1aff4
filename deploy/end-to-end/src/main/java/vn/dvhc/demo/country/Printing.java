package vn.dvhc.demo.country;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.dvhc.demo.Operations;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.verify.Check;

/** Fetches what was sealed, and prints a hand-over record of every province that receives. */
final class Printing {

    private final Operations operations;
    private final Path dir;
    private final Patience patience;

    /** @param dir where the records are put, a page each */
    Printing(Operations operations, Path dir, Patience patience) {
        this.operations = operations;
        this.dir = dir;
        this.patience = patience;
    }

    /** @param handOver the books: a manifest is to be sealed of each of their lines that passes records on */
    Check print(JsonNode handOver) throws IOException, InterruptedException {
        Set<String> owed = new HashSet<>();
        for (JsonNode line : handOver.path("manifests")) {
            String from = line.path("fromUnit").asText();
            String to = line.path("toUnit").isNull()
                    ? "undecided"
                    : line.path("toUnit").asText();
            // Records that are kept pass to nobody.
            if (!from.equals(to)) {
                owed.add(line.path("dataset").asText() + "." + from + "." + to);
            }
        }
        List<JsonNode> sealed = new ArrayList<>();
        patience.until("the manifests to be sealed", () -> {
            sealed.clear();
            sealed.addAll(operations.manifests(Reform.DAY));
            return ids(sealed).containsAll(owed);
        });
        List<String> wrong = new ArrayList<>();
        Map<String, String> first = new LinkedHashMap<>();
        for (JsonNode one : sealed) {
            JsonNode manifest = one.path("manifest");
            if (!manifest.path("records").path("equal").asBoolean()) {
                wrong.add(manifest.path("id").asText() + " bears different checksums");
            }
            if (manifest.path("to").isObject()) {
                first.putIfAbsent(
                        manifest.path("to").path("province").asText(),
                        manifest.path("id").asText());
            }
        }
        Files.createDirectories(dir);
        for (Map.Entry<String, String> one : first.entrySet()) {
            String page = operations.printedManifest(Reform.DAY, one.getValue());
            Files.writeString(dir.resolve(one.getValue() + ".html"), page);
            if (!page.contains("BIÊN BẢN BÀN GIAO") || !page.contains(one.getKey())) {
                wrong.add(one.getValue() + " is not printed");
            }
        }
        if (!operations.isChainIntact()) {
            wrong.add("the chain of manifests is broken");
        }
        return Check.of(
                "every manifest is sealed in an intact chain, and prints",
                wrong,
                sealed.size() + " sealed, a page printed for each of " + first.size() + " provinces");
    }

    private static Set<String> ids(List<JsonNode> sealed) {
        Set<String> ids = new HashSet<>();
        sealed.forEach(one -> ids.add(one.path("manifest").path("id").asText()));
        return ids;
    }
}
