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
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;

/** From the commit at the owner to the commit at the national copy, for live changes. */
@Singleton
public class LagMeter {

    private static final long LONGEST_MICROS = Duration.ofHours(1).toNanos() / 1_000;

    private final Histogram histogram = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final Map<Stream, Latest> latest = new ConcurrentHashMap<>();

    /** The latest change of a source's dataset that the nation holds. */
    public record Latest(Instant committedAt, Instant visibleAt) {}

    private record Stream(String source, String dataset) {}

    /** @param p50Millis half of the changes were there sooner */
    public record Reading(double p50Millis, double p99Millis, long count) {}

    void record(List<Change> changes, Instant visibleAt) {
        for (Change change : changes) {
            Instant committedAt = change.committedAt();
            if (committedAt != null) {
                long micros = Duration.between(committedAt, visibleAt).toNanos() / 1_000;
                histogram.recordValue(Math.max(0, Math.min(micros, LONGEST_MICROS)));
                latest.merge(
                        new Stream(change.source().name(), change.dataset().name()),
                        new Latest(committedAt, visibleAt),
                        (known, seen) -> known.committedAt().isAfter(seen.committedAt()) ? known : seen);
            }
        }
    }

    /** The latest change of a source's dataset since this service started. */
    public Optional<Latest> latest(Source source, Dataset dataset) {
        return Optional.ofNullable(latest.get(new Stream(source.name(), dataset.name())));
    }

    public Reading read() {
        return new Reading(
                histogram.getValueAtPercentile(50) / 1_000.0,
                histogram.getValueAtPercentile(99) / 1_000.0,
                histogram.getTotalCount());
    }
}
