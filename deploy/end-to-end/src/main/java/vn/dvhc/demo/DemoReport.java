package vn.dvhc.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.verify.Check;

/** What a run found, as it is written to {@code demo-report.json}. */
public record DemoReport(
        boolean clean,
        long seed,
        Map<String, UnitCounts> units,
        Records records,
        HandOver handover,
        Divergence divergence,
        Lookups lookups,
        Percentiles lag,
        Map<String, Double> seconds,
        @Nullable Kill syncKilled,
        List<Check> checks) {

    /** Units in force on a date. */
    public record UnitCounts(long province, long district, long commune) {}

    /**
     * Rows in force at a level: case files at the communes, case files and permits above.
     *
     * @param writtenDuringReform acknowledged writes from just before midnight to the end
     * @param lateWrites those into databases of the ended province after its records had been handed over
     */
    public record Records(
            long generated,
            long writtenDuringReform,
            long inserted,
            long updated,
            long deleted,
            long lateWrites,
            long commune,
            long province,
            long national) {}

    /** In figures of sync-service, each checked against a count record by record. */
    public record HandOver(
            long in,
            long moved,
            long kept,
            long queued,
            long rejected,
            long late,
            long manifests,
            boolean checksumsEqual,
            long deadLetters,
            long conflicts,
            double seconds) {}

    /** Keys in which levels differ. */
    public record Divergence(long missing, long duplicate, long different, long unexpected) {}

    /** What the citizens saw. */
    public record Lookups(long served, long failed, double p50Millis, double p99Millis, double maxMillis) {}

    /** From a write to its being in the national copy. */
    public record Percentiles(long count, double p50Millis, double p99Millis, double maxMillis) {}

    /** @param handedOver lines of the ledger when it was killed, of {@code of} in the end */
    public record Kill(long handedOver, @JsonProperty("of") long total) {}

    static Lookups lookups(long served, long failed, Histogram micros) {
        return new Lookups(served, failed, at(micros, 50), at(micros, 99), millis(micros.getMaxValue()));
    }

    static Percentiles percentiles(Histogram micros) {
        return new Percentiles(micros.getTotalCount(), at(micros, 50), at(micros, 99), millis(micros.getMaxValue()));
    }

    void write(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        Files.writeString(
                file,
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this) + "\n");
    }

    /** For the terminal. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(units)
                .forEach((date, count) -> lines.add(row(
                        "units on " + date,
                        count.province() + " provinces, " + count.district() + " districts, " + count.commune()
                                + " communes")));
        lines.add(row("records", "generated " + grouped(records.generated())));
        lines.add(row(
                "written meanwhile",
                grouped(records.writtenDuringReform()) + " (" + grouped(records.inserted()) + " inserted, "
                        + grouped(records.updated()) + " updated, " + grouped(records.deleted()) + " deleted; "
                        + grouped(records.lateWrites()) + " late)"));
        lines.add(row(
                "in force at",
                "communes " + grouped(records.commune()) + ", province " + grouped(records.province()) + ", nation "
                        + grouped(records.national())));
        lines.add(row(
                "handed over",
                "in " + grouped(handover.in()) + " = moved " + grouped(handover.moved()) + " + kept "
                        + grouped(handover.kept()) + " + queued " + grouped(handover.queued()) + " + rejected "
                        + grouped(handover.rejected()) + ", in " + handover.seconds() + " s"));
        lines.add(row(
                "manifests",
                grouped(handover.manifests()) + ", checksums " + (handover.checksumsEqual() ? "equal" : "NOT EQUAL")));
        lines.add(row(
                "divergence",
                divergence.missing() + " missing, " + divergence.duplicate() + " duplicate, " + divergence.different()
                        + " different, " + divergence.unexpected() + " unexpected"));
        lines.add(row(
                "look-ups",
                grouped(lookups.served()) + " served, " + lookups.failed() + " failed, p50 " + lookups.p50Millis()
                        + " ms, p99 " + lookups.p99Millis() + " ms"));
        lines.add(row(
                "lag to the nation",
                "p50 " + lag.p50Millis() + " ms, p99 " + lag.p99Millis() + " ms over " + grouped(lag.count())
                        + " writes"));
        Kill kill = syncKilled;
        if (kill != null) {
            lines.add(row(
                    "sync-service killed",
                    "after " + grouped(kill.handedOver()) + " of " + grouped(kill.total()) + " records"));
        }
        StringBuilder times = new StringBuilder();
        seconds.forEach((stage, time) -> times.append(times.isEmpty() ? "" : ", ")
                .append(stage)
                .append(' ')
                .append(time));
        lines.add(row("seconds", times.toString()));
        return lines;
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "  %-22s %s", name, value);
    }

    private static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static double at(Histogram micros, double percentile) {
        return millis(micros.getValueAtPercentile(percentile));
    }

    private static double millis(long micros) {
        return Math.round(micros / 100.0) / 10.0;
    }
}
