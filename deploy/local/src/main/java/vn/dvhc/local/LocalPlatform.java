package vn.dvhc.local;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.dvhc.local.engine.ConnectWorker;
import vn.dvhc.local.engine.DataFolder;
import vn.dvhc.local.engine.KafkaBroker;
import vn.dvhc.local.engine.KeycloakServer;
import vn.dvhc.local.engine.Part;
import vn.dvhc.local.engine.PostgresServer;

/**
 * The platform's main class: starts every part, writes {@code platform.properties} when all are ready, and stays until it is
 * told to end. Other JVMs use {@link PlatformProcess}; this is the only class here that needs more than the JDK.
 *
 * <p>Keycloak is slow and depends on nothing, so it starts first and is waited for last.
 */
public final class LocalPlatform {

    /** Topics that are somebody's memory: the whole order of changes is read again from their start. */
    static final List<String> EVERLASTING_TOPICS = List.of("unit-changes.v1", "locality-assignments.v1");

    private static final Logger log = LoggerFactory.getLogger(LocalPlatform.class);
    private static final Duration STOP_LIMIT_A_PART = Duration.ofSeconds(25);

    private final PlatformOptions options;
    private final Path root;
    private final PrintStream out;
    private final long began = System.nanoTime();
    private final Deque<NamedPart> started = new ArrayDeque<>();
    private final Set<Integer> taken = new HashSet<>();
    private boolean stopping;

    private record NamedPart(String name, Part part) {}

    private LocalPlatform(PlatformOptions options, Path root, PrintStream out) {
        this.options = options;
        this.root = root;
        this.out = out;
    }

    /** Runs the platform until SIGTERM, or until the process given as {@code --parent-pid} ends. */
    public static void main(String[] arguments) {
        PlatformOptions options;
        try {
            options = PlatformOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        options.parentPid().ifPresent(LocalPlatform::endWith);
        LocalPlatform platform = new LocalPlatform(options, ProjectRoot.find(), System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(platform::stop, "stop"));
        try {
            platform.start();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            log.error("the platform could not start", e);
            platform.say("failed: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void endWith(long parentPid) {
        Optional<ProcessHandle> parent = ProcessHandle.of(parentPid);
        if (parent.isEmpty()) {
            System.err.println("the parent process " + parentPid + " has already ended");
            System.exit(1);
        }
        parent.get().onExit().thenRun(() -> System.exit(0));
    }

    private void start() throws IOException, InterruptedException {
        Path dir = options.dir();
        Files.createDirectories(dir.resolve("log"));
        reapLeftovers();
        lock();
        new PidFile(dir.resolve(PlatformProcess.PID)).write(ProcessHandle.current());
        if (options.fresh()) {
            DataFolder.clear(dir);
        }
        Path cache = DataFolder.cache(ProjectRoot.platform(root), dir);
        Properties last = lastPorts();
        Map<PlatformOptions.Part, Integer> ports = ports(last);
        int controllerPort = port(0, last, "controller");
        store(dir.resolve("ports.properties"), last);

        ExecutorService background = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "start");
            thread.setDaemon(true);
            return thread;
        });
        Properties ready = new Properties();
        ready.setProperty("platform.pid", Long.toString(ProcessHandle.current().pid()));
        Integer keycloakPort = ports.get(PlatformOptions.Part.KEYCLOAK);
        @Nullable
        Future<KeycloakServer> keycloak =
                keycloakPort == null ? null : background.submit(() -> startKeycloak(cache, keycloakPort));
        Integer kafkaPort = ports.get(PlatformOptions.Part.KAFKA);
        @Nullable
        Future<KafkaBroker> kafka =
                kafkaPort == null ? null : background.submit(() -> startKafka(kafkaPort, controllerPort));
        Integer postgresPort = ports.get(PlatformOptions.Part.POSTGRES);
        if (postgresPort != null) {
            PostgresServer postgres = startPostgres(cache, postgresPort);
            ready.setProperty("postgres.pid", Long.toString(postgres.pid()));
            ready.setProperty("postgres.port", Integer.toString(postgresPort));
        }
        if (kafka != null) {
            ready.setProperty("kafka.bootstrap", await(kafka).bootstrap());
        }
        Integer connectPort = ports.get(PlatformOptions.Part.CONNECT);
        if (connectPort != null) {
            String broker = options.broker().orElseGet(() -> ready.getProperty("kafka.bootstrap"));
            timed("Kafka Connect", () -> ConnectWorker.start(broker, connectPort));
            ready.setProperty("connect.url", "http://127.0.0.1:" + connectPort);
        }
        background.shutdown();
        if (keycloak != null) {
            KeycloakServer server = await(keycloak);
            ready.setProperty("keycloak.url", server.url());
            ready.setProperty("keycloak.pid", Long.toString(server.pid()));
        }
        store(dir.resolve(PlatformProcess.PROPERTIES), ready);
        say("platform ready");
    }

    private PostgresServer startPostgres(Path cache, int port) throws IOException, InterruptedException {
        Path dir = options.dir();
        PostgresServer server = timed(
                "PostgreSQL",
                () -> PostgresServer.start(cache, dir.resolve("postgres"), port, dir.resolve("log/postgres.log")));
        Databases databases = new Databases(port);
        Path sql = root.resolve("deploy/connectors/sql");
        databases.run("postgres", sql.resolve("roles.sql"));
        databases.create("registry", Account.REGISTRY);
        databases.create("gateway", Account.GATEWAY);
        databases.create("national", Account.SYNC);
        databases.run("national", sql.resolve("replication-origin.sql"));
        return server;
    }

    private KafkaBroker startKafka(int port, int controllerPort) throws IOException, InterruptedException {
        KafkaBroker broker = timed(
                "Kafka",
                () -> KafkaBroker.start(options.dir().resolve("kafka"), port, controllerPort, options.detour()));
        broker.createEverlastingTopics(EVERLASTING_TOPICS);
        return broker;
    }

    private KeycloakServer startKeycloak(Path cache, int port) throws IOException, InterruptedException {
        Path dir = options.dir();
        Path archive = keycloakArchive(ProjectRoot.platform(root));
        return timed("Keycloak", () -> {
            KeycloakServer server = KeycloakServer.start(
                    cache,
                    archive,
                    root.resolve("deploy/keycloak"),
                    dir.resolve("keycloak"),
                    port,
                    options.gatewayPort(),
                    new PidFile(dir.resolve(PlatformProcess.KEYCLOAK_PID)),
                    dir.resolve("log/keycloak.log"));
            register("Keycloak", server);
            server.awaitReady("dvhc");
            return server;
        });
    }

    private static Path keycloakArchive(Path platform) throws IOException {
        try (var archives = Files.newDirectoryStream(platform, "keycloak-*.tar.gz")) {
            for (Path archive : archives) {
                return archive;
            }
        }
        throw new IOException("no Keycloak in " + platform + ": build deploy/local, or start without it");
    }

    private <T extends Part> T timed(String name, Callable<T> starting) throws IOException, InterruptedException {
        long before = System.nanoTime();
        try {
            T part = starting.call();
            register(name, part);
            say(String.format("%-14s %5.1f s", name, (System.nanoTime() - before) / 1e9));
            return part;
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(name + " did not start", e);
        }
    }

    /** A part that comes up while the platform already stops is stopped at once. */
    private synchronized void register(String name, Part part) {
        if (stopping) {
            part.stop();
        } else if (started.stream().noneMatch(known -> known.part() == part)) {
            started.push(new NamedPart(name, part));
        }
    }

    private static <T> T await(Future<T> starting) throws IOException, InterruptedException {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        }
    }

    private void reapLeftovers() throws IOException {
        Path dir = options.dir();
        Files.deleteIfExists(dir.resolve(PlatformProcess.PROPERTIES));
        if (PlatformProcess.reap(dir)) {
            say("ended what an earlier run left running");
        }
    }

    /** Held until this JVM ends: two platforms never share a folder. */
    @SuppressWarnings("resource")
    private void lock() throws IOException {
        FileChannel channel = FileChannel.open(
                options.dir().resolve("platform.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null) {
            throw new IOException("another platform is starting in " + options.dir());
        }
    }

    private Properties lastPorts() throws IOException {
        Properties ports = new Properties();
        Path file = options.dir().resolve("ports.properties");
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                ports.load(reader);
            }
        }
        return ports;
    }

    /** The ports of the parts that run here. */
    private Map<PlatformOptions.Part, Integer> ports(Properties last) throws IOException {
        Map<PlatformOptions.Part, Integer> wanted = Map.of(
                PlatformOptions.Part.POSTGRES, options.postgresPort(),
                PlatformOptions.Part.KAFKA, options.kafkaPort(),
                PlatformOptions.Part.CONNECT, options.connectPort(),
                PlatformOptions.Part.KEYCLOAK, options.keycloakPort());
        Map<PlatformOptions.Part, Integer> ports = new EnumMap<>(PlatformOptions.Part.class);
        for (PlatformOptions.Part part : options.parts().stream().sorted().toList()) {
            ports.put(part, port(wanted.getOrDefault(part, 0), last, part.name().toLowerCase(Locale.ROOT)));
        }
        return ports;
    }

    /** Connectors remember PostgreSQL's port: a restart on "any port" keeps the ports it had, if it can. */
    private int port(int wanted, Properties last, String name) throws IOException {
        int port = wanted;
        if (wanted == 0) {
            int before = Integer.parseInt(last.getProperty(name, "0"));
            port = before != 0 && !taken.contains(before) && isFree(before) ? before : freePort();
        } else if (!isFree(wanted)) {
            throw new IOException("port " + wanted + " (" + name + ") is in use");
        }
        taken.add(port);
        last.setProperty(name, Integer.toString(port));
        return port;
    }

    private int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (!taken.contains(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void store(Path file, Properties properties) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try (var writer = Files.newBufferedWriter(draft)) {
            properties.store(writer, null);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void say(String line) {
        out.printf("%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, line);
    }

    /** The last that started goes first; a part that does not end in time is left to the next start. */
    private void stop() {
        Deque<NamedPart> parts;
        synchronized (this) {
            stopping = true;
            parts = new ArrayDeque<>(started);
        }
        for (NamedPart part : parts) {
            ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "stop " + part.name());
                thread.setDaemon(true);
                return thread;
            });
            long before = System.nanoTime();
            try {
                worker.submit(part.part()::stop).get(STOP_LIMIT_A_PART.toMillis(), TimeUnit.MILLISECONDS);
                say(String.format("%s stopped in %.1f s", part.name(), (System.nanoTime() - before) / 1e9));
            } catch (TimeoutException | ExecutionException e) {
                log.warn("{} did not stop", part.name(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        try {
            Files.deleteIfExists(options.dir().resolve(PlatformProcess.PROPERTIES));
            new PidFile(options.dir().resolve(PlatformProcess.PID)).delete();
        } catch (IOException e) {
            log.warn("the platform's files could not be removed", e);
        }
    }
}
