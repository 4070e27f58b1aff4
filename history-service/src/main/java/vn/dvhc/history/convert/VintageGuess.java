package vn.dvhc.history.convert;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Tenure;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;

/**
 * As of which dates a list of bare codes can be read. Within a range no code of the list begins, ends or passes to another
 * unit, so every date in it explains the list equally and means the same units.
 *
 * @param codes entries of the list, each repetition counted
 * @param neverBorne codes that nobody ever bore; at most as many as are told of each kind
 * @param neverBorneCount entries of the list with such codes
 * @param ranges best first, of equally good ones the latest first
 * @param rangeCount how many there are in all
 */
public record VintageGuess(
        int codes, List<UnitCode> neverBorne, int neverBorneCount, List<Range> ranges, int rangeCount) {

    private static final int MOST_TOLD = 20;

    public VintageGuess {
        neverBorne = List.copyOf(neverBorne);
        ranges = List.copyOf(ranges);
    }

    /**
     * Dates that explain the list equally.
     *
     * @param to exclusive; null if it lasts
     * @param inForce entries of the list whose code was borne
     * @param missing codes that nobody bore then; at most twenty
     * @param missingCount entries of the list with such codes, those that nobody ever bore included
     */
    public record Range(LocalDate from, @Nullable LocalDate to, int inForce, List<UnitCode> missing, int missingCount) {

        public Range {
            missing = List.copyOf(missing);
        }
    }

    /** Whether one range explains the list better than all others. */
    public boolean isDecided() {
        return !ranges.isEmpty()
                && (ranges.size() == 1
                        || ranges.get(0).inForce() > ranges.get(1).inForce());
    }

    /** @param limit ranges to be told */
    public static VintageGuess of(Timeline timeline, Collection<UnitCode> codes, int limit) {
        Map<UnitCode, Integer> counted = new HashMap<>();
        codes.forEach(code -> counted.merge(code, 1, Integer::sum));
        List<UnitCode> neverBorne = new ArrayList<>();
        int neverBorneCount = 0;
        TreeMap<LocalDate, Integer> changes = new TreeMap<>();
        for (Map.Entry<UnitCode, Integer> entry : counted.entrySet()) {
            List<Tenure> tenures = timeline.tenures(entry.getKey());
            if (tenures.isEmpty()) {
                neverBorne.add(entry.getKey());
                neverBorneCount += entry.getValue();
            }
            tenures.forEach(tenure -> count(tenure, entry.getValue(), changes));
        }
        List<Range> ranges = ranges(changes);
        ranges.sort(Comparator.comparingInt(Range::inForce)
                .thenComparing(Range::from)
                .reversed());
        List<Range> told = ranges.stream()
                .limit(Math.max(2, limit))
                .map(range -> withMissing(range, timeline, counted, codes.size()))
                .toList();
        return new VintageGuess(codes.size(), firstOf(neverBorne), neverBorneCount, told, ranges.size());
    }

    private static void count(Tenure tenure, int entries, Map<LocalDate, Integer> changes) {
        changes.merge(tenure.from(), entries, Integer::sum);
        LocalDate to = tenure.to();
        if (to != null) {
            changes.merge(to, -entries, Integer::sum);
        }
    }

    private static List<Range> ranges(TreeMap<LocalDate, Integer> changes) {
        List<Range> ranges = new ArrayList<>();
        int inForce = 0;
        for (Map.Entry<LocalDate, Integer> change : changes.entrySet()) {
            inForce += change.getValue();
            if (inForce > 0) {
                ranges.add(new Range(change.getKey(), changes.higherKey(change.getKey()), inForce, List.of(), 0));
            }
        }
        return ranges;
    }

    private static Range withMissing(Range range, Timeline timeline, Map<UnitCode, Integer> counted, int entries) {
        List<UnitCode> missing = new ArrayList<>();
        if (range.inForce() < entries) {
            for (UnitCode code : counted.keySet()) {
                if (timeline.tenures(code).stream().noneMatch(tenure -> tenure.covers(range.from()))) {
                    missing.add(code);
                }
            }
        }
        return new Range(range.from(), range.to(), range.inForce(), firstOf(missing), entries - range.inForce());
    }

    private static List<UnitCode> firstOf(List<UnitCode> codes) {
        return codes.stream().sorted().limit(MOST_TOLD).toList();
    }
}
