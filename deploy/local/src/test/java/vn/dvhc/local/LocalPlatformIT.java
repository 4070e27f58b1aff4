package vn.dvhc.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL, Kafka, Connect and Debezium for real, on free ports. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalPlatformIT {

    private final Path connectors = ProjectRoot.find().resolve("deploy/connectors");
    private PlatformProcess platform;
    private Databases databases;

    @BeforeAll
    void startPlatform(@TempDir Path dir) {
        platform = PlatformProcess.start(dir, Set.of(PlatformProcess.Option.WITHOUT_KEYCLOAK));
        databases = new Databases(platform.postgresPort());
    }

    @AfterAll
    void stopPlatform() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void everlastingTopics_areThereWithOnePartitionAndNoBound() throws Exception {
        List<ConfigResource> topics = LocalPlatform.EVERLASTING_TOPICS.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", platform.kafkaBootstrap()))) {
            var partitions = admin.describeTopics(LocalPlatform.EVERLASTING_TOPICS)
                    .allTopicNames()
                    .get();
            var settings = admin.describeConfigs(topics).all().get();

            assertThat(partitions.values())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(1));
            assertThat(settings.values()).hasSize(2).allSatisfy(config -> {
                assertThat(config.get("retention.ms").value()).isEqualTo("-1");
                assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
            });
        }
    }

    @Test
    void postgres_isDurable() throws Exception {
        try (Connection connection = databases.connect("postgres", Account.POSTGRES)) {
            assertThat(text(connection, "SHOW fsync")).isEqualTo("on");
            assertThat(text(connection, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(text(connection, "SHOW wal_level")).isEqualTo("logical");
            assertThat(text(connection, "SHOW max_active_replication_origins")).isEqualTo("160");
        }
    }

    @Test
    void ports_answerOnTheLoopbackInterfaceOnly() throws Exception {
        List<InetAddress> others = Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        int kafka = Integer.parseInt(platform.kafkaBootstrap().split(":")[1]);
        int connect = java.net.URI.create(platform.connectUrl()).getPort();

        for (int port : new int[] {platform.postgresPort(), kafka, connect}) {
            assertThat(others)
                    .allSatisfy(address -> assertThatThrownBy(() -> new Socket(address, port).close())
                            .isInstanceOf(java.net.ConnectException.class));
        }
    }

    @Test
    void outbox_whenRowsAreWritten_arrivesByteForByteAndInOrder() throws Exception {
        // Given a row that was there before the connector
        String first = "{\"id\": \"1\",  \"data\": {\"name\": \"Xã \\\"Đại Sơn\\\"\"}}";
        String second = "{\"id\":\"2\",\"data\":{}}";
        try (Connection connection = databases.connect("registry", Account.REGISTRY)) {
            execute(
                    connection,
                    "CREATE TABLE outbox (id uuid PRIMARY KEY, position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,"
                            + " aggregate_id text NOT NULL, topic text NOT NULL, payload text NOT NULL)");
            execute(connection, "CREATE PUBLICATION dvhc_outbox FOR TABLE outbox WITH (publish = 'insert')");
            insertIntoOutbox(connection, first);
            register("registry-outbox", connectors.resolve("registry-outbox.json"), "registry");

            // When one more is written
            insertIntoOutbox(connection, second);
        }

        // Then
        try (Topics topic = new Topics(platform.kafkaBootstrap(), "unit-changes.v1")) {
            List<ConsumerRecord<String, String>> records =
                    topic.until(r -> r.value().equals(second));
            assertThat(records).extracting(ConsumerRecord::value).containsExactly(first, second);
            assertThat(records).extracting(ConsumerRecord::key).containsOnly("00004@2025-07-01");
            assertThat(records)
                    .allSatisfy(r -> assertThat(new String(
                                    r.headers().lastHeader("content-type").value(), StandardCharsets.UTF_8))
                            .isEqualTo("application/cloudevents+json"));
        }
    }

    @Test
    void capture_whenALargeColumnIsUntouched_sendsItAll_andADeleteBringsTheWholeRow() throws Exception {
        String large = incompressible(10_000);
        databases.createSource("commune_30", "commune");
        register("commune_30", source("case_file"), "commune_30");
        try (Connection connection = databases.connect("commune_30", Account.APP)) {
            insertCase(connection, "30-1", large);
            execute(connection, "UPDATE case_file SET status = 'closed' WHERE case_number = '30-1'");
            execute(connection, "DELETE FROM case_file WHERE case_number = '30-1'");
        }

        try (Topics topic = new Topics(platform.kafkaBootstrap(), "cdc.commune_30.public.case_file")) {
            List<ConsumerRecord<String, String>> records =
                    topic.until(r -> r.value().contains("\"op\":\"d\""));
            assertThat(records).hasSize(3);
            assertThat(records).extracting(ConsumerRecord::key).containsOnly("{\"case_number\":\"30-1\"}");
            String row = "\"case_number\":\"30-1\",\"unit_code\":\"10507\",\"unit_vintage\":20088,\"hamlet\":null,"
                    + "\"procedure\":\"birth\",\"status\":\"%s\",\"steps\":\"" + large
                    + "\",\"created_at\":\"2025-06-30T16:59:59.123456Z\"";
            assertThat(records.get(0).value()).contains("\"before\":null,\"after\":{" + row.formatted("open"));
            assertThat(records.get(1).value())
                    .contains("\"before\":{" + row.formatted("open"))
                    .contains("\"after\":{" + row.formatted("closed"));
            assertThat(records.get(2).value())
                    .contains("\"before\":{" + row.formatted("closed"))
                    .contains("\"after\":null");
        }
    }

    @Test
    void capture_whenTheSessionHoldsAnOrigin_seesNothing() throws Exception {
        databases.createSource("commune_31", "commune");
        register("commune_31", source("case_file"), "commune_31");
        try (Connection copies = databases.connect("commune_31", Account.SYNC);
                Connection more = databases.connect("national", Account.SYNC);
                Connection owner = databases.connect("commune_31", Account.SYNC)) {
            // Given two sessions under origins: the second finds the first name busy, in another database too
            String one = text(copies, "SELECT public.dvhc_lease_replication_origin()");
            String two = text(more, "SELECT public.dvhc_lease_replication_origin()");
            assertThat(List.of(one, two)).doesNotHaveDuplicates().allMatch(name -> name.startsWith("dvhc_sync_"));

            // When
            copies.setAutoCommit(false);
            text(copies, "SELECT pg_replication_origin_xact_setup('0/0', clock_timestamp())");
            insertCase(copies, "echo", "x");
            copies.commit();
            insertCase(owner, "own", "x");
        }

        // Then
        try (Topics topic = new Topics(platform.kafkaBootstrap(), "cdc.commune_31.public.case_file")) {
            assertThat(topic.until(r -> r.key().contains("own")))
                    .extracting(ConsumerRecord::key)
                    .containsExactly("{\"case_number\":\"own\"}");
        }
    }

    @Test
    void restart_afterAKill_reapsPostgresKeepsDataAndGoesOnCapturing() throws Exception {
        // Given
        databases.createSource("province_30", "province");
        register("province_30", source("permit"), "province_30");
        try (Connection connection = databases.connect("province_30", Account.APP)) {
            insertPermit(connection, "before");
        }
        try (Topics topic = new Topics(platform.kafkaBootstrap(), "cdc.province_30.public.permit")) {
            topic.until(r -> r.key().contains("before"));
        }
        // and a slot that follows what only others write, once the database says something
        databases.createSource("province_31", "province");
        register("province_31", source("permit"), "province_31");
        try (Connection connection = databases.connect("province_31", Account.APP)) {
            insertPermit(connection, "first");
        }
        try (Topics topic = new Topics(platform.kafkaBootstrap(), "cdc.province_31.public.permit")) {
            topic.until(r -> r.key().contains("first"));
        }
        awaitSlotBeyondWritesOfOthers("province_31");
        Postmaster orphan = new Postmaster(platform.dir().resolve("postgres/data"));
        long orphanPid = orphan.running().orElseThrow().pid();

        int port = platform.postgresPort();

        // When
        platform.kill();
        try (Connection connection = databases.connect("province_30", Account.APP)) {
            insertPermit(connection, "meanwhile");
        }
        advanceSlotBeyondTheStoredPosition("dvhc_province_31");
        platform = PlatformProcess.start(platform.dir(), Set.of(PlatformProcess.Option.WITHOUT_KEYCLOAK));
        assertThat(platform.postgresPort()).isEqualTo(port);

        // Then
        assertThat(ProcessHandle.of(orphanPid)).isEmpty();
        platform.connect().awaitRunning("province_31", Duration.ofSeconds(60));
        try (Connection connection = databases.connect("province_31", Account.APP)) {
            insertPermit(connection, "second");
        }
        try (Topics topic = new Topics(platform.kafkaBootstrap(), "cdc.province_31.public.permit")) {
            topic.until(r -> r.key().contains("second"));
        }
        try (Connection connection = databases.connect("province_30", Account.APP)) {
            assertThat(text(connection, "SELECT count(*) FROM permit")).isEqualTo("2");
            insertPermit(connection, "after");
        }
        try (Topics topic = new Topics(platform.kafkaBootstrap(), "cdc.province_30.public.permit")) {
            assertThat(topic.until(r -> r.key().contains("after")))
                    .extracting(ConsumerRecord::key)
                    .containsSubsequence(
                            "{\"permit_number\":\"before\"}",
                            "{\"permit_number\":\"meanwhile\"}",
                            "{\"permit_number\":\"after\"}");
        }
    }

    /** Nothing of an idle database is delivered, so its slot stays until it says what means nothing (see SlotNudge in sync-service). */
    private void awaitSlotBeyondWritesOfOthers(String source) throws SQLException {
        try (Connection national = databases.connect("national", Account.POSTGRES);
                Connection owner = databases.connect(source, Account.SYNC)) {
            execute(national, "CREATE TABLE other AS SELECT * FROM generate_series(1, 10000)");
            String written = text(national, "SELECT pg_current_wal_lsn()");
            text(owner, "SELECT pg_logical_emit_message(true, 'dvhc-nudge', '')");
            await(
                    national,
                    "SELECT confirmed_flush_lsn >= '" + written + "' FROM pg_replication_slots WHERE slot_name = 'dvhc_"
                            + source + "'",
                    "the slot of " + source + " advances");
        }
    }

    /** As an operator does by hand, or as an older version's driver did: the connector starts behind its slot and trusts it. */
    private void advanceSlotBeyondTheStoredPosition(String slot) throws SQLException {
        try (Connection connection = databases.connect("province_31", Account.POSTGRES)) {
            await(
                    connection,
                    "SELECT NOT active FROM pg_replication_slots WHERE slot_name = '" + slot + "'",
                    "the slot " + slot + " is left by its dead connector");
            execute(connection, "CREATE TABLE more AS SELECT * FROM generate_series(1, 10000)");
            text(connection, "SELECT pg_replication_slot_advance('" + slot + "', pg_current_wal_lsn())");
        }
    }

    private static void await(Connection connection, String query, String what) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!text(connection, query).equals("t")) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private void register(String name, Path template, String database) {
        ConnectClient connect = platform.connect();
        connect.register(
                name,
                template,
                Map.of(
                        "source",
                        database,
                        "database.host",
                        "127.0.0.1",
                        "database.port",
                        Integer.toString(platform.postgresPort()),
                        "database.name",
                        database,
                        "database.user",
                        Account.CAPTURE.user(),
                        "database.password",
                        Account.CAPTURE.password()));
        connect.awaitRunning(name, Duration.ofSeconds(60));
    }

    /** What sync-service tells the connector of a source, with one table. */
    private Path source(String table) throws IOException {
        String fixed = Files.readString(connectors.resolve("postgresql.json"));
        return Files.writeString(
                platform.dir().resolve(table + ".json"),
                fixed.substring(0, fixed.lastIndexOf('}')) + """
                        , "database.hostname": "${database.host}", "database.port": "${database.port}",
                        "database.dbname": "${database.name}", "database.user": "${database.user}",
                        "database.password": "${database.password}", "topic.prefix": "cdc.${source}",
                        "slot.name": "dvhc_${source}", "publication.name": "dvhc", "table.include.list": "public.%s"}""".formatted(table));
    }

    private static void insertIntoOutbox(Connection connection, String payload) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO outbox (id, aggregate_id, topic, payload)"
                + " VALUES (gen_random_uuid(), '00004@2025-07-01', 'unit-changes.v1', ?)")) {
            insert.setString(1, payload);
            insert.executeUpdate();
        }
    }

    private static void insertCase(Connection connection, String number, String steps) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO case_file VALUES (?, '10507', '2024-12-31', NULL,"
                + " 'birth', 'open', ?, '2025-06-30 23:59:59.123456+07', now())")) {
            insert.setString(1, number);
            insert.setString(2, steps);
            insert.executeUpdate();
        }
    }

    private static void insertPermit(Connection connection, String number) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO permit (permit_number, unit_code, unit_vintage,"
                + " kind, holder_kind, status, area_m2) VALUES (?, '10507', '2024-12-31', 'building', 'person',"
                + " 'valid', 120.50)")) {
            insert.setString(1, number);
            insert.executeUpdate();
        }
    }

    /** PostgreSQL keeps what compresses well in the row; this one leaves it. */
    private static String incompressible(int length) {
        return new java.util.Random(7)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
