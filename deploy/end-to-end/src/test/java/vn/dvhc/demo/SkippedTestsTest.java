package vn.dvhc.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkippedTestsTest {

    private static final String NOTE =
            "SKIPPED LookupPageIT: no Chromium on this machine. To run it: apt-get install -y chromium\n";

    @TempDir
    Path folder;

    @Test
    void saysItOnceMoreAsTheLastLine_whenTestsWereSkipped() throws Exception {
        Path noted = Files.writeString(folder.resolve("skipped.txt"), NOTE);

        assertThat(said(noted)).endsWith("said before\n" + NOTE);
        assertThat(noted).as("said once").doesNotExist();
        assertThat(said(noted)).isEqualTo("said before\n");
    }

    /** All that a JVM of its own says, in which something else is said after it was told. */
    private static String said(Path noted) throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Teller.class.getName(),
                        noted.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(java.exitValue()).isZero();
        return said;
    }

    /** Does as Maven does: runs the last step in a group of threads, and goes on talking. */
    static final class Teller {

        private Teller() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            ThreadGroup group = new ThreadGroup("step");
            Thread step = new Thread(group, () -> {
                try {
                    SkippedTests.main(arguments);
                } catch (IOException broken) {
                    throw new java.io.UncheckedIOException(broken);
                }
            });
            step.start();
            step.join();
            System.out.println("said before");
        }
    }
}
