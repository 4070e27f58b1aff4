package vn.dvhc.sync.apply;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.lane.Lane;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;

/** What one owner's database has to bring to the codes of today, after a batch: each record once, by its last change. */
final class Recodings {

    private final Source home;
    private final Set<Lane> lanes = new HashSet<>();
    private final Map<Dataset, Set<String>> outdated = new LinkedHashMap<>();
    private final Map<Dataset, Set<String>> settled = new LinkedHashMap<>();
    private final Map<Origin, Map<String, Change>> rejected = new LinkedHashMap<>();

    Recodings(Source home) {
        this.home = home;
    }

    /** Whose records they are. */
    record Origin(Source source, Dataset dataset) {}

    void pass(Lane lane) {
        lanes.add(lane);
    }

    void outdated(Change change) {
        move(change, settled, outdated);
    }

    void settled(Change change) {
        move(change, outdated, settled);
    }

    private static void move(Change change, Map<Dataset, Set<String>> from, Map<Dataset, Set<String>> to) {
        to.computeIfAbsent(change.dataset(), dataset -> new LinkedHashSet<>()).add(change.key());
        from.getOrDefault(change.dataset(), new HashSet<>()).remove(change.key());
    }

    void rejected(Change change) {
        rejected.computeIfAbsent(new Origin(change.source(), change.dataset()), origin -> new LinkedHashMap<>())
                .put(change.key(), change);
    }

    Source home() {
        return home;
    }

    Set<Lane> lanes() {
        return lanes;
    }

    /** Keys of records that bear a unit that has ended. */
    Map<Dataset, Set<String>> outdated() {
        return outdated;
    }

    /** Keys of records that need no decision any more. */
    Map<Dataset, Set<String>> settled() {
        return settled;
    }

    /** Records whose unit can't be read. */
    Map<Origin, Map<String, Change>> rejected() {
        return rejected;
    }
}
