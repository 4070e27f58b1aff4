package vn.dvhc.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One service in a JVM of its own, forked from its fast-jar; can be killed and started again with the same settings. */
public final class ServiceProcess {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\"\\s*:\\s*(\\d+)");
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Service service;
    private final int port;
    private final Path logFile;
    private final PidFile pidFile;
    private final List<String> command;
    private final Map<String, String> environment;
    private @Nullable ProcessHandle process;

    ServiceProcess(
            Service service,
            int port,
            Path logFile,
            PidFile pidFile,
            List<String> command,
            Map<String, String> environment) {
        this.service = service;
        this.port = port;
        this.logFile = logFile;
        this.pidFile = pidFile;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
    }

    /** Forks the JVM; its output is appended to {@link #logFile}. Does not wait. */
    public synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException(service.module() + " runs already");
        }
        try {
            Files.createDirectories(logFile.toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
            builder.environment().putAll(environment);
            ProcessHandle forked = builder.start().toHandle();
            pidFile.write(forked);
            process = forked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process listens and is alive, ready or not: {@code /q/health/live}. */
    public void awaitLive(Duration limit) {
        await("/q/health/live", limit);
    }

    /** Waits until {@code /q/health/ready} says yes; fails with the end of the log if the process ends or the time is over. */
    public void awaitReady(Duration limit) {
        await("/q/health/ready", limit);
    }

    private void await(String path, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        String last = "no answer";
        while (true) {
            try {
                HttpResponse<String> answer = get(url() + path);
                if (answer.statusCode() == 200) {
                    return;
                }
                last = answer.statusCode() + " " + answer.body();
            } catch (IOException e) {
                last = "no answer";
            }
            boolean alive = isAlive();
            if (!alive || System.nanoTime() > deadline) {
                throw new IllegalStateException(service.module()
                        + (alive
                                ? " is not ready after " + limit.toSeconds() + " s: " + last
                                : " ended while it started")
                        + "; the end of " + logFile + ":\n" + LogTail.lastLines(logFile, 30));
            }
            sleep();
        }
    }

    /** The sequence of the last change that the service tells in its readiness; -1 if it tells none. */
    long enactedSequence() {
        try {
            Matcher sequence = SEQUENCE.matcher(get(url() + "/q/health/ready").body());
            return sequence.find() ? Long.parseLong(sequence.group(1)) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    static boolean isReady(String url) {
        try {
            return get(url + "/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpResponse<String> get(String url) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a service started", e);
        }
    }

    static void sleep() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a service started", e);
        }
    }

    /** Ends it as a power failure would. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            PidFile.awaitEnd(process, Duration.ofSeconds(10));
            pidFile.delete();
        }
    }

    /** SIGTERM, and SIGKILL if that takes more than 20 s. */
    public synchronized void stop() {
        if (process != null) {
            PidFile.end(process, STOP_LIMIT);
            pidFile.delete();
        }
    }

    public synchronized boolean isAlive() {
        return process != null && PidFile.runs(process);
    }

    /** The process id; an error if it was never started. */
    public synchronized long pid() {
        if (process == null) {
            throw new IllegalStateException(service.module() + " was not started");
        }
        return process.pid();
    }

    public Service service() {
        return service;
    }

    /** {@code http://127.0.0.1:8081}. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public Path logFile() {
        return logFile;
    }
}
