package vn.dvhc.sync.apply;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.RecordUnit;

/** From the commit at the owner to the commit at the national copy, for live changes. */
@Singleton
public class LagMeter {

    private static final long LONGEST_MICROS = Duration.ofHours(1).toNanos() / 1_000;

    /** More than there are codes at all vintages together, for several datasets; what comes after is not remembered. */
    private static final int MOST_BEARINGS = 100_000;

    private final Histogram histogram = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final Map<Stream, Latest> latest = new ConcurrentHashMap<>();
    private final Map<Bearing, Latest> bearings = new ConcurrentHashMap<>();

    /** The latest change of a source's dataset that the nation holds. */
    public record Latest(Instant committedAt, Instant visibleAt) {

        /** The later of two. */
        public Latest or(Latest other) {
            return committedAt.isAfter(other.committedAt) ? this : other;
        }
    }

    private record Stream(String source, String dataset) {}

    /** Records of a dataset that bear one code as of one date. */
    public record Bearing(
            String dataset, @Nullable String code, @Nullable String vintage) {}

    /** @param p50Millis half of the changes were there sooner */
    public record Reading(double p50Millis, double p99Millis, long count) {}

    void record(List<Change> changes, Instant visibleAt) {
        for (Change change : changes) {
            Instant committedAt = change.committedAt();
            if (committedAt != null) {
                long micros = Duration.between(committedAt, visibleAt).toNanos() / 1_000;
                histogram.recordValue(Math.max(0, Math.min(micros, LONGEST_MICROS)));
                Latest seen = new Latest(committedAt, visibleAt);
                latest.merge(new Stream(change.source().name(), change.dataset().name()), seen, Latest::or);
                record(change, seen);
            }
        }
    }

    private void record(Change change, Latest seen) {
        RecordUnit unit = change.unit();
        Bearing bearing = new Bearing(change.dataset().name(), unit.code(), unit.vintage());
        if (bearings.size() < MOST_BEARINGS || bearings.containsKey(bearing)) {
            bearings.merge(bearing, seen, Latest::or);
        }
    }

    /** The latest change of a source's dataset since this service started. */
    public Optional<Latest> latest(Source source, Dataset dataset) {
        return Optional.ofNullable(latest.get(new Stream(source.name(), dataset.name())));
    }

    /** The latest change of the records that bear each code, since this service started; those without a change are not there. */
    public Map<Bearing, Latest> bearings() {
        return Map.copyOf(bearings);
    }

    public Reading read() {
        return new Reading(
                histogram.getValueAtPercentile(50) / 1_000.0,
                histogram.getValueAtPercentile(99) / 1_000.0,
                histogram.getTotalCount());
    }
}
