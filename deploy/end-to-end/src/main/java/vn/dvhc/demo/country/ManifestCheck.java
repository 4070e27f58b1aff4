package vn.dvhc.demo.country;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import vn.dvhc.demo.record.Place;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Recoding;

/** Whether manifests tell of every old commune that has an edge: to the units the acts name, and as many records as it had. */
final class ManifestCheck {

    private final Map<String, Set<String>> successors = new TreeMap<>();
    private final Map<String, Long> there = new HashMap<>();

    /** @param population how many records each place was given */
    ManifestCheck(Reform reform, List<Place> places, Population population) {
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            Recoding recoding = reform.after().recode(place.eve(), Reform.DAY, Following.PEOPLE);
            Set<String> reached = switch (recoding.kind()) {
                case ONE_SUCCESSOR ->
                    Set.of(((Recoding.OneSuccessor) recoding)
                            .successor()
                            .unit()
                            .id()
                            .toString());
                case SPLIT ->
                    ((Recoding.Split) recoding)
                            .candidates().stream()
                                    .map(candidate -> candidate.unit().id().toString())
                                    .collect(Collectors.toSet());
                case SAME, ENDED, AMBIGUOUS, UNKNOWN -> Set.of();
            };
            if (!reached.isEmpty()) {
                successors.put(place.id().toString(), reached);
                there.put(place.id().toString(), (long) population.count(i));
            }
        }
    }

    /** Old communes that have an edge. */
    int communes() {
        return successors.size();
    }

    /**
     * @param manifests as {@code GET /v1/handovers/{date}} lists them
     * @param touched whether records of a unit were added or deleted since they were generated: then nothing can be said of its manifests
     */
    List<String> contradictions(JsonNode manifests, Predicate<String> touched) {
        List<String> wrong = new ArrayList<>();
        Map<String, Long> told = new HashMap<>();
        for (JsonNode manifest : manifests) {
            String from = manifest.path("fromUnit").asText();
            Set<String> reached = successors.getOrDefault(from, Set.of());
            if (successors.containsKey(from)) {
                told.merge(from, manifest.path("outCount").asLong(), Long::sum);
                if (!manifest.path("toUnit").isNull()
                        && !reached.contains(manifest.path("toUnit").asText())) {
                    wrong.add(from + " -> " + manifest.path("toUnit").asText() + " is no edge");
                }
            }
        }
        for (String from : new TreeSet<>(successors.keySet())) {
            Long count = told.get(from);
            if (touched.test(from)) {
                continue;
            }
            if (count == null) {
                wrong.add(from + " has no manifest");
            } else if (!count.equals(there.get(from))) {
                wrong.add(from + " had " + there.get(from) + " records, its manifests tell of " + count);
            }
        }
        return wrong;
    }
}
