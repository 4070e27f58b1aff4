package vn.dvhc.local.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vn.dvhc.local.LogTail;

/** Runs a program to its end, its output going to a log. */
final class Command {

    private Command() {}

    /** Whether it ended with 0 within the bound; a program that does not end is killed. */
    static boolean succeeds(List<String> command, Path log, Duration limit) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    static void run(List<String> command, Path log, Duration limit) throws IOException, InterruptedException {
        if (!succeeds(command, log, limit)) {
            throw new IOException(
                    String.join(" ", command) + " failed; the end of " + log + ":\n" + LogTail.lastLines(log, 15));
        }
    }
}
