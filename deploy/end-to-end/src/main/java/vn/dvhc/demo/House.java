package vn.dvhc.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.store.Database;
import vn.dvhc.local.Account;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.Service;
import vn.dvhc.time.BusinessClock;

/** Everything that runs: the platform, the four services and the clock they share. */
public final class House implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final Path clock;
    private final PlatformProcess platform;
    private final Servers servers;
    private final Fleet fleet;

    private House(Path clock, PlatformProcess platform, Servers servers, Fleet fleet) {
        this.clock = clock;
        this.platform = platform;
        this.servers = servers;
        this.fleet = fleet;
    }

    /**
     * What a house is to be like.
     *
     * @param dir everything it writes lives below it
     * @param keep whether it outlives this process
     * @param freePorts any free ports instead of the usual ones
     * @param platformHeap the largest heap of Kafka and Kafka Connect together, as Java writes it: {@code 1g}
     * @param databases owners' databases by name, each with its tier
     * @param servers how many PostgreSQL servers the owners' databases are spread over; 0: they lie on the platform's
     * @param sync environment variables of sync-service besides the usual ones
     */
    public record Design(
            Path dir,
            boolean keep,
            boolean freePorts,
            String platformHeap,
            Map<String, String> databases,
            int servers,
            Map<String, String> sync) {}

    static House start(Options options, Instant now, Consumer<String> progress) throws IOException {
        Map<String, String> databases = new LinkedHashMap<>();
        for (String province : Reform.PROVINCES) {
            for (Dataset dataset : Dataset.values()) {
                databases.put(dataset.database(province), dataset.tier());
            }
        }
        // Small batches, so that there is a middle to be killed in.
        Map<String, String> sync = options.killSync()
                ? Map.of("DVHC_SYNC_HANDOVER_BATCH", Integer.toString(Math.max(20, options.records() / 200)))
                : Map.of();
        return start(
                new Design(
                        options.dir(),
                        options.keep(),
                        options.freePorts(),
                        PlatformProcess.USUAL_HEAP,
                        databases,
                        0,
                        sync),
                now,
                progress);
    }

    /** Starts everything anew, the clock at {@code now}; ends what an earlier run left in the folder. */
    public static House start(Design design, Instant now, Consumer<String> progress) throws IOException {
        Path dir = design.dir();
        Fleet.reap(dir);
        PlatformProcess.find(dir.resolve("platform")).ifPresent(PlatformProcess::close);
        Servers.reap(dir);
        Files.createDirectories(dir);
        deleteLogs(dir.resolve("log"));
        Path clock = dir.resolve("clock");
        BusinessClock.set(clock, now);

        Ports ports = ports(design.freePorts());
        PlatformOptions platformOptions = PlatformOptions.withDefaultPorts(dir.resolve("platform"))
                .withPorts(ports)
                .withFresh(true);
        PlatformProcess platform = PlatformProcess.start(
                design.keep()
                        ? platformOptions
                        : platformOptions.withParent(
                                OptionalLong.of(ProcessHandle.current().pid())),
                design.platformHeap(),
                progress);
        Fleet fleet = new Fleet(dir, ports, platform).setAll("DVHC_CLOCK_FILE", clock.toString());
        design.sync().forEach((name, value) -> fleet.set(Service.SYNC, name, value));
        try {
            House house = new House(clock, platform, Servers.start(design, platform, progress), fleet);
            try {
                house.startServices(design.databases(), progress);
            } catch (RuntimeException failed) {
                house.close();
                throw failed;
            }
            return house;
        } catch (RuntimeException | IOException failed) {
            platform.close();
            throw failed;
        }
    }

    private void startServices(Map<String, String> names, Consumer<String> progress) {
        names.forEach((name, tier) -> {
            servers.create(name, tier);
            progress.accept("database made: " + name);
        });
        for (Service service : Service.values()) {
            fleet.start(service);
        }
        fleet.service(Service.REGISTRY).awaitLive(START_LIMIT);
        fleet.registerOutbox();
        for (Service service : Service.values()) {
            fleet.service(service).awaitReady(START_LIMIT);
            progress.accept(service.module() + " is ready at " + fleet.url(service));
        }
    }

    /** A database as sync-service reaches it. */
    public String addressOf(String database) {
        return servers.of(database).database(database);
    }

    public void setClock(Instant now) throws IOException {
        BusinessClock.set(clock, now);
    }

    /** As an administrator sees it. */
    public Database database(String name) {
        return database(name, Account.POSTGRES);
    }

    /** As the owner's own programs see it. */
    public Database databaseOfApplication(String name) {
        return database(name, Account.APP);
    }

    private Database database(String name, Account account) {
        return new Database(name, servers.of(name).jdbcUrl(name), account.user(), account.password());
    }

    public URI gateway() {
        return URI.create(fleet.url(Service.GATEWAY));
    }

    public String issuer() {
        return platform.oidcUrl();
    }

    public String kafka() {
        return platform.kafkaBootstrap();
    }

    /** SIGKILL, and a new start at once. */
    void killAndRestartSync() {
        fleet.service(Service.SYNC).kill();
        fleet.service(Service.SYNC).start();
    }

    /** The largest memory that each JVM of the house has had, in megabytes; PostgreSQL is not among them. */
    public Map<String, Long> peakMegabytes() {
        Map<String, Long> peaks = new LinkedHashMap<>();
        peaks.put("platform", peakMegabytes(platform.pid()));
        for (Service service : Service.values()) {
            peaks.put(service.module(), peakMegabytes(fleet.service(service).pid()));
        }
        return peaks;
    }

    private static long peakMegabytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    public List<String> addresses() {
        return List.of(
                "gateway     " + fleet.url(Service.GATEWAY),
                "registry    " + fleet.url(Service.REGISTRY),
                "history     " + fleet.url(Service.HISTORY),
                "sync        " + fleet.url(Service.SYNC),
                "Keycloak    " + platform.keycloakUrl(),
                "Connect     " + platform.connectUrl(),
                "Kafka       " + platform.kafkaBootstrap(),
                "PostgreSQL  127.0.0.1:" + platform.postgresPort());
    }

    /** Stops everything, the last first. */
    @Override
    public void close() {
        fleet.close();
        platform.close();
        servers.close();
    }

    /** The usual ports if all are free, so that addresses can be remembered. */
    private static Ports ports(boolean anyFree) {
        Ports usual = Ports.fromEnvironment(System.getenv());
        boolean free = List.of(
                        usual.gateway(),
                        usual.registry(),
                        usual.history(),
                        usual.sync(),
                        usual.postgres(),
                        usual.kafka(),
                        usual.connect(),
                        usual.keycloak())
                .stream()
                .allMatch(House::isFree);
        return free && !anyFree ? usual : Ports.free();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException taken) {
            return false;
        }
    }

    private static void deleteLogs(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }
}
