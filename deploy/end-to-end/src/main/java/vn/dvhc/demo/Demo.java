package vn.dvhc.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import vn.dvhc.demo.verify.Check;
import vn.dvhc.local.ProjectRoot;

/** The command {@code deploy/demo}. */
public final class Demo {

    private Demo() {}

    /** Exit code 0 only if everything that was checked holds. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path dir = ProjectRoot.find().resolve("deploy/target/demo");
        Options options;
        try {
            options = Options.parse(dir, arguments);
        } catch (IllegalArgumentException malformed) {
            System.err.println(malformed.getMessage());
            System.err.print(Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options, dir.resolveSibling("demo-report.json"), out) ? 0 : 1);
    }

    /** Runs, writes the report and says whether it is clean. */
    static boolean run(Options options, Path reportFile, PrintStream out) {
        try {
            DemoReport report = runInHouse(options, new Progress(out), out);
            report.write(reportFile);
            conclude(report, reportFile, options, out);
            return report.clean();
        } catch (IOException | SQLException | RuntimeException failed) {
            out.println();
            failed.printStackTrace(out);
            out.println("FAILED: " + failed.getMessage());
            out.println("logs: " + options.dir().resolve("log"));
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            out.println("FAILED: interrupted");
            return false;
        }
    }

    private static DemoReport runInHouse(Options options, Progress progress, PrintStream out)
            throws IOException, SQLException, InterruptedException {
        MainJob job = new MainJob(options, progress);
        House house = job.openHouse();
        Thread stopper = new Thread(house::close, "stop");
        Runtime.getRuntime().addShutdownHook(stopper);
        boolean finished = false;
        try {
            DemoReport report = job.run(house);
            finished = true;
            return report;
        } finally {
            if (finished && options.keep()) {
                Runtime.getRuntime().removeShutdownHook(stopper);
                out.println();
                house.addresses().forEach(out::println);
                out.println("everything is left running; stop it with: DVHC_DATA=" + options.dir() + " deploy/down");
            } else {
                house.close();
            }
        }
    }

    private static void conclude(DemoReport report, Path file, Options options, PrintStream out) {
        out.println();
        report.table().forEach(out::println);
        out.println();
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
