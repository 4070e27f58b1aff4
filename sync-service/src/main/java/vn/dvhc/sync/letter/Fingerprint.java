package vn.dvhc.sync.letter;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.UnitKnowledge;

/** What a refusal depends on beside the letter: as long as it stays the same, trying again is in vain. */
final class Fingerprint {

    private final Plan plan;
    private final UnitKnowledge.State state;
    private final Map<String, String> known = new HashMap<>();

    Fingerprint(Plan plan, UnitKnowledge.State state) {
        this.plan = plan;
        this.state = state;
    }

    /** Of the declarations of a topic and of the units; the same after a restart. */
    String of(String topic) {
        return known.computeIfAbsent(topic, name -> {
            Progress.Place place = new Progress.Place(name, 0);
            String parts = state.sequence() + " " + state.localities().size() + " "
                    + place.source(plan).map(Fingerprint::of) + " "
                    + place.dataset(plan).map(Fingerprint::of);
            return UUID.nameUUIDFromBytes(parts.getBytes(StandardCharsets.UTF_8))
                    .toString();
        });
    }

    private static String of(Source source) {
        return source.toString();
    }

    private static String of(Dataset dataset) {
        return String.join(
                " ",
                dataset.name(),
                dataset.key().toString(),
                dataset.unit(),
                dataset.vintage().toString(),
                dataset.locality().toString(),
                dataset.follows().toString(),
                new TreeMap<>(dataset.personal()).toString(),
                dataset.columns().toString());
    }
}
