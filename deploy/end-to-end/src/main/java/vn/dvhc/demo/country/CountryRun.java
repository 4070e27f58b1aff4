package vn.dvhc.demo.country;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import vn.dvhc.demo.House;
import vn.dvhc.demo.Progress;
import vn.dvhc.demo.verify.Check;
import vn.dvhc.local.ProjectRoot;

/** The command {@code deploy/demo --country}. */
public final class CountryRun {

    private CountryRun() {}

    /** Exit code 0 only if every record is accounted for. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path dir = ProjectRoot.find().resolve("deploy/target/country");
        CountryOptions options;
        try {
            options = CountryOptions.parse(dir, arguments);
        } catch (IllegalArgumentException malformed) {
            System.err.println(malformed.getMessage());
            System.err.print(CountryOptions.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options, dir.resolveSibling("country-report.json"), out) ? 0 : 1);
    }

    private static boolean run(CountryOptions options, Path file, PrintStream out) {
        try {
            CountryReport report = runInHouse(options, out);
            report.write(file);
            conclude(report, file, options, out);
            return report.clean();
        } catch (IOException | SQLException | RuntimeException failed) {
            failed.printStackTrace(out);
            out.println("FAILED: " + failed.getMessage());
            out.println("logs: " + options.dir().resolve("log"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            out.println("FAILED: interrupted");
        }
        return false;
    }

    private static CountryReport runInHouse(CountryOptions options, PrintStream out)
            throws IOException, SQLException, InterruptedException {
        CountryJob job = new CountryJob(options, new Progress(out));
        House house = job.openHouse();
        Thread stopper = new Thread(house::close, "stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        boolean finished = false;
        try {
            CountryReport report = job.run(house);
            finished = true;
            return report;
        } finally {
            if (finished && options.keep()) {
                Runtime.getRuntime().removeShutdownHook(stopper);
                house.addresses().forEach(out::println);
                out.println("everything is left running; stop it with: DVHC_DATA=" + options.dir() + " deploy/down");
            } else {
                house.close();
            }
        }
    }

    private static void conclude(CountryReport report, Path file, CountryOptions options, PrintStream out) {
        out.println();
        report.table().forEach(out::println);
        for (Check check : report.checks()) {
            if (!check.holds()) {
                out.println("DOES NOT HOLD: " + check.claim() + ": " + check.found());
                check.examples().forEach(example -> out.println("    " + example));
            }
        }
        out.println("report: " + file);
        out.println(
                report.clean()
                        ? "clean: all " + report.checks().size() + " claims hold"
                        : "NOT CLEAN; logs: " + options.dir().resolve("log"));
    }
}
