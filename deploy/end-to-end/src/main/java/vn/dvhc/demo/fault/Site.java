package vn.dvhc.demo.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.store.Database;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformAddresses;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformOptions.Part;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.ProjectRoot;
import vn.dvhc.local.Service;
import vn.dvhc.time.BusinessClock;

/**
 * The whole house, every program in a process of its own. Between sync-service and Kafka, and between a database on the one
 * side and sync-service and Kafka Connect on the other, stands a relay; whoever writes and checks goes to the databases
 * directly.
 */
final class Site implements AutoCloseable {

    /** The relay between sync-service and Kafka; the others bear the names of their databases. */
    static final String KAFKA = "kafka";

    static final String NATIONAL = "national";

    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final Path clock;
    private final Map<Part, Victim.OfPlatform> parts;
    private final Map<String, Relay> relays;
    private final Fleet fleet;
    private final PlatformAddresses addresses;

    private Site(
            Path clock,
            Map<Part, Victim.OfPlatform> parts,
            Map<String, Relay> relays,
            Fleet fleet,
            PlatformAddresses addresses) {
        this.clock = clock;
        this.parts = parts;
        this.relays = relays;
        this.fleet = fleet;
        this.addresses = addresses;
    }

    /** Starts everything anew; ends what an earlier run left in the folder. */
    static Site start(Path dir, List<String> provinces, Instant now, Consumer<String> progress) throws IOException {
        Fleet.reap(dir);
        for (Part part : Part.values()) {
            PlatformProcess.reap(folder(dir, part));
        }
        Files.createDirectories(dir);
        Path clock = dir.resolve("clock");
        BusinessClock.set(clock, now);

        Ports ports = Ports.free();
        List<Integer> more = freePorts(2 + 2 * provinces.size() + 1);
        Map<String, Relay> relays = new LinkedHashMap<>();
        int kafkaBehind = more.get(0);
        relays.put(KAFKA, Relay.start(more.get(1), kafkaBehind));
        List<String> databases = databases(provinces).toList();
        for (int i = 0; i < databases.size(); i++) {
            relays.put(databases.get(i), Relay.start(more.get(2 + i), ports.postgres()));
        }

        Map<Part, Victim.OfPlatform> parts = startParts(
                dir,
                ports,
                new PlatformOptions.Detour(kafkaBehind, relay(relays, KAFKA).port()),
                progress);
        PlatformAddresses addresses = new PlatformAddresses(
                process(parts, Part.POSTGRES).postgresPort(),
                process(parts, Part.KAFKA).kafkaBootstrap(),
                process(parts, Part.CONNECT).connectUrl(),
                process(parts, Part.KEYCLOAK).keycloakUrl());
        Fleet fleet = new Fleet(dir, ports, addresses)
                .setAll("DVHC_CLOCK_FILE", clock.toString())
                .set(
                        Service.SYNC,
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "127.0.0.1:" + relay(relays, KAFKA).port())
                .set(Service.SYNC, "DVHC_SYNC_CONNECT_KAFKA", addresses.kafkaBootstrap())
                .set(
                        Service.SYNC,
                        "DVHC_POSTGRES",
                        "127.0.0.1:" + relay(relays, NATIONAL).port())
                .set(Service.SYNC, "DVHC_SYNC_CONNECT_LONGEST_RESTART", "10s")
                .set(Service.SYNC, "DVHC_SYNC_CONFIG", plan(dir).toString())
                // Small batches, so that a hand-over takes long enough to be hit.
                .set(Service.SYNC, "DVHC_SYNC_HANDOVER_BATCH", "50");
        Site site = new Site(clock, parts, relays, fleet, addresses);
        try {
            site.startServices(provinces, progress);
        } catch (RuntimeException failed) {
            site.close();
            throw failed;
        }
        return site;
    }

    private static Map<Part, Victim.OfPlatform> startParts(
            Path dir, Ports ports, PlatformOptions.Detour detour, Consumer<String> progress) {
        Map<Part, CompletableFuture<Victim.OfPlatform>> starting = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            PlatformOptions options = PlatformOptions.withDefaultPorts(folder(dir, part))
                    .withPorts(ports)
                    .withFresh(true)
                    .withBroker("127.0.0.1:" + ports.kafka())
                    .withOnly(Set.of(part))
                    .withParent(OptionalLong.of(ProcessHandle.current().pid()));
            PlatformOptions own = part == Part.KAFKA ? options.withDetour(detour) : options;
            CompletableFuture<?> before = part == Part.CONNECT
                    ? Objects.requireNonNull(starting.get(Part.KAFKA))
                    : CompletableFuture.completedFuture(null);
            starting.put(
                    part,
                    before.thenApplyAsync(
                            ready -> new Victim.OfPlatform(part, own, PlatformProcess.start(own, line -> {}))));
        }
        Map<Part, Victim.OfPlatform> parts = new EnumMap<>(Part.class);
        RuntimeException failure = null;
        for (Part part : Part.values()) {
            try {
                parts.put(part, Objects.requireNonNull(starting.get(part)).join());
                progress.accept(part.name().toLowerCase(Locale.ROOT) + " is ready");
            } catch (CompletionException failed) {
                failure = new IllegalStateException(part + " did not start", failed);
            }
        }
        if (failure != null) {
            parts.values().forEach(part -> part.process().close());
            throw failure;
        }
        return parts;
    }

    private void startServices(List<String> provinces, Consumer<String> progress) {
        Databases databases = new Databases(addresses.postgresPort());
        for (String province : provinces) {
            for (Dataset dataset : Dataset.values()) {
                String name = dataset.database(province);
                databases.createSource(name, dataset.tier());
                makeMarkers(databases, name);
            }
        }
        for (Service service : Service.values()) {
            fleet.start(service);
        }
        fleet.service(Service.REGISTRY).awaitLive(START_LIMIT);
        fleet.registerOutbox();
        for (Service service : Service.values()) {
            fleet.service(service).awaitReady(START_LIMIT);
        }
        progress.accept("four services are ready");
    }

    /** Where each transaction of a writer leaves its number, so that it can be told whether it was committed. */
    private static void makeMarkers(Databases databases, String name) {
        try (Connection connection = databases.connect(name, Account.APP);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA campaign");
            statement.execute("CREATE TABLE campaign.transaction (id text PRIMARY KEY)");
        } catch (SQLException refused) {
            throw new IllegalStateException(name + " could not be prepared", refused);
        }
    }

    /** The plan of {@code deploy/sync}, with permits flowing down to the communes besides. */
    private static Path plan(Path dir) throws IOException {
        String plan = Files.readString(ProjectRoot.find().resolve("deploy/sync/sources.yaml"));
        String upOnly = "    table: public.permit\n";
        if (!plan.contains(upOnly)) {
            throw new IllegalStateException("deploy/sync/sources.yaml declares no permits");
        }
        Path file = dir.resolve("sources.yaml");
        Files.writeString(file, plan.replace(upOnly, upOnly + "    down: [commune]\n"));
        return file;
    }

    /** The provinces' databases and the national one. */
    static Stream<String> databases(List<String> provinces) {
        return Stream.concat(
                Stream.of(NATIONAL),
                provinces.stream()
                        .flatMap(province -> Stream.of(Dataset.values()).map(dataset -> dataset.database(province))));
    }

    void setClock(Instant now) throws IOException {
        BusinessClock.set(clock, now);
    }

    /** A database as sync-service and Kafka Connect reach it. */
    String relayed(String database) {
        return "127.0.0.1:" + relay(database).port() + "/" + database;
    }

    Relay relay(String name) {
        return relay(relays, name);
    }

    List<String> relays() {
        return List.copyOf(relays.keySet());
    }

    Victim part(Part part) {
        return Objects.requireNonNull(parts.get(part));
    }

    Victim service(Service service) {
        return new Victim.OfService(fleet.service(service));
    }

    PlatformAddresses addresses() {
        return addresses;
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
        // Who waits for an answer of a frozen server longer than this goes on as if it were gone.
        String url = addresses.jdbcUrl(name) + "?socketTimeout=20&connectTimeout=5";
        return new Database(name, url, account.user(), account.password());
    }

    URI gateway() {
        return URI.create(fleet.url(Service.GATEWAY));
    }

    /** Whatever was killed runs again, and every network is whole. */
    void mendAll() throws IOException, InterruptedException {
        relays.values().forEach(Relay::mend);
        for (Part part : Part.values()) {
            part(part).signal("CONT");
            part(part).start();
        }
        for (Service service : Service.values()) {
            service(service).signal("CONT");
            service(service).start();
        }
    }

    /** Stops everything, the last first. */
    @Override
    public void close() {
        fleet.close();
        List<Part> order = new ArrayList<>(List.of(Part.values()));
        Collections.reverse(order);
        order.forEach(part -> process(parts, part).close());
        relays.values().forEach(Relay::close);
    }

    private static Path folder(Path dir, Part part) {
        return dir.resolve("platform").resolve(part.name().toLowerCase(Locale.ROOT));
    }

    private static PlatformProcess process(Map<Part, Victim.OfPlatform> parts, Part part) {
        return Objects.requireNonNull(parts.get(part)).process();
    }

    private static Relay relay(Map<String, Relay> relays, String name) {
        Relay relay = relays.get(name);
        if (relay == null) {
            throw new IllegalArgumentException("There is no relay to " + name);
        }
        return relay;
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        } finally {
            for (ServerSocket socket : sockets) {
                try {
                    socket.close();
                } catch (IOException ended) {
                    // the port is free all the same
                }
            }
        }
    }
}
