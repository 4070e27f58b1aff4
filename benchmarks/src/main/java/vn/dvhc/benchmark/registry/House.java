package vn.dvhc.benchmark.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.Service;
import vn.dvhc.local.ServiceProcess;
import vn.dvhc.time.BusinessClock;

/** A platform of its own, and registries on databases of their own, one at a time. */
final class House implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path dir;
    private final Path clock;
    private final PlatformProcess platform;
    private final Databases databases;
    private final List<Fleet> fleets = new ArrayList<>();

    private House(Path dir, PlatformProcess platform) {
        this.dir = dir;
        this.clock = dir.resolve("clock");
        this.platform = platform;
        this.databases = new Databases(platform.postgresPort());
    }

    static House open(Path dir, Progress progress) {
        Fleet.reap(dir);
        PlatformProcess platform = PlatformProcess.start(
                PlatformOptions.withFreePorts(dir.resolve("platform"))
                        .withFresh(true)
                        .withKeycloak(false)
                        .withParent(OptionalLong.of(ProcessHandle.current().pid())),
                line -> progress.say("%s", line.strip()));
        return new House(dir, platform);
    }

    void setClock(Instant now) {
        try {
            BusinessClock.set(clock, now);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    void createDatabase(String name) {
        databases.create(name, Account.REGISTRY);
    }

    /** Nobody may be connected to the original. */
    void copyDatabase(String original, String copy) throws SQLException {
        administer("CREATE DATABASE " + copy + " TEMPLATE " + original + " OWNER " + Account.REGISTRY.user());
    }

    /** Puts the database's pages on disk, so that a contender does not pay for what another wrote. */
    void checkpoint() throws SQLException {
        administer("CHECKPOINT");
    }

    private void administer(String sql) throws SQLException {
        try (Connection connection = databases.connect("postgres", Account.POSTGRES);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A connection as the registry's own, with every commit on disk before it returns. */
    Connection connect(String database) throws SQLException {
        Connection connection = databases.connect(database, Account.REGISTRY);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on");
        }
        return connection;
    }

    String kafka() {
        return platform.kafkaBootstrap();
    }

    /** Forks a registry on a database; the one before must have been stopped. */
    Registry start(String database) {
        Fleet fleet = new Fleet(dir, Ports.free(), platform)
                .set(Service.REGISTRY, "DVHC_CLOCK_FILE", clock.toString())
                .set(Service.REGISTRY, "DVHC_REGISTRY_DB", platform.database(database));
        fleets.add(fleet);
        return new Registry(fleet, fleet.start(Service.REGISTRY));
    }

    @Override
    public void close() {
        fleets.forEach(Fleet::close);
        platform.close();
    }

    /** A running registry. */
    final class Registry {

        private final Fleet fleet;
        private final ServiceProcess service;

        private Registry(Fleet fleet, ServiceProcess service) {
            this.fleet = fleet;
            this.service = service;
        }

        void captureOutbox() {
            service.awaitLive(START_LIMIT);
            fleet.registerOutbox();
        }

        void awaitReady() {
            service.awaitReady(START_LIMIT);
        }

        void awaitDay(LocalDate day) throws IOException, InterruptedException {
            long deadline = System.nanoTime() + START_LIMIT.toNanos();
            while (!digest().path("lastDay").asText().equals(day.toString())) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(day + " did not take effect; see " + service.logFile());
                }
                Thread.sleep(100);
            }
        }

        long lastSequence() throws IOException, InterruptedException {
            return digest().path("sequence").asLong();
        }

        /** Seconds that transactions which enacted a day have taken, all together. */
        double secondsOfEnactments() throws IOException, InterruptedException {
            return get("/q/metrics")
                    .lines()
                    .filter(line -> line.startsWith("dvhc_registry_enactment_seconds_sum "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("The registry does not time its enactments"));
        }

        void stop() {
            service.stop();
        }

        private JsonNode digest() throws IOException, InterruptedException {
            return JSON.readTree(get("/v1/digest"));
        }

        private String get(String path) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
