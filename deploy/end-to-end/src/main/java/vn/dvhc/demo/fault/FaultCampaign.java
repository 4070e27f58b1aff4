package vn.dvhc.demo.fault;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.Progress;
import vn.dvhc.demo.verify.Check;
import vn.dvhc.local.ProjectRoot;

/** The command {@code benchmarks/faults}. */
public final class FaultCampaign {

    private FaultCampaign() {}

    /** Exit code 0 only if nothing was lost, doubled or reordered, and all that is claimed holds. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path dir = ProjectRoot.find().resolve("benchmarks/target/faults");
        CampaignOptions options;
        try {
            options = CampaignOptions.parse(dir, arguments);
        } catch (IllegalArgumentException malformed) {
            System.err.println(malformed.getMessage());
            System.err.print(CampaignOptions.USAGE);
            System.exit(2);
            return;
        }
        CampaignReport report = run(options, out);
        System.exit(report != null && report.clean() ? 0 : 1);
    }

    /** Runs, writes the report and tells it; null if it could not be run to its end. */
    static @Nullable CampaignReport run(CampaignOptions options, PrintStream out) {
        try {
            Campaign campaign = new Campaign(options, new Progress(out));
            Site site = campaign.open();
            Thread stopper = new Thread(site::close, "stop");
            Runtime.getRuntime().addShutdownHook(stopper);
            CampaignReport report;
            try {
                report = campaign.run(site);
            } finally {
                site.close();
                Runtime.getRuntime().removeShutdownHook(stopper);
            }
            Path file = options.dir().resolve("report.json");
            report.write(file);
            conclude(report, file, options, out);
            return report;
        } catch (IOException | SQLException | RuntimeException failed) {
            failed.printStackTrace(out);
            out.println("FAILED: " + failed.getMessage() + "; seed " + options.seed() + ", logs: "
                    + options.dir().resolve("log"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            out.println("FAILED: interrupted");
        }
        return null;
    }

    private static void conclude(CampaignReport report, Path file, CampaignOptions options, PrintStream out)
            throws IOException {
        out.println();
        report.table().forEach(out::println);
        for (Check check : report.checks()) {
            if (!check.holds()) {
                out.println("DOES NOT HOLD: " + check.claim() + ": " + check.found());
                check.examples().forEach(example -> out.println("    " + example));
            }
        }
        out.println("report: " + file + ", logs: " + options.dir().resolve("log"));
        out.println(
                report.clean()
                        ? "clean: all " + report.checks().size() + " claims hold"
                        : "NOT CLEAN; repeat with: benchmarks/faults --seed " + options.seed());
        out.println(report.json());
    }
}
