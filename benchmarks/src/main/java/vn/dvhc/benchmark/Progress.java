package vn.dvhc.benchmark;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Tells the terminal what is going on, each line with the time since the start and the load of the machine. */
public final class Progress {

    private final PrintStream out;
    private final long began = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    public void say(String format, Object... values) {
        out.printf(
                Locale.ROOT,
                "%7.1f s  load %4.1f  %s%n",
                (System.nanoTime() - began) / 1e9,
                load(),
                String.format(Locale.ROOT, format, values));
    }

    /** Processes that ran or waited to run, over the last minute. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
