package vn.dvhc.registry.plan;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.PlanLine;
import vn.dvhc.contract.PlanText;

/**
 * What a hand-over will have to do. All numbers of records come out of the lines, which the digest stands for.
 *
 * @param lines one a unit, dataset and database that has records of it
 * @param estimates how long it takes, one a database and dataset
 * @param restsOn in Vietnamese, what the estimates rest on
 * @param upperBound whether fewer records may have to wait than are told
 * @param truncated whether some database had more to tell than an answer holds, so that lines lack
 */
public record HandOverPlan(
        LocalDate date,
        List<PlanLine> lines,
        List<Estimate> estimates,
        String restsOn,
        boolean upperBound,
        boolean truncated) {

    public HandOverPlan {
        lines = List.copyOf(lines);
        estimates = List.copyOf(estimates);
    }

    /**
     * How long the records of a dataset in one database take.
     *
     * @param recordsPerSecond as measured; null if nothing was
     * @param seconds null if nothing was measured
     */
    public record Estimate(
            String database,
            String dataset,
            @Nullable Double recordsPerSecond,
            @Nullable Long seconds) {}

    /** Records by what becomes of them. */
    public record Records(long move, long keep, long queue) {

        static final Records NONE = new Records(0, 0, 0);

        Records plus(PlanLine line) {
            return new Records(move + line.move(), keep + line.keep(), queue + line.queue());
        }
    }

    /** A database with a dataset. */
    public record Place(String database, String dataset) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byDatabase = database.compareTo(other.database);
            return byDatabase == 0 ? dataset.compareTo(other.dataset) : byDatabase;
        }
    }

    /** A plan without records. */
    public static HandOverPlan empty(LocalDate date) {
        return new HandOverPlan(date, List.of(), List.of(), "", false, false);
    }

    /** The text that is kept and that the digest is over. */
    public String text() {
        return PlanText.of(date, lines);
    }

    /** SHA-256 of {@link #text}: the name of the plan. */
    public String digest() {
        return PlanText.digest(text());
    }

    public Records total() {
        return lines.stream().reduce(Records.NONE, Records::plus, (one, other) -> {
            throw new IllegalStateException("The lines are one sequential stream");
        });
    }

    /** How many units have records. */
    public int units() {
        return (int) lines.stream().map(PlanLine::code).distinct().count();
    }

    public Map<String, Records> byDataset() {
        return summed(PlanLine::dataset);
    }

    public Map<Place, Records> byPlace() {
        return summed(line -> new Place(line.database(), line.dataset()));
    }

    public Optional<Estimate> estimate(Place place) {
        return estimates.stream()
                .filter(estimate -> estimate.database().equals(place.database())
                        && estimate.dataset().equals(place.dataset()))
                .findFirst();
    }

    /** If one after the other; empty if some part can't be estimated. */
    public Optional<Long> seconds() {
        long total = 0;
        for (Estimate estimate : estimates) {
            Long seconds = estimate.seconds();
            if (seconds == null) {
                return Optional.empty();
            }
            total += seconds;
        }
        return Optional.of(total);
    }

    /** The plan of these units and of others on the same day. */
    public HandOverPlan and(HandOverPlan other) {
        List<PlanLine> all = new ArrayList<>(lines);
        all.addAll(other.lines);
        Map<Place, Estimate> places = new LinkedHashMap<>();
        estimates.forEach(estimate -> places.put(new Place(estimate.database(), estimate.dataset()), estimate));
        other.estimates.forEach(estimate ->
                places.merge(new Place(estimate.database(), estimate.dataset()), estimate, HandOverPlan::together));
        return new HandOverPlan(
                date,
                all,
                List.copyOf(places.values()),
                restsOn.isEmpty() ? other.restsOn : restsOn,
                upperBound || other.upperBound,
                truncated || other.truncated);
    }

    private static Estimate together(Estimate one, Estimate other) {
        Long first = one.seconds();
        Long second = other.seconds();
        return new Estimate(
                one.database(),
                one.dataset(),
                one.recordsPerSecond(),
                first == null || second == null ? null : Long.valueOf(first + second));
    }

    private <K extends Comparable<K>> Map<K, Records> summed(Function<PlanLine, K> key) {
        Map<K, Records> sums = new TreeMap<>();
        lines.forEach(line -> sums.merge(key.apply(line), Records.NONE.plus(line), (sum, one) -> sum.plus(line)));
        return sums;
    }
}
