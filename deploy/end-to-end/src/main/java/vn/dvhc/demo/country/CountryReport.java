package vn.dvhc.demo.country;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vn.dvhc.demo.verify.Check;

/**
 * What a run over the country found, as it is written to {@code country-report.json}.
 *
 * @param writtenDuringReform acknowledged writes from just before midnight to the end
 * @param lateWrites those into databases of ended provinces after their records had been handed over
 * @param handover the summary of {@code GET /v1/handovers/{date}}
 * @param handOverSeconds from midnight until sync-service said that all was handed over
 * @param followSeconds from then until the national copy had followed
 * @param seconds by stage
 * @param peakMegabytes the largest memory of each JVM
 */
record CountryReport(
        boolean clean,
        long seed,
        int sources,
        int communes,
        long records,
        long writtenDuringReform,
        long lateWrites,
        JsonNode handover,
        int manifests,
        double handOverSeconds,
        double followSeconds,
        Map<String, Double> seconds,
        Map<String, Long> peakMegabytes,
        List<Check> checks) {

    void write(Path file) throws IOException {
        Files.writeString(
                file,
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this) + "\n");
    }

    /** For the terminal. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(row(
                "country",
                sources + " databases, " + grouped(communes) + " communes, " + grouped(records) + " records"));
        lines.add(row("written meanwhile", grouped(writtenDuringReform) + ", " + grouped(lateWrites) + " late"));
        lines.add(row(
                "handed over",
                "in " + figure("in") + " = moved " + figure("moved") + " + kept " + figure("kept") + " + queued "
                        + figure("queued") + " + rejected " + figure("rejected") + ", in " + handOverSeconds
                        + " s; the nation followed in " + followSeconds + " s"));
        lines.add(row("manifests", grouped(manifests)));
        lines.add(row("seconds", seconds.toString()));
        lines.add(row("peak MB", peakMegabytes.toString()));
        return lines;
    }

    private String figure(String name) {
        return grouped(handover.path(name).asLong());
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "  %-22s %s", name, value);
    }

    private static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
