package vn.dvhc.sync.weight;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.EdgeWeightData;
import vn.dvhc.timeline.Following;

/** Adds up the counts of one divided unit over all databases. */
final class Tally {

    private final Map<String, Map<String, Long>> decided = new TreeMap<>();
    private final Map<String, Long> undecided = new TreeMap<>();

    /** @param to id of the unit they came to; null for records that wait */
    void add(String dataset, @Nullable String to, long records) {
        if (to == null) {
            undecided.merge(dataset, records, Long::sum);
        } else {
            decided.computeIfAbsent(dataset, name -> new TreeMap<>()).merge(to, records, Long::sum);
        }
    }

    /** @param following what the records of a dataset follow; null for one that is not declared any more: it is left out */
    EdgeWeightData data(
            String unit, LocalDate enactment, Instant countedAt, Function<String, @Nullable Following> following) {
        List<EdgeWeightData.Counted> counted = Stream.concat(decided.keySet().stream(), undecided.keySet().stream())
                .distinct()
                .sorted()
                .flatMap(dataset -> Stream.ofNullable(following.apply(dataset))
                        .map(follows -> new EdgeWeightData.Counted(
                                dataset,
                                follows.name().toLowerCase(Locale.ROOT),
                                undecided.getOrDefault(dataset, 0L),
                                decided.getOrDefault(dataset, Map.of()).entrySet().stream()
                                        .map(share -> new EdgeWeightData.Share(share.getKey(), share.getValue()))
                                        .toList())))
                .toList();
        return new EdgeWeightData(unit, enactment.toString(), countedAt.toString(), counted);
    }
}
