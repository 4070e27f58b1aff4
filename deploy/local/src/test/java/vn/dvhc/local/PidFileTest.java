package vn.dvhc.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    @TempDir
    Path dir;

    private Process process;

    @BeforeEach
    void startProcess() throws IOException {
        process = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void endProcess() {
        process.destroyForcibly();
    }

    @Test
    void reap_whenTheProcessIsOurs_endsIt() throws Exception {
        // Given
        PidFile file = new PidFile(dir.resolve("a.pid"));
        file.write(process.toHandle());

        // When
        boolean reaped = new PidFile(dir.resolve("a.pid")).reap(Duration.ofSeconds(5));

        // Then
        assertThat(reaped).isTrue();
        assertThat(process.waitFor()).isNotZero();
        assertThat(dir.resolve("a.pid")).doesNotExist();
    }

    @Test
    void reap_whenTheIdNowBelongsToAnother_leavesItAlone() throws Exception {
        Files.writeString(
                dir.resolve("a.pid"), process.pid() + "\n" + Instant.now().minusSeconds(60) + "\n");

        boolean reaped = new PidFile(dir.resolve("a.pid")).reap(Duration.ofSeconds(5));

        assertThat(reaped).isFalse();
        assertThat(process.isAlive()).isTrue();
    }

    /** A shell that never asks how its child ended. */
    @Test
    void reap_whenOnlyTheTableStillKnowsTheProcess_doesNotWait() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & echo $!; exec sleep 60").start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine());
            ProcessHandle zombie = ProcessHandle.of(child).orElseThrow();
            PidFile file = new PidFile(dir.resolve("a.pid"));
            file.write(zombie);
            assertThat(PidFile.awaitEnd(zombie, Duration.ofSeconds(10))).isTrue();

            assertThat(file.running()).isEmpty();
            assertThat(file.reap(Duration.ofSeconds(10))).isFalse();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void reap_whenThereIsNothing_doesNothing() throws Exception {
        Files.writeString(dir.resolve("half.pid"), "123");

        assertThat(new PidFile(dir.resolve("none.pid")).reap(Duration.ZERO)).isFalse();
        assertThat(new PidFile(dir.resolve("half.pid")).reap(Duration.ZERO)).isFalse();
    }

    @Test
    void postmaster_whenTheIdNowBelongsToAnother_leavesItAlone() throws Exception {
        Files.writeString(dir.resolve("postmaster.pid"), process.pid() + "\n" + dir + "\n");

        assertThat(new Postmaster(dir).kill()).isFalse();
        assertThat(process.isAlive()).isTrue();
    }
}
