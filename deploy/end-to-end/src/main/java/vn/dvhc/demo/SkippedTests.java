package vn.dvhc.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Run by Maven in its own JVM after the tests: what they noted as skipped is said again when Maven ends, behind all it says
 * itself, where it is seen.
 */
public final class SkippedTests {

    private SkippedTests() {}

    /** @param arguments the file in which tests note, a line each, what was skipped and what is missing for it */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        if (!Files.exists(file)) {
            return;
        }
        byte[] text = Files.readAllBytes(file);
        Files.delete(file);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Runtime.getRuntime().addShutdownHook(new Thread(outermost(), () -> out.writeBytes(text), "skipped tests"));
    }

    /** The plugin that runs this destroys its own group of threads, and what waits in it never starts. */
    private static ThreadGroup outermost() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        return group;
    }
}
