package vn.dvhc.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.local.Databases;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.Ports;
import vn.dvhc.local.Service;
import vn.dvhc.local.ServiceProcess;
import vn.dvhc.registry.RegisterDatabase.DayRows;
import vn.dvhc.registry.RegisterDatabase.Writer;
import vn.dvhc.registry.unit.EnactedDay;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Timeline;

/**
 * What can go wrong while the reform takes effect, on the real PostgreSQL, Kafka and Debezium, with the built service in
 * processes of their own. Each test has its own copy of the database as it was on the eve.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnactmentFaultsIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path DIR = Path.of("target/it/faults").toAbsolutePath();
    private static final Path CLOCK = DIR.resolve("clock");
    private static final Instant EVENING = Instant.parse("2025-06-30T16:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2025-06-30T17:00:00Z");
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BusinessClock clock = BusinessClock.ofFile(CLOCK);
    private final Timeline reformed = Catalogues.until(Catalogue.REFORM);
    private final List<Fleet> fleets = new ArrayList<>();

    private PlatformProcess platform;
    private RegisterDatabase first;
    private RegisterDatabase eve;
    private EnactedDay reform;

    @BeforeAll
    void start() throws Exception {
        platform = PlatformProcess.start(
                DIR, Set.of(PlatformProcess.Option.FRESH, PlatformProcess.Option.WITHOUT_KEYCLOAK));
        BusinessClock.set(CLOCK, EVENING);
        first = new RegisterDatabase(new Databases(platform.postgresPort()), "registry");
        ServiceProcess loading = replica("loading", first, "").start(Service.REGISTRY);
        loading.awaitReady(START_LIMIT);
        assertThat(digest(loading).path("sequence").asLong())
                .isEqualTo(Catalogues.register(Catalogues.EVE).lastSequence());
        loading.stop();
        await("the service to leave its database", () -> first.sessions() == 0);
        eve = first.copy("eve");
        reform = EnactedDay.of(
                Catalogues.register(Catalogues.EVE),
                Catalogues.enacted(Catalogues.until(Catalogues.EVE)
                        .enact(Catalogue.REFORM, Catalogues.DAYS.get(Catalogue.REFORM))),
                Instant.EPOCH);
    }

    @AfterEach
    void stopServices() {
        fleets.forEach(Fleet::close);
        fleets.clear();
    }

    @AfterAll
    void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void killedService_leavesNothingOrAllAndPublishesOnce() throws Exception {
        long seed = Long.getLong("dvhc.seed", System.nanoTime());
        System.out.println("Moments of death: -Ddvhc.seed=" + seed);
        Random random = new Random(seed);
        BusinessClock.set(CLOCK, EVENING);
        Fleet fleet = replica("killed", first, "");
        ServiceProcess service = fleet.start(Service.REGISTRY);
        service.awaitReady(START_LIMIT);
        fleet.registerOutbox();
        BusinessClock.set(CLOCK, MIDNIGHT);

        int diedInside = 0;
        for (int attempt = 0; attempt < 3; attempt++) {
            awaitWriter(first);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(attempt == 0 ? 0 : random.nextInt(150)));
            service.kill();
            await("the sessions of the dead", () -> first.sessions() == 0);
            DayRows rows = first.rowsOf(Catalogue.REFORM);
            service.start();
            if (!rows.equals(DayRows.NOTHING)) {
                assertThat(rows).isEqualTo(whole());
                break;
            }
            diedInside++;
        }
        service.awaitReady(START_LIMIT);

        assertThat(diedInside).isPositive();
        assertReformed(first, service);
        assertThat(published(reform.lastSequence()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, reform.lastSequence()).boxed().toList());
    }

    @Test
    void lostConnection_isMadeUpForWhetherTheCommitHadComeOrNot() throws Exception {
        RegisterDatabase night = eve.copy("night_of_lost_connections");
        BusinessClock.set(CLOCK, EVENING);
        try (AnswerLosingProxy proxy = new AnswerLosingProxy(platform.postgresPort())) {
            ServiceProcess service = replica("disconnected", night, "")
                    .set(Service.REGISTRY, "DVHC_REGISTRY_DB", "127.0.0.1:" + proxy.port() + "/" + night.name())
                    .start(Service.REGISTRY);
            service.awaitReady(START_LIMIT);
            proxy.arm();
            double before = counter(service, "dvhc_registry_days_enacted_total");

            BusinessClock.set(CLOCK, MIDNIGHT);
            awaitWriter(night);
            night.endSessions();
            await("the reform", () -> isReformed(service));

            assertThat(proxy.hasLostAnswer()).isTrue();
            assertThat(counter(service, "dvhc_registry_enactment_failures_total"))
                    .as("sessions ended once, an answer lost once")
                    .isEqualTo(2);
            assertThat(counter(service, "dvhc_registry_days_enacted_total"))
                    .as("what took effect without an answer was learnt from the database")
                    .isEqualTo(before);
            assertReformed(night, service);
        }
    }

    @Test
    void replicasOfOtherTimeZones_enactOnceAndAtVietnamsMidnight() throws Exception {
        RegisterDatabase night = eve.copy("night_of_the_race");
        BusinessClock.set(CLOCK, EVENING);
        ServiceProcess one =
                replica("new-york", night, "-Duser.timezone=America/New_York").start(Service.REGISTRY);
        ServiceProcess other =
                replica("cairo", night, "-Duser.timezone=Africa/Cairo").start(Service.REGISTRY);
        one.awaitReady(START_LIMIT);
        other.awaitReady(START_LIMIT);

        BusinessClock.set(CLOCK, MIDNIGHT.minusSeconds(2));
        await("both replicas", () -> {
            boolean done = isReformed(one) & isReformed(other);
            assertThat(night.rowsOf(Catalogue.REFORM).equals(DayRows.NOTHING)
                            || !clock.instant().isBefore(MIDNIGHT))
                    .as("nothing before midnight")
                    .isTrue();
            return done;
        });

        assertReformed(night, one);
        assertReformed(night, other);
        assertEnactedAtMidnight(night, Catalogue.REFORM);
        double byOne = counter(one, "dvhc_registry_days_enacted_total");
        double byOther = counter(other, "dvhc_registry_days_enacted_total");
        assertThat(byOne + byOther).isEqualTo(1);

        // The one that came too late has the next day for itself.
        ServiceProcess winner = byOne == 1 ? one : other;
        ServiceProcess late = winner == one ? other : one;
        winner.stop();
        LocalDate next = Catalogues.DAYS.higherKey(Catalogue.REFORM);
        BusinessClock.set(CLOCK, midnight(next).minusSeconds(1));
        await("the next day", () -> digest(late).path("lastDay").asText().equals(next.toString()));
        assertEnactedAtMidnight(night, next);
        assertThat(digest(late).path("digest").asText())
                .isEqualTo(Catalogues.until(next).digest());
    }

    @Test
    void frozenReplica_keepsTheOthersNoLongerThanATransactionMayTake() throws Exception {
        RegisterDatabase night = eve.copy("night_of_the_frozen");
        BusinessClock.set(CLOCK, EVENING);
        String impatient = "-Dquarkus.datasource.reactive.additional-properties.transaction_timeout=10s"
                + " -Dquarkus.datasource.reactive.additional-properties.application_name=";
        List<ServiceProcess> replicas = List.of(
                replica("frozen-0", night, impatient + 0).start(Service.REGISTRY),
                replica("frozen-1", night, impatient + 1).start(Service.REGISTRY));
        replicas.forEach(replica -> replica.awaitReady(START_LIMIT));

        BusinessClock.set(CLOCK, MIDNIGHT);
        int holder = Integer.parseInt(awaitWriter(night).application());
        ServiceProcess frozen = replicas.get(holder);
        ServiceProcess other = replicas.get(1 - holder);
        signal(frozen, "STOP");
        try {
            await("the other replica", () -> isReformed(other));
        } finally {
            signal(frozen, "CONT");
        }
        await("the one that was frozen", () -> isReformed(frozen));

        assertThat(counter(other, "dvhc_registry_days_enacted_total")).isEqualTo(1);
        assertThat(counter(frozen, "dvhc_registry_days_enacted_total")).isZero();
        assertReformed(night, other);
        assertReformed(night, frozen);
    }

    private void assertReformed(RegisterDatabase database, ServiceProcess service) throws Exception {
        JsonNode digest = digest(service);
        assertThat(digest.path("digest").asText()).isEqualTo(reformed.digest());
        assertThat(digest.path("sequence").asLong()).isEqualTo(reform.lastSequence());
        assertThat(database.rowsOf(Catalogue.REFORM)).isEqualTo(whole());
        assertThat(database.sequences())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, reform.lastSequence()).boxed().toList());
    }

    private static void assertEnactedAtMidnight(RegisterDatabase database, LocalDate day) throws Exception {
        assertThat(database.enactedAt(day))
                .isAfterOrEqualTo(midnight(day))
                .isBefore(midnight(day).plusSeconds(10));
    }

    private DayRows whole() {
        return DayRows.of(reform, Catalogues.DAYS.get(Catalogue.REFORM).size());
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(BusinessClock.ZONE).toInstant();
    }

    /** A fleet of one registry; it is closed after the test. */
    private Fleet replica(String name, RegisterDatabase database, String javaOptions) {
        Fleet.reap(DIR.resolve(name));
        Fleet fleet = new Fleet(DIR.resolve(name), Ports.free(), platform)
                .set(Service.REGISTRY, "DVHC_CLOCK_FILE", CLOCK.toString())
                .set(Service.REGISTRY, "DVHC_REGISTRY_DB", platform.database(database.name()))
                .set(Service.REGISTRY, "JAVA_TOOL_OPTIONS", javaOptions);
        fleets.add(fleet);
        return fleet;
    }

    private static Writer awaitWriter(RegisterDatabase database) throws Exception {
        long deadline = deadline();
        while (true) {
            Optional<Writer> writer = database.writer();
            if (writer.isPresent()) {
                return writer.get();
            }
            assertThat(System.nanoTime()).as("nobody enacts").isLessThan(deadline);
        }
    }

    private static void signal(ServiceProcess service, String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(service.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    /** The sequences in the topic once the last one is there. */
    private List<Long> published(long last) throws Exception {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", platform.kafkaBootstrap());
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        List<Long> sequences = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("unit-changes.v1", 0)));
            await("message " + last, () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> sequences.add(sequence(record.value())));
                return sequences.contains(last);
            });
        }
        return sequences;
    }

    private static long sequence(String event) {
        try {
            return JSON.readTree(event).path("data").path("sequence").asLong();
        } catch (IOException broken) {
            throw new AssertionError(event, broken);
        }
    }

    private boolean isReformed(ServiceProcess service) throws Exception {
        return digest(service).path("lastDay").asText().equals(Catalogue.REFORM.toString());
    }

    private JsonNode digest(ServiceProcess service) throws Exception {
        return JSON.readTree(get(service, "/v1/digest"));
    }

    private double counter(ServiceProcess service, String name) throws Exception {
        return get(service, "/q/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String get(ServiceProcess service, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = deadline();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited too long for %s", what).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static long deadline() {
        return System.nanoTime() + Duration.ofSeconds(90).toNanos();
    }
}
