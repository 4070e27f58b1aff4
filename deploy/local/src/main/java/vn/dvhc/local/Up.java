package vn.dvhc.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The main class of {@code deploy/up}: starts the platform and the services, waits until all are ready, says where they are
 * and leaves them running. Started again it finds them, or starts them on the data they left.
 */
public final class Up {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Path dir;
    private final boolean fresh;
    private final Ports ports;
    private final PrintStream out;
    private final long began = System.nanoTime();

    private Up(Path dir, boolean fresh, Ports ports, PrintStream out) {
        this.dir = dir;
        this.fresh = fresh;
        this.ports = ports;
        this.out = out;
    }

    /** {@code up [--fresh]}; ports from the environment, see {@link Ports#fromEnvironment}. */
    public static void main(String[] arguments) {
        Set<String> given = Set.copyOf(List.of(arguments));
        if (!Set.of("--fresh").containsAll(given)) {
            System.err.println("usage: deploy/up [--fresh]");
            System.exit(2);
        }
        try {
            Ports ports = Ports.fromEnvironment(System.getenv());
            new Up(folder(), given.contains("--fresh"), ports, System.out).run();
        } catch (RuntimeException e) {
            System.err.println("\nfailed: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Where {@code deploy/up} keeps its data: {@code DVHC_DATA}, else below {@code deploy/target}. */
    static Path folder() {
        String configured = System.getenv("DVHC_DATA");
        return configured == null || configured.isBlank()
                ? ProjectRoot.find().resolve("deploy/target/up")
                : Path.of(configured).toAbsolutePath().normalize();
    }

    static Path platformFolder(Path dir) {
        return dir.resolve("platform");
    }

    private void run() {
        Optional<PlatformProcess> running = fresh ? Optional.empty() : PlatformProcess.find(platformFolder(dir));
        if (running.isPresent() && Fleet.runsWhole(dir, ports)) {
            say("already running");
            printAddresses(running.get());
            return;
        }
        Fleet.requireBuilt();
        AtomicBoolean complete = new AtomicBoolean();
        // Ctrl-C or a failure half-way leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!complete.get()) {
                Down.stopAll(dir, line -> {});
            }
        }));
        Fleet.reap(dir, line -> say("left by an earlier run: " + line));
        PlatformOptions options = PlatformOptions.withDefaultPorts(platformFolder(dir))
                .withPorts(ports)
                .withFresh(fresh);
        PlatformProcess platform = PlatformProcess.start(options, line -> out.println("  " + line));
        Fleet fleet = new Fleet(dir, ports, platform);
        for (Service service : Service.values()) {
            fleet.start(service);
        }
        fleet.service(Service.REGISTRY).awaitLive(START_LIMIT);
        fleet.registerOutbox();
        say("registry live, its outbox is captured");
        for (Service service : Service.values()) {
            fleet.service(service).awaitReady(START_LIMIT);
            say(service.module() + " ready");
        }
        fleet.awaitSameSequence(START_LIMIT);
        complete.set(true);
        printAddresses(platform);
    }

    private void printAddresses(PlatformProcess platform) {
        out.println();
        out.println("gateway     http://127.0.0.1:" + ports.gateway());
        out.println("registry    http://127.0.0.1:" + ports.registry());
        out.println("history     http://127.0.0.1:" + ports.history());
        out.println("sync        http://127.0.0.1:" + ports.sync());
        out.println("Keycloak    " + platform.keycloakUrl() + " (realm dvhc)");
        out.println("Connect     " + platform.connectUrl());
        out.println("Kafka       " + platform.kafkaBootstrap());
        out.println("PostgreSQL  127.0.0.1:" + platform.postgresPort());
        out.println("logs        " + dir.resolve("log"));
        out.println("stop with   deploy/down");
    }

    private void say(String line) {
        out.printf("%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, line);
    }
}
