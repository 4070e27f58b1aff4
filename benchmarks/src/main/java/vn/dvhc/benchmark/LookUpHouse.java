package vn.dvhc.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

    private final PlatformProcess platform;
    private final Fleet fleet;

    private LookUpHouse(PlatformProcess platform, Fleet fleet) {
        this.platform = platform;
        this.fleet = fleet;
    }

    public static LookUpHouse open(Path dir, Progress progress) throws IOException {
        Fleet.reap(dir);
        Path clock = dir.resolve("clock");
        Files.createDirectories(dir);
        BusinessClock.set(clock, NOW);
        PlatformProcess platform = PlatformProcess.start(
                PlatformOptions.withFreePorts(dir.resolve("platform"))
                        .withFresh(true)
                        .withKeycloak(false)
                        .withParent(OptionalLong.of(ProcessHandle.current().pid())),
                line -> progress.say("%s", line.strip()));
        Fleet fleet = new Fleet(dir, Ports.free(), platform)
                .setAll("DVHC_CLOCK_FILE", clock.toString())
                .set(Service.HISTORY, "DVHC_HISTORY_MEASURING_STICK", "true");
        LookUpHouse house = new LookUpHouse(platform, fleet);
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

    public String url(Service service) {
        return fleet.url(service);
    }

    public int port(Service service) {
        return URI.create(fleet.url(service)).getPort();
    }

    public long pid(Service service) {
        return fleet.service(service).pid();
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
