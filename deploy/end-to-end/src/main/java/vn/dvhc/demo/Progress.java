package vn.dvhc.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Tells the terminal where the run is, and remembers how long each stage took. */
public final class Progress {

    private static final Duration TICK = Duration.ofSeconds(2);

    private final PrintStream out;
    private final long began = System.nanoTime();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private String stage = "";
    private long stageBegan = began;
    private long lastTick = began - TICK.toNanos();

    public Progress(PrintStream out) {
        this.out = out;
    }

    /** Ends the stage at hand and begins the next. */
    public void stage(String name, String what) {
        endStage();
        stage = name;
        stageBegan = System.nanoTime();
        out.printf(Locale.ROOT, "%n%7.1f s  == %s: %s%n", sinceBegan(), name, what);
    }

    public void say(String line) {
        out.printf(Locale.ROOT, "%7.1f s     %s%n", sinceBegan(), line);
    }

    /** Says it unless something was said in the last two seconds. */
    public void tick(String line) {
        if (System.nanoTime() - lastTick > TICK.toNanos()) {
            lastTick = System.nanoTime();
            say(line);
        }
    }

    /** Ends the last stage; seconds by stage, and in total. */
    public Map<String, Double> end() {
        endStage();
        seconds.put("total", rounded(sinceBegan()));
        return Collections.unmodifiableMap(seconds);
    }

    private void endStage() {
        if (!stage.isEmpty()) {
            seconds.put(stage, rounded((System.nanoTime() - stageBegan) / 1e9));
            stage = "";
        }
    }

    private double sinceBegan() {
        return (System.nanoTime() - began) / 1e9;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
