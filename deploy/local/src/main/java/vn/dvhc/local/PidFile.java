package vn.dvhc.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers a process we started, so that a later run can end it. Process ids are reused: beside the id the file holds the
 * moment the process began, and a process that began at another moment is never touched.
 */
public final class PidFile {

    /** The kernel derives start times from its clock ticks and the wall clock, which may be stepped. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final Path file;

    public PidFile(Path file) {
        this.file = file;
    }

    /** Writes the file in one step. */
    public void write(ProcessHandle process) {
        Instant began = process.info().startInstant().orElse(Instant.now());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(draft, process.pid() + "\n" + began + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process of this file if it still runs and is the one that was written down. */
    public Optional<ProcessHandle> running() {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (lines.size() < 2) {
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.get(0));
        Instant began = Instant.parse(lines.get(1));
        return ProcessHandle.of(pid)
                .filter(PidFile::runs)
                .filter(process -> process.info()
                        .startInstant()
                        .map(at -> Duration.between(began, at).abs().compareTo(TOLERANCE) <= 0)
                        .orElse(false));
    }

    /** Ends the process if it is still ours: politely, then by force. Removes the file. */
    public boolean reap(Duration patience) {
        Optional<ProcessHandle> process = running();
        process.ifPresent(p -> end(p, patience));
        delete();
        return process.isPresent();
    }

    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, a bounded wait, SIGKILL, a bounded wait. */
    public static void end(ProcessHandle process, Duration patience) {
        process.destroy();
        if (!awaitEnd(process, patience)) {
            process.destroyForcibly();
            awaitEnd(process, Duration.ofSeconds(10));
        }
    }

    static boolean awaitEnd(ProcessHandle process, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (runs(process)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** A process that has ended stays in the table until its parent asks; in a container often nobody does. */
    static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
