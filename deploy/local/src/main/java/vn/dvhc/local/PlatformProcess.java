package vn.dvhc.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A running platform, forked from this JVM or found in its folder.
 *
 * <pre>{@code
 * try (PlatformProcess platform = PlatformProcess.start(dir, Set.of(PlatformProcess.Option.WITHOUT_KEYCLOAK))) {
 *     platform.kafkaBootstrap();
 *     platform.database("registry");   // 127.0.0.1:41234/registry
 *     platform.connect().register(…);
 * }
 * }</pre>
 */
public final class PlatformProcess implements AutoCloseable {

    /** How {@link #start(Path, Set)} differs from a plain start. */
    public enum Option {
        /** Throw away what an earlier run left in the folder. */
        FRESH,
        /** Leave Keycloak out: some 10 to 20 s faster. */
        WITHOUT_KEYCLOAK
    }

    /** Enough for Kafka, Kafka Connect and some ten connectors. */
    public static final String USUAL_HEAP = "1g";

    static final String PROPERTIES = "platform.properties";
    static final String PID = "platform.pid";
    static final String KEYCLOAK_PID = "keycloak.pid";

    /** For local development only, like the passwords of {@link Account}; a deployment has its own. */
    private static final String LOCAL_PSEUDONYM_KEY = "local-development-pseudonym-key-of-32-bytes";

    /** The first start unpacks Keycloak and PostgreSQL and builds Keycloak's server. */
    private static final Duration START_LIMIT = Duration.ofMinutes(8);

    /** The platform gives itself 45 s to stop. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Path dir;
    private final ProcessHandle process;
    private final Properties properties;

    private PlatformProcess(Path dir, ProcessHandle process, Properties properties) {
        this.dir = dir;
        this.process = process;
        this.properties = properties;
    }

    /** For tests: free ports, silent, and ended with this JVM even if it is killed. */
    public static PlatformProcess start(Path dir, Set<Option> options) {
        return start(
                PlatformOptions.withFreePorts(dir)
                        .withFresh(options.contains(Option.FRESH))
                        .withKeycloak(!options.contains(Option.WITHOUT_KEYCLOAK))
                        .withParent(OptionalLong.of(ProcessHandle.current().pid())),
                line -> {});
    }

    /**
     * Forks the platform and waits until it is ready.
     *
     * @param progress gets each line the platform prints while it starts
     * @throws IllegalStateException with the end of the platform's log if it does not come up
     */
    public static PlatformProcess start(PlatformOptions options, Consumer<String> progress) {
        return start(options, USUAL_HEAP, progress);
    }

    /**
     * With a heap of that size at most, as Java writes it ({@code 3g}): many connectors need more than is usual.
     *
     * @throws IllegalStateException as above
     */
    public static PlatformProcess start(PlatformOptions options, String heap, Consumer<String> progress) {
        Path root = ProjectRoot.find();
        Path dir = options.dir();
        Path ready = dir.resolve(PROPERTIES);
        Path output = dir.resolve("log/platform.out");
        try {
            Files.createDirectories(output.getParent());
            Files.deleteIfExists(ready);
            Files.deleteIfExists(output);
            ProcessBuilder builder = new ProcessBuilder(command(root, options, heap));
            builder.environment().putIfAbsent("DVHC_PSEUDONYM_KEY", LOCAL_PSEUDONYM_KEY);
            Process process = builder.directory(dir.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            LogTail tail = new LogTail(output);
            long deadline = System.nanoTime() + START_LIMIT.toNanos();
            while (true) {
                tail.newLines().forEach(progress);
                Optional<Properties> properties = readProperties(dir, process.pid());
                if (properties.isPresent()) {
                    tail.newLines().forEach(progress);
                    return new PlatformProcess(dir, process.toHandle(), properties.get());
                }
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    PidFile.end(process.toHandle(), STOP_LIMIT);
                    throw new IllegalStateException("the platform did not start in " + dir + "; the end of " + output
                            + ":\n" + failure(LogTail.lastLines(output, 40)));
                }
                Thread.sleep(50);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the platform started", e);
        }
    }

    /** The platform that runs in this folder, if one does and is ready. */
    public static Optional<PlatformProcess> find(Path dir) {
        Path home = dir.toAbsolutePath().normalize();
        return new PidFile(home.resolve(PID))
                .running()
                .flatMap(process ->
                        readProperties(home, process.pid()).map(found -> new PlatformProcess(home, process, found)));
    }

    /** What the platform said from its failure on, if it said so; the rest the caller has seen as progress. */
    static String failure(String end) {
        int reason = end.indexOf("failed: ");
        return reason < 0 ? end : end.substring(reason);
    }

    /** Ends the platform that runs in this folder, and what a killed one left there: Keycloak and PostgreSQL. */
    public static boolean reap(Path dir) {
        Path home = dir.toAbsolutePath().normalize();
        boolean platform = new PidFile(home.resolve(PID)).reap(STOP_LIMIT);
        boolean keycloak = new PidFile(home.resolve(KEYCLOAK_PID)).reap(Duration.ofSeconds(10));
        boolean postgres = new Postmaster(home.resolve("postgres/data")).kill();
        return platform || keycloak || postgres;
    }

    /** Like {@link #reap} for each platform in a folder of its own below the given one, which may not exist. */
    public static boolean reapAll(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        boolean any = false;
        try (var folders = Files.newDirectoryStream(folder)) {
            for (Path dir : folders) {
                any |= reap(dir);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return any;
    }

    private static List<String> command(Path root, PlatformOptions options, String heap) {
        Path platform = ProjectRoot.platform(root);
        Path classes = platform.resolveSibling("classes");
        if (!Files.isDirectory(platform.resolve("lib")) || !Files.isDirectory(classes)) {
            throw new IllegalStateException(
                    platform + " is not built; run: mvn -q -B -DskipTests -pl deploy/local package");
        }
        List<String> command = new ArrayList<>(List.of(
                javaCommand(),
                "-Xms256m",
                "-Xmx" + heap,
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Ddvhc.root=" + root,
                "-Ddvhc.log=" + options.dir().resolve("log"),
                "-cp",
                classes + ":" + platform.resolve("lib") + "/*",
                "vn.dvhc.local.LocalPlatform"));
        command.addAll(options.toArguments());
        return command;
    }

    static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Optional<Properties> readProperties(Path dir, long pid) {
        Path file = dir.resolve(PROPERTIES);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(properties).filter(p -> Long.toString(pid).equals(p.getProperty("platform.pid")));
    }

    public Path dir() {
        return dir;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return PidFile.runs(process);
    }

    public int postgresPort() {
        return Integer.parseInt(property("postgres.port"));
    }

    /** A database as the services' settings name it: {@code 127.0.0.1:15432/registry}. */
    public String database(String name) {
        return "127.0.0.1:" + postgresPort() + "/" + name;
    }

    /** {@code jdbc:postgresql://127.0.0.1:15432/registry}. */
    public String jdbcUrl(String name) {
        return "jdbc:postgresql://" + database(name);
    }

    /** {@code 127.0.0.1:19092}. */
    public String kafkaBootstrap() {
        return property("kafka.bootstrap");
    }

    /** {@code http://127.0.0.1:18083}. */
    public String connectUrl() {
        return property("connect.url");
    }

    public ConnectClient connect() {
        return new ConnectClient(connectUrl());
    }

    /** {@code http://127.0.0.1:18180}; an error if the platform runs without Keycloak. */
    public String keycloakUrl() {
        return property("keycloak.url");
    }

    /** The issuer of the realm {@code dvhc}. */
    public String oidcUrl() {
        return keycloakUrl() + "/realms/dvhc";
    }

    public boolean hasKeycloak() {
        return properties.containsKey("keycloak.url");
    }

    private String property(String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalStateException(dir.resolve(PROPERTIES) + " has no " + key);
        }
        return value;
    }

    /** Of a platform that has at least PostgreSQL, Kafka and Connect. */
    public PlatformAddresses addresses() {
        return new PlatformAddresses(
                postgresPort(), kafkaBootstrap(), connectUrl(), hasKeycloak() ? keycloakUrl() : null);
    }

    /** PostgreSQL's main process, if it runs. */
    public Optional<ProcessHandle> postgres() {
        return new Postmaster(dir.resolve("postgres/data")).running();
    }

    /** Keycloak's process, if it runs. */
    public Optional<ProcessHandle> keycloak() {
        return new PidFile(dir.resolve(KEYCLOAK_PID)).running();
    }

    /** Kills the platform's JVM as a power failure would; PostgreSQL stays behind until the next start reaps it. */
    public void kill() {
        process.destroyForcibly();
        PidFile.awaitEnd(process, Duration.ofSeconds(10));
    }

    /** Stops everything in reverse order; bounded. */
    @Override
    public void close() {
        PidFile.end(process, STOP_LIMIT);
    }
}
