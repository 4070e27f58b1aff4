package vn.dvhc.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.Service;
import vn.dvhc.time.BusinessClock;

/**
 * A platform of its own with a history-service and a gateway that know the whole catalogue. The registry has filled them and is
 * gone: what has done its work must not take part in the measuring.
 */
public final class LookUpHouse implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

    private final Path clock;
    private final PlatformProcess platform;
    private final Fleet fleet;

    private LookUpHouse(Path clock, PlatformProcess platform, Fleet fleet) {
        this.clock = clock;
        this.platform = platform;
        this.fleet = fleet;
    }

    /** Without Keycloak: nobody has a token. */
    public static LookUpHouse open(Path dir, Progress progress) throws IOException {
        return open(dir, progress, false, Map.of());
    }

    /**
     * With Keycloak.
     *
     * @param door the gateway's settings, named as in its environment
     */
    public static LookUpHouse openWithKeycloak(Path dir, Progress progress, Map<String, String> door)
            throws IOException {
        return open(dir, progress, true, door);
    }

    private static LookUpHouse open(Path dir, Progress progress, boolean keycloak, Map<String, String> door)
            throws IOException {
        Fleet.reap(dir);
        Path clock = dir.resolve("clock");
        Files.createDirectories(dir);
        BusinessClock.set(clock, NOW);
        PlatformProcess platform = PlatformProcess.start(
                PlatformOptions.withFreePorts(dir.resolve("platform"))
                        .withFresh(true)
                        .withKeycloak(keycloak)
                        .withParent(OptionalLong.of(ProcessHandle.current().pid())),
                line -> progress.say("%s", line.strip()));
        Fleet fleet = new Fleet(dir, Ports.free(), platform)
                .setAll("DVHC_CLOCK_FILE", clock.toString())
                .set(Service.HISTORY, "DVHC_HISTORY_MEASURING_STICK", "true");
        door.forEach((name, value) -> fleet.set(Service.GATEWAY, name, value));
        LookUpHouse house = new LookUpHouse(clock, platform, fleet);
        try {
            house.fill();
        } catch (RuntimeException | Error failure) {
            house.close();
            throw failure;
        }
        progress.say("catalogue read");
        return house;
    }

    private void fill() {
        fleet.start(Service.REGISTRY).awaitLive(START_LIMIT);
        fleet.registerOutbox();
        fleet.service(Service.REGISTRY).awaitReady(START_LIMIT);
        fleet.start(Service.HISTORY).awaitLive(START_LIMIT);
        fleet.awaitSameSequence(START_LIMIT);
        fleet.service(Service.REGISTRY).stop();
        fleet.start(Service.GATEWAY).awaitLive(START_LIMIT);
    }

    /**
     * Another gateway of the same services, alone in a fleet of its own; whoever opens it closes it before the house.
     *
     * @param settings named as in its environment
     */
    public Fleet openAnotherDoor(Path dir, Map<String, String> settings) {
        Fleet.reap(dir);
        Fleet other = new Fleet(dir, Ports.free(), platform)
                .set(Service.GATEWAY, "DVHC_CLOCK_FILE", clock.toString())
                .set(Service.GATEWAY, "DVHC_HISTORY_URL", url(Service.HISTORY));
        settings.forEach((name, value) -> other.set(Service.GATEWAY, name, value));
        try {
            other.start(Service.GATEWAY).awaitLive(START_LIMIT);
        } catch (RuntimeException | Error failure) {
            other.close();
            throw failure;
        }
        return other;
    }

    public String url(Service service) {
        return fleet.url(service);
    }

    public int port(Service service) {
        return URI.create(fleet.url(service)).getPort();
    }

    public long pid(Service service) {
        return fleet.service(service).pid();
    }

    /** What the service has of the machine's memory now. */
    public double residentMegabytes(Service service) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid(service) + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        throw new IllegalStateException("The system does not tell the memory of " + service.module());
    }

    /** The issuer of tokens. */
    public String oidcUrl() {
        return platform.oidcUrl();
    }

    public String kafkaBootstrap() {
        return platform.kafkaBootstrap();
    }

    /** A connection to the register's database. */
    public Connection connect() throws SQLException {
        return new Databases(platform.postgresPort()).connect("registry", Account.REGISTRY);
    }

    @Override
    public void close() {
        fleet.close();
        platform.close();
    }
}
