package vn.dvhc.demo.country;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import vn.dvhc.demo.reform.Reform;

/** The plan of {@code deploy/sync} with databases of communes added to it: one change of the plan for all of them. */
final class SourcesFile {

    private static final String DATASETS = "\ndatasets:\n";

    private SourcesFile() {}

    /**
     * @param plan the file's text, without sources of communes
     * @param addresses databases by province, as sync-service reaches them
     */
    static String with(String plan, Map<String, String> addresses) {
        if (!plan.contains(DATASETS)) {
            throw new IllegalArgumentException("The plan declares no datasets");
        }
        return plan.replace(DATASETS, lines(addresses) + DATASETS);
    }

    private static String lines(Map<String, String> addresses) {
        return List.copyOf(addresses.entrySet()).stream()
                .map(source -> "  - {name: commune_" + source.getKey() + ", tier: commune, province: \""
                        + source.getKey() + "\", vintage: " + Reform.EVE + ", epoch: 1, database: \""
                        + source.getValue() + "\"}\n")
                .collect(Collectors.joining());
    }
}
