package vn.dvhc.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The four services on one platform.
 *
 * <pre>{@code
 * Fleet.reap(dir);                                       // what a killed run left
 * Fleet fleet = new Fleet(dir, ports, platform);
 * fleet.setAll("DVHC_CLOCK_FILE", clock);
 * fleet.start(Service.REGISTRY).awaitLive(Duration.ofSeconds(60));
 * fleet.registerOutbox();
 * fleet.start(Service.SYNC);
 * fleet.service(Service.SYNC).kill();                    // and .start() again
 * fleet.close();
 * }</pre>
 *
 * <p>Logs are {@code DIR/log/<module>.log}, pid files {@code DIR/pid/<module>.pid}.
 */
public final class Fleet implements AutoCloseable {

    static final String OUTBOX_CONNECTOR = "registry-outbox";

    /** For local development only, like the passwords of {@link Account}; a deployment has its own. */
    private static final String LOCAL_SECRET_KEY = "bG9jYWwtZGV2ZWxvcG1lbnQtc2VjcmV0LWtleS0wMDE=";

    private final Path dir;
    private final Ports ports;
    private final PlatformAddresses platform;
    private final Path root = ProjectRoot.find();
    private final Map<Service, Map<String, String>> settings = new EnumMap<>(Service.class);
    private final Map<Service, ServiceProcess> processes = new EnumMap<>(Service.class);

    /**
     * @param dir where logs and pid files go
     * @param ports of the services; those of the platform are asked of {@code platform}
     */
    public Fleet(Path dir, Ports ports, PlatformProcess platform) {
        this(dir, ports, platform.addresses());
    }

    /** A fleet on a platform that may be spread over several JVMs. */
    public Fleet(Path dir, Ports ports, PlatformAddresses platform) {
        this.dir = dir.toAbsolutePath().normalize();
        this.ports = ports;
        this.platform = platform;
    }

    /** Adds or overrides an environment variable of one service that is not started yet. */
    public Fleet set(Service service, String name, String value) {
        if (processes.containsKey(service)) {
            throw new IllegalStateException(service.module() + " has been started: too late for " + name);
        }
        settings.computeIfAbsent(service, s -> new HashMap<>()).put(name, value);
        return this;
    }

    /** Adds or overrides an environment variable of all services. */
    public Fleet setAll(String name, String value) {
        for (Service service : Service.values()) {
            set(service, name, value);
        }
        return this;
    }

    /** Forks the service; does not wait. */
    public ServiceProcess start(Service service) {
        ServiceProcess process = new ServiceProcess(
                service,
                service.port(ports),
                dir.resolve("log/" + service.module() + ".log"),
                pidFile(dir, service),
                command(service),
                environment(service));
        process.start();
        processes.put(service, process);
        return process;
    }

    /** A service that was started. */
    public ServiceProcess service(Service service) {
        return Optional.ofNullable(processes.get(service))
                .orElseThrow(() -> new IllegalStateException(service.module() + " was not started"));
    }

    public String url(Service service) {
        return "http://127.0.0.1:" + service.port(ports);
    }

    /** Waits until all that were started are ready. */
    public void awaitReady(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        processes
                .values()
                .forEach(process -> process.awaitReady(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }

    /**
     * Starts the capture of the registry's outbox; repeating it changes nothing. The registry must be live: its migrations
     * create the table.
     */
    public void registerOutbox() {
        ConnectClient connect = platform.connect();
        connect.register(
                OUTBOX_CONNECTOR,
                root.resolve("deploy/connectors/registry-outbox.json"),
                source(OUTBOX_CONNECTOR, "registry"));
        connect.awaitRunning(OUTBOX_CONNECTOR, Duration.ofSeconds(60));
    }

    /**
     * Waits until history knows what the registry has enacted: a service that started before there was a first change is ready
     * with an empty memory.
     */
    public void awaitSameSequence(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        ServiceProcess registry = service(Service.REGISTRY);
        ServiceProcess history = service(Service.HISTORY);
        while (registry.enactedSequence() > history.enactedSequence()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("after " + limit.toSeconds() + " s history knows changes up to "
                        + history.enactedSequence() + ", the registry has enacted " + registry.enactedSequence()
                        + "; see the connector " + OUTBOX_CONNECTOR + " and " + history.logFile());
            }
            ServiceProcess.sleep();
        }
    }

    private Map<String, String> source(String source, String database) {
        return Map.of(
                "source",
                source,
                "database.host",
                "127.0.0.1",
                "database.port",
                Integer.toString(platform.postgresPort()),
                "database.name",
                database,
                "database.user",
                Account.CAPTURE.user(),
                "database.password",
                Account.CAPTURE.password());
    }

    /** Ends services of an earlier run in this folder, last first, and answers how many there were. */
    public static int reap(Path dir) {
        return reap(dir, line -> {});
    }

    static int reap(Path dir, Consumer<String> progress) {
        List<Service> services = new ArrayList<>(List.of(Service.values()));
        Collections.reverse(services);
        int count = 0;
        for (Service service : services) {
            long before = System.nanoTime();
            if (pidFile(dir.toAbsolutePath().normalize(), service).reap(Duration.ofSeconds(20))) {
                count++;
                progress.accept(
                        String.format("%-22s stopped in %.1f s", service.module(), (System.nanoTime() - before) / 1e9));
            }
        }
        return count;
    }

    /** Whether all four services of this folder run and are ready. */
    static boolean runsWhole(Path dir, Ports ports) {
        return Arrays.stream(Service.values())
                .allMatch(service -> pidFile(dir.toAbsolutePath().normalize(), service)
                                .running()
                                .isPresent()
                        && ServiceProcess.isReady("http://127.0.0.1:" + service.port(ports)));
    }

    /** Stops the services in reverse order; the platform stays. */
    @Override
    public void close() {
        List<ServiceProcess> running = new ArrayList<>(processes.values());
        Collections.reverse(running);
        running.forEach(ServiceProcess::stop);
    }

    private static PidFile pidFile(Path dir, Service service) {
        return new PidFile(dir.resolve("pid/" + service.module() + ".pid"));
    }

    /** Fails if a service is not built: better told before the platform starts than after. */
    public static void requireBuilt() {
        for (Service service : Service.values()) {
            if (!Files.exists(jar(service))) {
                throw new IllegalStateException(jar(service) + " is not built; run: mvn -q -B -DskipTests package");
            }
        }
    }

    private static Path jar(Service service) {
        return ProjectRoot.find().resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    private static List<String> command(Service service) {
        List<String> command = new ArrayList<>(List.of(PlatformProcess.javaCommand(), "-Xms64m"));
        command.addAll(service.memory());
        command.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-jar",
                jar(service).toString()));
        return command;
    }

    Map<String, String> environment(Service service) {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(service.port(ports)));
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("DVHC_ENVIRONMENT", "local");
        // No TLS on one machine; a house has to have it.
        environment.put("DVHC_GATEWAY_PLAIN_HTTP", "local");
        // glibc keeps what was freed for each core; two such stores are enough.
        environment.put("MALLOC_ARENA_MAX", "2");
        // Whoever waits for readiness asks often, and each "not yet" would be a line.
        environment.put("QUARKUS_LOG_CATEGORY__IO_SMALLRYE_HEALTH__LEVEL", "ERROR");
        environment.put("KAFKA_BOOTSTRAP_SERVERS", platform.kafkaBootstrap());
        environment.put("DVHC_REGISTRY_DB", platform.database("registry"));
        environment.put("DVHC_REGISTRY_DB_USER", Account.REGISTRY.user());
        environment.put("DVHC_REGISTRY_DB_PASSWORD", Account.REGISTRY.password());
        environment.put("DVHC_GATEWAY_DB", platform.database("gateway"));
        environment.put("DVHC_GATEWAY_DB_USER", Account.GATEWAY.user());
        environment.put("DVHC_GATEWAY_DB_PASSWORD", Account.GATEWAY.password());
        environment.put("DVHC_GATEWAY_SECRET_KEY", LOCAL_SECRET_KEY);
        environment.put("DVHC_NATIONAL_DB", platform.database("national"));
        environment.put("DVHC_SYNC_DB_USER", Account.SYNC.user());
        environment.put("DVHC_SYNC_DB_PASSWORD", Account.SYNC.password());
        environment.put("DVHC_CAPTURE_DB_USER", Account.CAPTURE.user());
        environment.put("DVHC_CAPTURE_DB_PASSWORD", Account.CAPTURE.password());
        environment.put("DVHC_CONNECT_URL", platform.connectUrl());
        environment.put("DVHC_POSTGRES", "127.0.0.1:" + platform.postgresPort());
        environment.put(
                "DVHC_SYNC_CONFIG", root.resolve("deploy/sync/sources.yaml").toString());
        environment.put("DVHC_REGISTRY_URL", url(Service.REGISTRY));
        environment.put("DVHC_HISTORY_URL", url(Service.HISTORY));
        environment.put("DVHC_SYNC_URL", url(Service.SYNC));
        environment.put("DVHC_GATEWAY_URL", url(Service.GATEWAY));
        if (platform.hasKeycloak()) {
            environment.put("DVHC_OIDC_URL", platform.oidcUrl());
        }
        environment.putAll(settings.getOrDefault(service, Map.of()));
        return environment;
    }
}
