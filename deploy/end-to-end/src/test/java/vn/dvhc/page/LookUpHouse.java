package vn.dvhc.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.Service;
import vn.dvhc.time.BusinessClock;

/** What a look-up needs: the register's log, history-service and the door; no Keycloak, since nobody signs in. */
final class LookUpHouse implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    /** After everything that the catalogue knows. */
    private static final Instant NOW = Instant.parse("2026-05-04T02:00:00Z");

    private final PlatformProcess platform;
    private final Fleet fleet;

    private LookUpHouse(PlatformProcess platform, Fleet fleet) {
        this.platform = platform;
        this.fleet = fleet;
    }

    static LookUpHouse open(Path dir) throws IOException {
        return open(dir, LookUpHouse::fill);
    }

    /** Nothing but the door is open: enough for what it knows itself. */
    static LookUpHouse openDoorOnly(Path dir) throws IOException {
        return open(dir, LookUpHouse::openDoor);
    }

    private static LookUpHouse open(Path dir, Consumer<LookUpHouse> beginning) throws IOException {
        Fleet.reap(dir);
        Files.createDirectories(dir);
        Path clock = dir.resolve("clock");
        BusinessClock.set(clock, NOW);
        PlatformProcess platform = PlatformProcess.start(
                dir.resolve("platform"), Set.of(PlatformProcess.Option.FRESH, PlatformProcess.Option.WITHOUT_KEYCLOAK));
        LookUpHouse house = new LookUpHouse(
                platform, new Fleet(dir, Ports.free(), platform).setAll("DVHC_CLOCK_FILE", clock.toString()));
        try {
            beginning.accept(house);
        } catch (RuntimeException | Error failure) {
            house.close();
            throw failure;
        }
        return house;
    }

    private void fill() {
        fleet.start(Service.REGISTRY).awaitLive(START_LIMIT);
        fleet.registerOutbox();
        fleet.service(Service.REGISTRY).awaitReady(START_LIMIT);
        fleet.start(Service.HISTORY).awaitLive(START_LIMIT);
        fleet.awaitSameSequence(START_LIMIT);
        fleet.service(Service.REGISTRY).stop();
        openDoor();
    }

    private void openDoor() {
        fleet.start(Service.GATEWAY).awaitLive(START_LIMIT);
    }

    String address() {
        return fleet.url(Service.GATEWAY);
    }

    void stopHistory() {
        fleet.service(Service.HISTORY).stop();
    }

    void startHistory() {
        fleet.service(Service.HISTORY).start();
        fleet.service(Service.HISTORY).awaitReady(START_LIMIT);
    }

    @Override
    public void close() {
        fleet.close();
        platform.close();
    }
}
