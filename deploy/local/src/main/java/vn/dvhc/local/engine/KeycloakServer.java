package vn.dvhc.local.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import vn.dvhc.local.LogTail;
import vn.dvhc.local.PidFile;

/**
 * Keycloak in a JVM of its own, forked from the distribution that Maven brought.
 *
 * <p>The distribution is unpacked and its server built (20 to 40 s) once a checkout; each data folder then has a home of its
 * own that links to it. {@code kc.sh} is bypassed, so that the process id is the server's.
 */
public final class KeycloakServer implements Part {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(4);
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final Process process;
    private final PidFile pidFile;
    private final int port;
    private final Path logFile;

    private KeycloakServer(Process process, PidFile pidFile, int port, Path logFile) {
        this.process = process;
        this.pidFile = pidFile;
        this.port = port;
        this.logFile = logFile;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Forks the server; {@link #awaitReady} waits for it.
     *
     * @param archive the distribution as tar.gz
     * @param realms folder of realm files, imported where a realm does not exist yet
     * @param gatewayPort where the door is told of those who sign out
     */
    public static KeycloakServer start(
            Path cache,
            Path archive,
            Path realms,
            Path folder,
            int port,
            int gatewayPort,
            PidFile pidFile,
            Path logFile)
            throws IOException, InterruptedException {
        Path distribution = Archives.cached(
                cache,
                archive.getFileName().toString().replace(".tar.gz", ""),
                target -> build(archive, target, logFile));
        Path imports = folder.resolve("data/import");
        Files.createDirectories(imports);
        Files.createDirectories(folder.resolve("providers"));
        Files.createDirectories(folder.resolve("themes"));
        link(folder.resolve("lib"), distribution.resolve("lib"));
        link(folder.resolve("conf"), distribution.resolve("conf"));
        try (var files = Files.newDirectoryStream(realms, "*-realm.json")) {
            for (Path realm : files) {
                Files.copy(realm, imports.resolve(realm.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        List<String> command = java(folder, distribution);
        command.addAll(List.of(
                "start",
                "--optimized",
                "--import-realm",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=http://127.0.0.1:" + port,
                "--db-url=jdbc:h2:file:" + folder.resolve("data/h2/keycloak")
                        + ";NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                .redirectInput(Path.of("/dev/null").toFile());
        // The second realm of this server stands in for the national digital identity.
        builder.environment().put("DVHC_NATIONAL_ID_URL", "http://127.0.0.1:" + port + "/realms/national-id");
        builder.environment().put("DVHC_DOOR_URL", "http://127.0.0.1:" + gatewayPort);
        Process process = builder.start();
        pidFile.write(process.toHandle());
        return new KeycloakServer(process, pidFile, port, logFile);
    }

    /** Waits until the realm answers. */
    public void awaitReady(String realm) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url() + "/realms/" + realm + "/.well-known/openid-configuration"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            }
            Thread.sleep(100);
        }
        throw new IOException("Keycloak did not start on port " + port + "; the end of " + logFile + ":\n"
                + LogTail.lastLines(logFile, 15));
    }

    @Override
    public void stop() {
        PidFile.end(process.toHandle(), STOP_LIMIT);
        pidFile.delete();
    }

    private static void build(Path archive, Path target, Path logFile) throws IOException, InterruptedException {
        try (InputStream packed = Files.newInputStream(archive)) {
            Archives.untar(new GZIPInputStream(packed, 1 << 16), target, 1);
        }
        List<String> command = java(target, target);
        command.addAll(List.of("build", "--db=dev-file", "--health-enabled=false", "--metrics-enabled=false"));
        Command.run(command, logFile, BUILD_LIMIT);
    }

    private static List<String> java(Path home, Path distribution) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx400m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Djava.security.egd=file:/dev/urandom",
                "-Duser.language=en",
                "-Duser.country=US",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dpicocli.disable.closures=true",
                "-Dquarkus-log-max-startup-records=10000",
                "-cp",
                distribution.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }
}
