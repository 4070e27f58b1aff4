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
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.store.Database;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.Service;
import vn.dvhc.time.BusinessClock;

/** Everything that runs: the platform, the four services and the clock they share. */
final class House implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final Path clock;
    private final PlatformProcess platform;
    private final Fleet fleet;

    private House(Path clock, PlatformProcess platform, Fleet fleet) {
        this.clock = clock;
        this.platform = platform;
        this.fleet = fleet;
    }

    /** Starts everything anew, the clock at {@code now}; ends what an earlier run left in the folder. */
    static House start(Options options, Instant now, Consumer<String> progress) throws IOException {
        Path dir = options.dir();
        Fleet.reap(dir);
        PlatformProcess.find(dir.resolve("platform")).ifPresent(PlatformProcess::close);
        Files.createDirectories(dir);
        deleteLogs(dir.resolve("log"));
        Path clock = dir.resolve("clock");
        BusinessClock.set(clock, now);

        Ports ports = ports(options);
        PlatformOptions platformOptions = PlatformOptions.withDefaultPorts(dir.resolve("platform"))
                .withPorts(ports)
                .withFresh(true);
        PlatformProcess platform = PlatformProcess.start(
                options.keep()
                        ? platformOptions
                        : platformOptions.withParent(
                                OptionalLong.of(ProcessHandle.current().pid())),
                progress);
        Fleet fleet = new Fleet(dir, ports, platform).setAll("DVHC_CLOCK_FILE", clock.toString());
        if (options.killSync()) {
            // Small batches, so that there is a middle to be killed in.
            int batch = Math.max(20, options.records() / 200);
            fleet.set(Service.SYNC, "DVHC_SYNC_HANDOVER_BATCH", Integer.toString(batch));
        }
        House house = new House(clock, platform, fleet);
        try {
            house.startServices(progress);
        } catch (RuntimeException failed) {
            house.close();
            throw failed;
        }
        return house;
    }

    private void startServices(Consumer<String> progress) {
        Databases databases = new Databases(platform.postgresPort());
        for (String province : Reform.PROVINCES) {
            databases.createSource(Dataset.CASE_FILE.database(province), "commune");
            databases.createSource(Dataset.PERMIT.database(province), "province");
        }
        progress.accept("databases made: commune_30, province_30, commune_31, province_31, national");
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
    String addressOf(String database) {
        return platform.database(database);
    }

    void setClock(Instant now) throws IOException {
        BusinessClock.set(clock, now);
    }

    /** As an administrator sees it. */
    Database database(String name) {
        return database(name, Account.POSTGRES);
    }

    /** As the owner's own programs see it. */
    Database databaseOfApplication(String name) {
        return database(name, Account.APP);
    }

    private Database database(String name, Account account) {
        return new Database(name, platform.jdbcUrl(name), account.user(), account.password());
    }

    URI gateway() {
        return URI.create(fleet.url(Service.GATEWAY));
    }

    String issuer() {
        return platform.oidcUrl();
    }

    String kafka() {
        return platform.kafkaBootstrap();
    }

    /** SIGKILL, and a new start at once. */
    void killAndRestartSync() {
        fleet.service(Service.SYNC).kill();
        fleet.service(Service.SYNC).start();
    }

    List<String> addresses() {
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
    }

    /** The usual ports if all are free, so that addresses can be remembered. */
    private static Ports ports(Options options) {
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
        return free && !options.freePorts() ? usual : Ports.free();
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
