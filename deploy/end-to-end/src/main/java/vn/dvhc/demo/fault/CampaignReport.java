package vn.dvhc.demo.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import vn.dvhc.demo.verify.Check;

/**
 * What a campaign found; enough to repeat it.
 *
 * @param faults in their order, with the time since the first and how long the stream took to flow again
 * @param drainSeconds from the end of the last fault until every tier held what was acknowledged
 */
record CampaignReport(
        long seed,
        double minutes,
        long writes,
        String written,
        long samples,
        long lost,
        long doubled,
        long reordered,
        double handOverSeconds,
        double drainSeconds,
        List<Line> faults,
        List<Check> checks) {

    private static final Set<FaultPlan.Kind> KILLS =
            Set.of(FaultPlan.Kind.KILL, FaultPlan.Kind.IMMEDIATE_STOP, FaultPlan.Kind.KILL_BACKEND);

    /**
     * @param atSeconds since the campaign began
     * @param recoverySeconds from its end until a write of every source was in the national copy
     * @param stuck sources that had not flowed within the limit
     */
    record Line(
            double atSeconds,
            FaultPlan.Kind kind,
            String target,
            double lastedSeconds,
            double recoverySeconds,
            List<String> stuck) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%7.1f s  %-20s %-22s %5.1f s  flows again after %5.1f s%s",
                    atSeconds,
                    kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    target,
                    lastedSeconds,
                    recoverySeconds,
                    stuck.isEmpty() ? "" : "  STILL STUCK: " + stuck);
        }
    }

    boolean clean() {
        return lost == 0 && doubled == 0 && reordered == 0 && checks.stream().allMatch(Check::holds);
    }

    private long kills() {
        return faults.stream().filter(fault -> KILLS.contains(fault.kind())).count();
    }

    private double recovery(double share) {
        double[] sorted =
                faults.stream().mapToDouble(Line::recoverySeconds).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1L, Math.floor(share * sorted.length))];
    }

    /** For the terminal. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add("faults, in their order (seed " + seed + "):");
        faults.forEach(fault -> lines.add("  " + fault));
        for (FaultPlan.Kind kind : FaultPlan.Kind.values()) {
            double[] times = faults.stream()
                    .filter(fault -> fault.kind() == kind)
                    .mapToDouble(Line::recoverySeconds)
                    .sorted()
                    .toArray();
            if (times.length > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "  %-20s %3d times, flows again after %.1f s (median), %.1f s (longest)",
                        kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        times.length,
                        times[times.length / 2],
                        Arrays.stream(times).max().orElse(0)));
            }
        }
        lines.add("  " + written);
        lines.add("  " + samples + " rows of copies looked at meanwhile");
        lines.add("  hand-over " + handOverSeconds + " s after midnight, all tiers equal " + drainSeconds
                + " s after the last fault");
        lines.add("  lost " + lost + ", doubled " + doubled + ", reordered " + reordered);
        return lines;
    }

    /** The line that other programs read. */
    String json() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode document = mapper.createObjectNode().put("benchmark", "faults");
        document.putObject("figures")
                .put("lost", lost)
                .put("doubled", doubled)
                .put("reordered", reordered)
                .put("writes", writes)
                .put("kills", kills())
                .put("faults", faults.size())
                .put("recovery_median_seconds", recovery(0.5))
                .put("recovery_longest_seconds", recovery(1))
                .put("hand_over_seconds", handOverSeconds)
                .put("drain_seconds", drainSeconds)
                .put("seed", seed)
                .put("clean", clean());
        document.putObject("ratios");
        document.put(
                "load", Math.round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() * 10) / 10.0);
        return mapper.writeValueAsString(document);
    }

    void write(Path file) throws IOException {
        Files.writeString(
                file,
                new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(this) + "\n");
    }
}
