package vn.dvhc.history.lineage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.dvhc.timeline.Following;
import vn.dvhc.unit.UnitId;

/**
 * What was counted of divided units. Immutable. A weight is told only where nothing is left to guess: all records of the unit were
 * decided, and each went to one of the units asked about.
 */
public final class Weights {

    public static final Weights NONE = new Weights(Map.of(), 0);

    private static final int DIGITS = 12;

    /** Of people's records first, since figures are mostly of people; then of the larger count. */
    private static final Comparator<Count> PREFERRED = Comparator.comparing(
                    (Count count) -> List.of(Following.PEOPLE, Following.EVERYTHING, Following.LAND)
                            .indexOf(count.following()))
            .thenComparing(Comparator.comparingLong(Count::total).reversed())
            .thenComparing(Count::dataset);

    private final Map<UnitId, List<Count>> counts;
    private final long version;

    private Weights(Map<UnitId, List<Count>> counts, long version) {
        this.counts = counts;
        this.version = version;
    }

    /**
     * Records of one kind that came from a divided unit.
     *
     * @param undecided how many belong to nobody yet
     * @param records how many went to each unit
     */
    public record Count(
            String dataset, Following following, LocalDate countedOn, long undecided, Map<UnitId, Long> records) {

        public Count {
            records = Map.copyOf(records);
        }

        private long total() {
            return records.values().stream().mapToLong(Long::longValue).sum();
        }

        private boolean isWhole() {
            return undecided == 0 && total() > 0;
        }
    }

    /** Grows with what is known; equal on replicas that know the same; 0 if nothing is. */
    public long version() {
        return version;
    }

    /**
     * With the latest counts of units, which replace what was known of each.
     *
     * @param later grows
     */
    public Weights with(Map<UnitId, List<Count>> latest, long later) {
        Map<UnitId, List<Count>> all = new HashMap<>(counts);
        latest.forEach((unit, counted) -> all.put(
                unit, counted.stream().filter(Count::isWhole).sorted(PREFERRED).toList()));
        return new Weights(all, later);
    }

    /** The weight of each of the units into which a unit was divided; empty where that was not counted to the end. */
    public Map<UnitId, Weight> of(UnitId unit, Set<UnitId> parts) {
        return counts.getOrDefault(unit, List.of()).stream()
                .filter(count -> parts.containsAll(count.records().keySet()))
                .findFirst()
                .map(count -> weights(count, parts))
                .orElse(Map.of());
    }

    private static Map<UnitId, Weight> weights(Count count, Set<UnitId> parts) {
        BigDecimal total = BigDecimal.valueOf(count.total());
        Map<UnitId, Weight> weights = new HashMap<>();
        for (UnitId part : parts) {
            BigDecimal value = BigDecimal.valueOf(count.records().getOrDefault(part, 0L))
                    .divide(total, DIGITS, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros();
            weights.put(part, new Weight(value, "records-handed-over:" + count.dataset(), count.countedOn()));
        }
        return weights;
    }
}
