package vn.dvhc.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.sync.declare.PlanKeeper;

/** A province joins, changes and leaves while everything runs: by API alone. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestSecurity(user = "an", roles = "operator")
class SourcesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    PlanKeeper keeper;

    @Inject
    SyncConfig config;

    @BeforeAll
    static void showRefusals() {
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    }

    @Test
    @Order(1)
    void source_joinsByOneCall_withTheRowsItHasAndThoseItsPeopleWriteMeanwhile() throws Exception {
        databases().createSource("commune_33", "commune");
        execute(
                "commune_33",
                "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps)"
                        + " SELECT '33-' || i, '10507', '2025-06-30', 'khai sinh', 'mở', repeat('x', 200)"
                        + " FROM generate_series(1, 20000) i");
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Integer> people = CompletableFuture.supplyAsync(() -> write(enough));

        declare("commune_33", "commune")
                .then()
                .statusCode(201)
                .header("Location", equalTo(RestAssured.baseURI + ":" + RestAssured.port + "/v1/sources/commune_33"));

        await("it runs", () -> state("commune_33").equals("running"));
        await("the rows that were there", () -> copies("national") >= 20_000);
        enough.set(true);
        int written = people.join();
        assertThat(written).isPositive();
        await(
                "what was written meanwhile",
                () -> checksum("national", "replica").equals(checksum("commune_33", "public")));
        assertThat(copies("national")).isEqualTo(20_000 + written);
    }

    @Test
    @Order(2)
    void status_tellsFreshnessCompletenessAndTheSlot_ofEachSource() throws Exception {
        String source = "sources.find { it.source == 'commune_33' }.";
        await("all is applied, and the slot measured", () -> {
            JsonPath status = RestAssured.get("/v1/sync/status").jsonPath();
            return status.getBoolean(source + "current") && status.get(source + "slot") != null;
        });
        JsonPath status = RestAssured.get("/v1/sync/status").jsonPath();
        assertThat(status.getString(source + "tier") + " " + status.getString(source + "province"))
                .isEqualTo("commune 33");
        assertThat(status.getBoolean(source + "complete")).isTrue();
        assertThat(status.getBoolean(source + "slot.active")).isTrue();
        assertThat(status.getBoolean(source + "slot.warning")).isFalse();
        assertThat(status.getLong(source + "slot.retainedBytes")).isNotNegative();
        assertThat(status.getString(source + "datasets[0].dataset")).isEqualTo("case_file");
        assertThat(status.getLong(source + "datasets[0].backlog")).isZero();
        assertThat(Instant.parse(status.getString(source + "datasets[0].lastVisibleAt")))
                .isAfterOrEqualTo(Instant.parse(status.getString(source + "datasets[0].lastCommittedAt")));
        RestAssured.get("/q/metrics")
                .then()
                .body(containsString("dvhc_slot_retained_bytes{source=\"commune_33\"}"))
                .body(containsString("dvhc_connector_running{source=\"commune_33\"} 1.0"));
    }

    @Test
    @Order(2)
    void slot_movesOn_thoughOnlyOthersWrite_andNotByTheDriver() throws Exception {
        String end = text("national", "SELECT pg_logical_emit_message(true, 'others', repeat('x', 20000000))::text");
        await(
                "the slot is past it",
                () -> text(
                                "national",
                                "SELECT bool_and(confirmed_flush_lsn > '" + end
                                        + "') FROM pg_replication_slots WHERE slot_name LIKE '%33'")
                        .equals("t"));
        // The driver would move it over transactions that are still on their way.
        assertThat(RestAssured.get(PlatformResource.platform().connectUrl() + "/connectors/commune_33/config")
                        .jsonPath()
                        .getString("'lsn.flush.mode'"))
                .isEqualTo("connector");
    }

    @Test
    @Order(3)
    void copies_areFilled_whenTheDatabaseThatHoldsThemJoinsLater() throws Exception {
        databases().createSource("province_33", "province");

        declare("province_33", "province").then().statusCode(201);
        await("it is in use", () -> RestAssured.get("/v1/sources/province_33").statusCode() == 200);
        execute("commune_33", "UPDATE case_file SET status = 'sửa' WHERE case_number = '33-1'");

        await(
                "rows from before it joined",
                () -> checksum("province_33", "replica").equals(checksum("commune_33", "public")));
    }

    @Test
    @Order(4)
    void rowOfASnapshot_givesWay_toWhatHappenedSinceItWasAskedFor() throws Exception {
        // Given
        String copies =
                "SELECT string_agg(case_number || ' ' || status || ' ' || (ended_at IS NOT NULL), ', ' ORDER BY case_number)"
                        + " FROM replica.case_file WHERE case_number IN ('33-2', '33-3', '33-unknown')";
        execute(
                "commune_33",
                "UPDATE case_file SET status = 'mới' WHERE case_number = '33-2'",
                "UPDATE case_file SET status = 'xong' WHERE case_number = '33-3'",
                "DELETE FROM case_file WHERE case_number = '33-3'");
        for (String copy : List.of("national", "province_33")) {
            await("it is told", () -> text(copy, copies).equals("33-2 mới false, 33-3 xong true"));
        }

        // When: rows that were read before, sent with the position that the stream has reached since
        String reached = text("commune_33", "SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint");
        for (String key : List.of("33-2", "33-3", "33-unknown")) {
            send("cdc.commune_33.public.case_file", "{\"case_number\":\"" + key + "\"}", staleRow(key, reached));
        }

        // Then
        for (String copy : List.of("national", "province_33")) {
            await(
                    "only what was not known is taken",
                    () -> text(copy, copies).equals("33-2 mới false, 33-3 xong true, 33-unknown cũ false"));
            executeAsSync(copy, "DELETE FROM replica.case_file WHERE case_number = '33-unknown'");
        }
    }

    @Test
    @Order(5)
    void dataset_isDeclaredWhileItsTableIsInUse_andPersonalDataNeverLeaves() throws Exception {
        execute(
                "commune_33",
                "CREATE TABLE household (book text, sheet integer, unit_code text NOT NULL, head_name text, head_id text,"
                        + " members integer, PRIMARY KEY (book, sheet))",
                "ALTER TABLE household REPLICA IDENTITY FULL",
                "GRANT SELECT ON household TO sync",
                "INSERT INTO household SELECT 'A', i, '10507', 'Nguyễn Văn ' || i, '0300' || i, 4 FROM generate_series(1, 300) i",
                "ALTER PUBLICATION dvhc ADD TABLE household");
        String dataset = """
                {"name": "household", "owner": "commune", "table": "public.household", "sources": ["commune_33"],
                 "key": ["book", "sheet"], "unit": "unit_code", "vintage": {"rule": "source"}, "follows": "people",
                 "up": ["nation"], "personal": {"head_name": "drop", "head_id": "pseudonym"},
                 "columns": {"book": "text", "sheet": "integer", "unit_code": "text", "head_name": "text", "head_id": "text",
                             "members": "integer"}}""";

        post("/v1/datasets", dataset).then().statusCode(201).body("up", equalTo(List.of("nation")));

        await("rows from before", () -> count("national", "replica.household") == 300);
        execute(
                "commune_33",
                "UPDATE household SET members = 5 WHERE sheet = 7",
                "DELETE FROM household WHERE sheet = 8",
                "INSERT INTO household VALUES ('B', 7, '10507', 'Trần Thị Bình', '03007', 2)");
        await(
                "changes",
                () -> text(
                                        "national",
                                        "SELECT count(*) FROM replica.household WHERE ended_at IS NULL AND (members <> 4"
                                                + " OR book = 'B')")
                                .equals("2")
                        && text("national", "SELECT count(*) FROM replica.household WHERE ended_at IS NOT NULL")
                                .equals("1"));
        assertThat(text(
                        "national",
                        "SELECT count(*) || ' ' || bool_and(head_id ~ '^[0-9a-f]{64}$') || ' ' || min(unit_vintage) FROM"
                                + " replica.household"))
                .isEqualTo("301 true 2025-06-30");
        assertThat(
                        text(
                                "national",
                                "SELECT count(DISTINCT head_id) FROM replica.household WHERE (book, sheet) IN (('A', 7), ('B', 7))"))
                .as("the same person bears the same pseudonym")
                .isEqualTo("1");
        execute("national", "UPDATE replica.household SET members = 99, head_id = 'x' WHERE (book, sheet) = ('A', 1)");
        await(
                "a write by another is undone, and the pseudonym is the same again",
                () -> text(
                                "national",
                                "SELECT count(*) FROM replica.household WHERE (book, sheet) = ('A', 1) AND members = 4"
                                        + " AND head_id ~ '^[0-9a-f]{64}$'")
                        .equals("1"));
        await(
                "it is told",
                () -> RestAssured.get("/v1/conflicts?state=undone&dataset=household")
                                .jsonPath()
                                .getList("conflicts")
                                .size()
                        == 1);
        RestAssured.get("/v1/conflicts/"
                        + RestAssured.get("/v1/conflicts?state=undone&dataset=household")
                                .path("conflicts[0].id"))
                .then()
                .body("ownerVersion.keySet()", equalTo(Set.of("book", "sheet", "unit_code", "members")))
                .body("otherVersion.members", equalTo("99"));
        assertThat(topic("cdc.commune_33.public.household"))
                .hasSizeGreaterThanOrEqualTo(303)
                .noneMatch(message -> message.contains("Nguyễn") || message.contains("\"03007\""));
    }

    @Test
    @Order(6)
    void connector_isRestarted_whenItsTaskHasFailed() throws Exception {
        execute("commune_33", "ALTER PUBLICATION dvhc RENAME TO elsewhere");
        PlatformResource.platform().connect().restart("commune_33");
        await("the failure is reported", () -> {
            Response source = RestAssured.get("/v1/sources/commune_33");
            return source.path("connector.state").equals("failed") && source.<Integer>path("connector.restarts") >= 1;
        });
        assertThat(RestAssured.get("/v1/sources/commune_33").<String>path("connector.problem"))
                .contains("Exception");

        execute("commune_33", "ALTER PUBLICATION elsewhere RENAME TO dvhc");

        await("it runs again", () -> state("commune_33").equals("running"));
    }

    @Test
    @Order(7)
    void source_isRefusedWithEverythingThatIsWrong() throws Exception {
        databases().create("empty_33", Account.APP);

        declare("empty_33", "commune")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("problems", hasItem(startsWith("sources.empty_33.public.case_file: không có bảng")))
                .body("problems", hasItem("sources.empty_33: chưa chạy replication-origin.sql"));
        declare("nowhere_33", "commune")
                .then()
                .statusCode(422)
                .body(
                        "problems",
                        hasItem(startsWith("sources.nowhere_33.database: không kết nối hoặc không đọc được")));
        post("/v1/sources", "{\"name\":\"Bad Name\",\"tier\":\"commune\",\"database\":\"x\",\"epoch\":-1}")
                .then()
                .statusCode(422)
                .body("problems", hasSize(5));
        post("/v1/sources", "{\"name\":\"x\",\"surprise\":1}").then().statusCode(422);
        post("/v1/sources", "[]").then().statusCode(400);
        declare("commune_30", "commune").then().statusCode(409);
        declare("commune_33", "commune").then().statusCode(409);
        RestAssured.delete("/v1/sources/national").then().statusCode(409);
        RestAssured.delete("/v1/sources/nobody").then().statusCode(404);
        RestAssured.get("/v1/sources/empty_33").then().statusCode(404);
    }

    @Test
    @Order(8)
    void file_isReadAgainWhenItChanges_andWhatIsWrongIsNotUsed() throws Exception {
        Path file = config.plan().orElseThrow();
        String right = Files.readString(file);
        try {
            Files.writeString(file, right.replace("follows: land", "follows: the money"));
            await("it is told", () -> !keeper.problems().isEmpty());
            RestAssured.get("/v1/sources")
                    .then()
                    .statusCode(200)
                    .body("problems", hasItem(startsWith("datasets.permit")));
            RestAssured.get("/v1/datasets/permit").then().body("follows", equalTo("land"));

            Files.writeString(file, right.replace("follows: land", "follows: everything"));
            await(
                    "it is used",
                    () -> RestAssured.get("/v1/datasets/permit").path("follows").equals("everything"));
            assertThat(keeper.problems()).isEmpty();
        } finally {
            Files.writeString(file, right);
        }
        await(
                "back",
                () -> RestAssured.get("/v1/datasets/permit").path("follows").equals("land"));
    }

    @Test
    @Order(9)
    @TestSecurity(user = "binh", roles = "decision-drafter")
    void api_isForOperatorsOnly() {
        RestAssured.get("/v1/sources").then().statusCode(403);
        declare("commune_34", "commune").then().statusCode(403);
        RestAssured.delete("/v1/datasets/household").then().statusCode(403);
    }

    @Test
    @Order(10)
    void source_leaves_withItsConnectorAndItsSlot_andCopiesStay() throws Exception {
        RestAssured.delete("/v1/datasets/household").then().statusCode(204);
        for (String source : List.of("commune_33", "province_33")) {
            RestAssured.delete("/v1/sources/" + source).then().statusCode(204);
        }

        await(
                "no slot is left",
                () -> text("national", "SELECT count(*) FROM pg_replication_slots WHERE slot_name LIKE '%33'")
                        .equals("0"));
        await(
                "no connector is left",
                () -> PlatformResource.platform().connect().status("commune_33").equals("{}"));
        RestAssured.get("/v1/sources/commune_33").then().statusCode(404);
        assertThat(copies("national")).isPositive();
        assertThat(text(
                        "national",
                        "SELECT string_agg(declared_by || ' ' || (body IS NOT NULL), ', ' ORDER BY id) FROM sync.declaration"
                                + " WHERE name = 'commune_33'"))
                .isEqualTo("an true, an false");
        // What other tests count is as it was.
        executeAsSync("national", "DELETE FROM replica.case_file WHERE sync_home = 'commune_33'");
    }

    /** Inserts and updates until it is enough; answers how many rows are new. */
    private static int write(AtomicBoolean enough) {
        int written = 0;
        try (Connection connection = databases().connect("commune_33", Account.APP);
                Statement statement = connection.createStatement()) {
            while (!enough.get()) {
                written++;
                statement.execute(
                        "INSERT INTO case_file (case_number, unit_code, unit_vintage, procedure, status, steps)"
                                + " VALUES ('33-new-" + written + "', '10507', '2025-06-30', 'khai sinh', 'mở', 'x')");
                statement.execute("UPDATE case_file SET status = 'lần " + written + "' WHERE case_number = '33-"
                        + (written * 37 % 20_000 + 1) + "'");
            }
            return written;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Response declare(String name, String tier) {
        return post(
                "/v1/sources",
                "{\"name\":\"" + name + "\",\"tier\":\"" + tier + "\",\"province\":\"33\",\"vintage\":\"2025-06-30\","
                        + "\"epoch\":1,\"database\":\"127.0.0.1:"
                        + PlatformResource.platform().postgresPort() + "/" + name
                        + "\"}");
    }

    private static Response post(String path, String body) {
        return RestAssured.given().contentType("application/json").body(body).post(path);
    }

    private static String state(String source) {
        return String.valueOf(RestAssured.get("/v1/sources/" + source).<String>path("connector.state"));
    }

    private static long copies(String database) throws SQLException {
        return Long.parseLong(text(
                database,
                "SELECT count(*) FROM replica.case_file WHERE sync_home = 'commune_33' AND ended_at IS NULL"));
    }

    private static long count(String database, String table) throws SQLException {
        return Long.parseLong(text(
                "national",
                "SELECT CASE WHEN to_regclass('" + table
                        + "') IS NULL THEN 0 ELSE (xpath('/row/c/text()', query_to_xml("
                        + "'SELECT count(*) AS c FROM ' || '" + table + "', false, true, '')))[1]::text::bigint END"));
    }

    private static String checksum(String database, String schema) throws SQLException {
        String only = schema.equals("replica") ? " WHERE sync_home = 'commune_33' AND ended_at IS NULL" : "";
        return text(
                database,
                "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(case_number || status || steps || unit_code, 0)), 0) FROM "
                        + schema + ".case_file" + only);
    }

    private static String staleRow(String key, String reached) {
        return "{\"op\":\"r\",\"before\":null,\"after\":{\"case_number\":\"" + key
                + "\",\"unit_code\":\"10507\",\"unit_vintage\":20269,\"procedure\":\"khai sinh\",\"status\":\"cũ\",\"steps\":\"x\"},"
                + "\"source\":{\"snapshot\":\"incremental\",\"sequence\":\"[\\\"" + reached + "\\\",\\\"" + reached
                + "\\\"]\"}}";
    }

    private static void send(String topic, String key, String message) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        PlatformResource.platform().kafkaBootstrap()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, message)).get();
        }
    }

    private static List<String> topic(String name) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        PlatformResource.platform().kafkaBootstrap(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        UUID.randomUUID().toString()),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition all = new TopicPartition(name, 0);
            consumer.assign(List.of(all));
            consumer.seekToBeginning(List.of(all));
            long end = consumer.endOffsets(List.of(all)).get(all);
            List<String> messages = new java.util.ArrayList<>();
            while (consumer.position(all) < end) {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
                    messages.add(String.valueOf(message.value()));
                }
            }
            return messages;
        }
    }

    private static String text(String database, String sql) throws SQLException {
        try (Connection connection = databases().connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** What others write to copies is undone. */
    private static void executeAsSync(String database, String sql) throws SQLException {
        try (Connection connection = databases().connect(database, Account.SYNC);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void execute(String database, String... statements) throws SQLException {
        try (Connection connection = databases().connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static Databases databases() {
        return new Databases(PlatformResource.platform().postgresPort());
    }

    /** Waits for a visible effect. */
    private static void await(String what, Callable<Boolean> effect) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!effect.call()) {
            assertThat(Instant.now()).as("waiting for: " + what).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
