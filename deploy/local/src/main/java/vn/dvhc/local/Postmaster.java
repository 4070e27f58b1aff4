package vn.dvhc.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** PostgreSQL's main process on a data folder, as told by the {@code postmaster.pid} it writes there itself. */
public final class Postmaster {

    private final Path data;

    public Postmaster(Path data) {
        this.data = data;
    }

    /** The process, told from a stranger with the same id by its command line. */
    public Optional<ProcessHandle> running() {
        Path pidFile = data.resolve("postmaster.pid");
        try {
            if (!Files.exists(pidFile)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(pidFile);
            if (lines.isEmpty() || !lines.get(0).matches("\\d+")) {
                return Optional.empty();
            }
            return ProcessHandle.of(Long.parseLong(lines.get(0))).filter(this::serves);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean serves(ProcessHandle process) {
        try {
            String commandLine = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            List<String> words = List.of(commandLine.split("\0", -1));
            return words.get(0).endsWith("/bin/postgres")
                    && (words.contains(data.toString())
                            || words.contains(data.toRealPath().toString()));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Ends the server at once; it recovers at its next start. SIGTERM would wait until clients leave, and nothing worth waiting
     * for is connected to an orphan.
     */
    public boolean kill() {
        Optional<ProcessHandle> server = running();
        server.ifPresent(process -> {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            children.forEach(child -> PidFile.awaitEnd(child, Duration.ofSeconds(10)));
            PidFile.awaitEnd(process, Duration.ofSeconds(10));
            try {
                Files.deleteIfExists(data.resolve("postmaster.pid"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return server.isPresent();
    }
}
