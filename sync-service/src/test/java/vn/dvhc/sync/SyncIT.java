package vn.dvhc.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.local.Account;
import vn.dvhc.local.Databases;
import vn.dvhc.sync.apply.RecordApplier;
import vn.dvhc.sync.capture.Batch;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.Origin;
import vn.dvhc.sync.conflict.ConflictInbox;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.letter.Letters;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.status.Books;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitRef;

/** The mover on the real parts: before, through and after the reform of 2025-07-01. The order of the tests is that of time. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestSecurity(user = "operator", roles = "operator")
class SyncIT {

    private static final LocalDate BEFORE = UnitTopic.BEFORE;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    RecordApplier applier;

    @Inject
    Books books;

    @Inject
    Letters letters;

    @Inject
    ConflictInbox conflicts;

    @Inject
    UnitKnowledge knowledge;

    @Inject
    Plans plans;

    @Inject
    SyncConfig config;

    @Test
    @Order(1)
    void copies_followTheirOwner_throughInsertUpdateOfASmallColumnAndDelete() throws Exception {
        String large = "bước xử lý ".repeat(1000);
        insertCase("commune_30", "30-A", "10507", null, large);
        insertCase("commune_30", "30-B", "10507", null, "x");
        await(
                "3 copies",
                () -> copy("national", "30-A").isPresent()
                        && copy("province_30", "30-B").isPresent());

        execute("commune_30", "UPDATE case_file SET status = 'xong' WHERE case_number = '30-A'");
        execute("commune_30", "DELETE FROM case_file WHERE case_number = '30-B'");
        for (String database : List.of("province_30", "national")) {
            await(
                    "update in " + database,
                    () -> copy(database, "30-A").orElseThrow().status().equals("xong"));
            assertThat(copy(database, "30-A").orElseThrow().steps()).isEqualTo(large);
            await(
                    "end in " + database,
                    () -> copy(database, "30-B").orElseThrow().ended());
        }
    }

    @Test
    @Order(2)
    void apply_changesNothing_whenABatchIsDeliveredAgainAfterACrash() throws Exception {
        Change change = change("cdc.commune_30.public.crash", 0, "30-C", 10, "mới");
        applier.apply(plans.current().orElseThrow(), batch(change));
        executeAsSync("national", "UPDATE replica.case_file SET status = 'dấu' WHERE case_number = '30-C'");
        applier.apply(plans.current().orElseThrow(), batch(change));
        assertThat(copy("national", "30-C").orElseThrow().status()).isEqualTo("dấu");
    }

    @Test
    @Order(3)
    void apply_keepsTheNewer_whenAnOlderChangeArrivesLater() throws Exception {
        String topic = "cdc.commune_30.public.disorder";
        applier.apply(plans.current().orElseThrow(), batch(change(topic, 0, "30-D", 200, "mới")));
        applier.apply(plans.current().orElseThrow(), batch(change(topic, 1, "30-D", 100, "cũ")));
        assertThat(copy("national", "30-D").orElseThrow().status()).isEqualTo("mới");
        assertThat(count("national", "SELECT count(*) FROM replica.case_file WHERE case_number = '30-D'"))
                .isEqualTo(1);
    }

    @Test
    @Order(3)
    void stream_goesOnWithoutADatabaseThatIsAway_whichCatchesUpByItself() throws Exception {
        connections("province_30", false);
        insertCase("commune_30", "30-away", "10507", null, "x");
        await("the nation has it", () -> copy("national", "30-away").isPresent());
        await(
                "the lane is known to be behind",
                () -> RestAssured.get("/v1/sync/status").path("lanes.target").equals(List.of("province_30")));
        insertCase("commune_31", "31-away", "318", null, "x");
        await(
                "and so does another province",
                () -> copy("province_31", "31-away").isPresent());
        execute("commune_30", "UPDATE case_file SET status = 'sau' WHERE case_number = '30-away'");
        await(
                "the nation goes on",
                () -> copy("national", "30-away").orElseThrow().status().equals("sau"));

        connections("province_30", true);
        await(
                "the province has both",
                () -> copy("province_30", "30-away")
                        .filter(record -> record.status().equals("sau"))
                        .isPresent());
        await(
                "nobody is behind",
                () -> RestAssured.get("/v1/sync/status").path("lanes").equals(List.of()));
        await("nothing is left to apply", () -> books.backlog() == 0);
    }

    @Test
    @Order(4)
    void poison_becomesDeadLettersWithTheirCause_andTheStreamGoesOn() throws Exception {
        try (KafkaProducer<String, String> producer =
                UnitTopic.producer(PlatformResource.platform().kafkaBootstrap())) {
            producer.send(new ProducerRecord<>("cdc.commune_30.public.case_file", "k", "{\"op\":"));
            producer.send(new ProducerRecord<>("cdc.commune_99.public.case_file", "k", "{}"));
            producer.send(new ProducerRecord<>(
                    "cdc.commune_30.public.case_file",
                    "k",
                    "{\"op\":\"c\",\"source\":{\"lsn\":1},\"after\":{\"case_number\":\"30-N\",\"unit_code\":\"10507\","
                            + "\"unit_vintage\":20269,\"procedure\":\"p\",\"status\":\"s\",\"steps\":\"s\","
                            + "\"created_at\":\"hôm qua\"}}"));
        }
        insertCase("commune_30", "30-U", "99999", null, "x");
        insertCase("commune_30", "30-E", "10507", null, "x");
        await("the stream goes on", () -> copy("national", "30-E").isPresent());
        await("four dead letters", () -> letters.openCount() == 4);
        assertThat(RestAssured.get("/v1/dead-letters").jsonPath().getList("cause", String.class))
                .containsExactlyInAnyOrder("UNREADABLE", "UNDECLARED", "REFUSED_BY_DATABASE", "UNIT_REFUSED");
        assertThat(copy("national", "30-U")).isEmpty();
    }

    @Test
    @Order(5)
    void reform_handsEveryRecordOver_andLateChangesFollow() throws Exception {
        Timeline reformed = futureTimeline();
        Unit whole = some(reformed, "30", Recoding.Kind.ONE_SUCCESSOR, Following.PEOPLE);
        Unit split = some(reformed, "30", Recoding.Kind.SPLIT, Following.PEOPLE);
        Unit stays = some(reformed, "31", Recoding.Kind.SPLIT, Following.PEOPLE);
        List<Unit> candidates = candidates(reformed, split);
        UnitTopic.assign(
                PlatformResource.platform().kafkaBootstrap(),
                split.id().toString(),
                "Thôn 1",
                candidates.get(1).id().toString());
        insertCase("commune_30", "30-whole", whole.code().value(), null, "x");
        insertCase("commune_30", "30-decided", split.code().value(), "Thôn 1", "x");
        insertCase("commune_30", "30-waiting", split.code().value(), "Thôn 2", "x");
        insertCase("commune_30", "30-edited", whole.code().value(), null, "x");
        insertCase("commune_31", "31-island", "318", null, "x");
        insertCase("commune_31", "31-waiting", stays.code().value(), null, "x");
        insertPermit("province_30", "30-permit", whole.code().value());
        await(
                "everything copied",
                () -> count(
                                "national",
                                "SELECT (SELECT count(*) FROM replica.case_file WHERE case_number ~ '^3[01]-[a-z]')"
                                        + " + (SELECT count(*) FROM replica.permit)")
                        == 9);
        await(
                "the locality is known",
                () -> RestAssured.get("/v1/sync/status").path("assignments").equals(1));

        assertThat(recordCounts(split.code().value(), "2025-06-30"))
                .as("before the reform, where they were written")
                .containsExactly("commune_30 commune case_file Thôn 1 1", "commune_30 commune case_file Thôn 2 1");

        // A new home is away in the night of the reform: only what comes to it waits.
        connections("commune_31", false);
        BusinessClock.set(config.clockFile().orElseThrow(), Instant.parse("2025-06-30T17:00:01Z"));
        UnitTopic.publishUntil(PlatformResource.platform().kafkaBootstrap(), Catalogue.REFORM);
        await("hand-over begun", () -> books.handOver(Catalogue.REFORM).isPresent());
        execute(
                "province_31",
                "INSERT INTO permit (permit_number, unit_code, unit_vintage, kind, holder_kind, status)"
                        + " VALUES ('31-permit', '11948', '2025-07-01', 'xây dựng', 'hộ', 'mở')");
        await(
                "another province's record reaches the nation meanwhile",
                () -> count("national", "SELECT count(*) FROM replica.permit WHERE permit_number = '31-permit'") == 1);
        RestAssured.get("/v1/handovers/2025-07-01")
                .then()
                .body("summary.state", is("running"))
                .body("waiting.findAll { it.from == 'commune_30' }.to", contains("commune_31"));
        execute("commune_30", "UPDATE case_file SET status = 'trong đêm' WHERE case_number = '30-whole'");
        connections("commune_31", true);
        await(
                "hand-over done",
                () -> books.handOver(Catalogue.REFORM)
                        .filter(day -> day.state().equals("done"))
                        .isPresent());

        String successor = successor(reformed, whole).code().value();
        await(
                "whole in the nation",
                () -> copy("national", "30-whole").orElseThrow().unit().equals(successor + "@2025-07-01"));
        assertThat(owner("commune_31", "30-decided").orElseThrow().unit())
                .isEqualTo(candidates.get(1).code() + "@2025-07-01");
        assertThat(owner("commune_31", "30-waiting").orElseThrow().unit()).isEqualTo(split.code() + "@" + BEFORE);
        assertThat(owner("commune_31", "31-island").orElseThrow().unit()).isEqualTo("11948@2025-07-01");
        assertThat(owner("commune_31", "31-waiting").orElseThrow().unit()).isEqualTo(stays.code() + "@" + BEFORE);
        assertThat(owner("commune_31", "30-U")).isEmpty();
        assertThat(count(
                        "province_31",
                        "SELECT count(*) FROM permit WHERE permit_number = '30-permit' AND unit_code = '" + successor
                                + "'"))
                .isEqualTo(1);
        await("province copy", () -> copy("province_31", "30-whole").isPresent());
        assertThat(RestAssured.get("/v1/queue?limit=10").jsonPath().<String>getList("key"))
                .contains("30-waiting", "31-waiting");
        assertThat(recordCounts(split.code().value(), "2020-01-01"))
                .as("what still waits for a clerk, in its new home")
                .containsExactly("commune_31 commune case_file Thôn 2 1");
        Books.Summary summary = books.handOver(Catalogue.REFORM).orElseThrow();
        assertThat(summary.conserved()).isTrue();
        assertThat(summary.kept()).isZero();
        assertThat(summary.rejected()).isEqualTo(1);
        assertThat(books.manifests(Catalogue.REFORM)).isNotEmpty().allMatch(Books.Manifest::equal);

        // A late change of the former home is rebased; a record edited in its new home meets it as a conflict.
        execute("commune_31", "UPDATE case_file SET status = 'nơi mới' WHERE case_number = '30-edited'");
        execute("commune_30", "UPDATE case_file SET status = 'nơi cũ' WHERE case_number = '30-edited'");
        execute("commune_30", "UPDATE case_file SET status = 'muộn' WHERE case_number = '30-whole'");
        execute("commune_30", "DELETE FROM case_file WHERE case_number = '30-decided'");
        insertCase("commune_30", "30-late", whole.code().value(), null, "x");
        insertCase("commune_31", "31-late", "318", null, "x");
        insertCase("commune_30", "30-refused", "99998", null, "x");
        await(
                "late change",
                () -> copy("national", "30-whole").orElseThrow().status().equals("muộn"));
        assertThat(owner("commune_31", "30-whole").orElseThrow().unit()).isEqualTo(successor + "@2025-07-01");
        await(
                "late insert",
                () -> copy("national", "30-late")
                        .filter(record -> record.unit().equals(successor + "@2025-07-01"))
                        .isPresent());
        await(
                "late insert under an old code in a present home",
                () -> copy("national", "31-late")
                        .filter(record -> record.unit().equals("11948@2025-07-01"))
                        .isPresent());
        await("late delete", () -> copy("national", "30-decided").orElseThrow().ended());
        await("conflict", () -> conflicts.openCount() == 1);
        await(
                "the new home's edit stays",
                () -> copy("national", "30-edited").orElseThrow().status().equals("nơi mới"));
        await("nothing left to apply", () -> books.backlog() == 0);
        await(
                "the refused record counts",
                () -> books.handOver(Catalogue.REFORM).orElseThrow().late() == 3);
        Books.Summary after = books.handOver(Catalogue.REFORM).orElseThrow();
        assertThat(after.conserved()).isTrue();
        assertThat(after.late()).isEqualTo(3);
        assertThat(after.rejected()).isEqualTo(summary.rejected() + 1);
        assertThat(after.in()).isEqualTo(summary.in() + 3);

        // Records refused under codes nobody knows come to their new home once the codes are mended; the law goes on
        // holding.
        for (String wrong : List.of("99999", "99998")) {
            letters("corrections", "\"unit\":{\"from\":\"" + wrong + "\",\"to\":\"" + whole.code() + "\"}")
                    .then()
                    .statusCode(200)
                    .body("amended", is(1));
        }
        letters("dry-run", "\"limit\":10").then().body("applied", is(2));
        assertThat(owner("commune_31", "30-U")).isEmpty();
        letters("redrive", "\"limit\":10").then().statusCode(200).body("applied", is(2));
        for (String key : List.of("30-U", "30-refused")) {
            assertThat(owner("commune_31", key).orElseThrow().unit()).isEqualTo(successor + "@2025-07-01");
            await(
                    "its copy",
                    () -> copy("national", key)
                            .filter(record -> record.unit().equals(successor + "@2025-07-01"))
                            .isPresent());
        }
        Books.Summary mended = books.handOver(Catalogue.REFORM).orElseThrow();
        assertThat(mended.conserved()).isTrue();
        assertThat(mended.rejected()).isZero();
        assertThat(mended.moved()).isEqualTo(after.moved() + 2);
        assertThat(mended.in()).isEqualTo(after.in());
        assertThat(books.manifests(Catalogue.REFORM)).allMatch(Books.Manifest::equal);

        // The late change that met an edit: a person takes it, and it comes re-coded into the new home.
        String id = RestAssured.get("/v1/conflicts?kind=late-change").path("conflicts[0].id");
        RestAssured.get("/v1/conflicts/" + id)
                .then()
                .statusCode(200)
                .body("conflict.owner", is("commune_31"))
                .body("conflict.other", is("commune_30"))
                .body("ownerVersion.status", is("nơi mới"))
                .body("otherVersion.status", is("nơi cũ"));
        RestAssured.given()
                .contentType("application/json")
                .body("{\"decision\":\"accept\",\"reason\":\"nơi cũ ghi sau cùng\"}")
                .post("/v1/conflicts/" + id + "/decision")
                .then()
                .statusCode(200)
                .body("conflict.state", is("accepted"));
        assertThat(owner("commune_31", "30-edited").orElseThrow().status()).isEqualTo("nơi cũ");
        assertThat(owner("commune_31", "30-edited").orElseThrow().unit()).isEqualTo(successor + "@2025-07-01");
        await(
                "its copy",
                () -> copy("national", "30-edited").orElseThrow().status().equals("nơi cũ"));
        assertThat(conflicts.openCount()).isZero();
        assertThat(books.handOver(Catalogue.REFORM).orElseThrow().conserved()).isTrue();
        assertThat(books.manifests(Catalogue.REFORM)).allMatch(Books.Manifest::equal);
    }

    @Test
    @Order(6)
    void units_areInEveryDatabase_withTheirPast() throws Exception {
        await(
                "all hold the reform",
                () -> RestAssured.get("/v1/sync/reference-tables")
                        .path("current")
                        .equals(List.of(true, true, true, true, true)));
        for (String database : List.of("commune_30", "province_31", "national")) {
            assertThat(count(database, "SELECT count(*) FROM dvhc.unit WHERE level = 'commune' AND valid_to IS NULL"))
                    .isEqualTo(3_321);
            assertThat(count(
                            database,
                            "SELECT count(*) FROM dvhc.unit_at('10507', '2025-06-30') u JOIN dvhc.succession s"
                                    + " ON s.from_id = u.unit_id WHERE s.date = '2025-07-01'"))
                    .isPositive();
            assertThat(count(database, "SELECT count(*) FROM dvhc.unit_at('318', '2025-07-01')"))
                    .as("a district's code, after districts ended")
                    .isZero();
        }
    }

    @Test
    @Order(7)
    void correction_swapsTheTimeline_andHandsNothingOver() throws Exception {
        long handedOver = count("national", "SELECT count(*) FROM sync.enactment");

        Chronicle registry = UnitTopic.publishNoticeAndCorrection(
                PlatformResource.platform().kafkaBootstrap(),
                Catalogue.REFORM,
                new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Đúng", Basis.NONE));

        await("the correction", () -> knowledge.state().sequence() == registry.lastSequence());
        assertThat(knowledge.state().timeline().digest())
                .isEqualTo(registry.timeline().digest());
        assertThat(count("national", "SELECT count(*) FROM sync.enactment")).isEqualTo(handedOver);
    }

    @Test
    @Order(6)
    void levels_areProvedEqualAfterTheReform_throughTheirNewHomes() throws Exception {
        Response asked = RestAssured.given()
                .contentType("application/json")
                .body("{\"sources\":[\"commune_31\",\"province_31\",\"commune_30\"]}")
                .post("/v1/reconciliations");
        String run = "/v1/reconciliations/" + asked.path("id");
        await(
                "the comparison",
                () -> RestAssured.get(run).path("reconciliation.state").equals("done"));

        List<Map<String, Object>> pairs = RestAssured.get(run).jsonPath().getList("pairs");
        assertThat(pairs)
                .extracting(pair -> pair.get("dataset") + " " + pair.get("source") + " " + pair.get("copy"))
                .as("a former home is compared through its new one")
                .containsExactlyInAnyOrder(
                        "case_file commune_31 national",
                        "case_file commune_31 province_31",
                        "permit province_31 national");
        assertThat(RestAssured.get(run + "/differences?limit=100").jsonPath().<String>getList("differences.key"))
                .as("what tests before wrote into the copy only")
                .containsExactlyInAnyOrder("30-C", "30-D");
        assertThat(pairs).extracting(pair -> (Integer) pair.get("extra")).containsExactlyInAnyOrder(2, 0, 0);
    }

    @Test
    @Order(8)
    void api_answersOperators_inTheFormsPromised() {
        RestAssured.get("/v1/handovers/2025-07-01").then().statusCode(200);
        RestAssured.get("/v1/queue?limit=5").then().statusCode(200);
        RestAssured.get("/v1/handovers/hôm-nay").then().statusCode(400).contentType("application/problem+json");
        RestAssured.get("/v1/handovers/2020-01-01").then().statusCode(404).contentType("application/problem+json");
        RestAssured.get("/v1/dead-letters?limit=0").then().statusCode(400).contentType("application/problem+json");
        RestAssured.get("/q/health/ready").then().statusCode(200);
    }

    @Test
    @Order(8)
    @TestSecurity(user = "subscriber", roles = "subscriber")
    void api_isForOperatorsOnly() {
        RestAssured.get("/v1/sync/status").then().statusCode(403);
        askForCounts("{\"units\":[{\"code\":\"10507\",\"vintage\":\"2025-06-30\"}]}")
                .then()
                .statusCode(403);
    }

    @Test
    @Order(8)
    @TestSecurity(user = "an", roles = "decision-drafter")
    void recordCounts_areForWhoeverPreparesADecision() {
        askForCounts(
                        "{\"units\":[{\"code\":\"10507\",\"vintage\":\"2025-06-30\"},{\"code\":\"00001\",\"vintage\":\"1990-01-01\"}]}")
                .then()
                .statusCode(200)
                .body("truncated", is(false))
                .body("unknown.code", contains("00001"));
        RestAssured.get("/v1/sync/status").then().statusCode(403);
    }

    @ParameterizedTest
    @Order(9)
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"units\":[]}",
                "{\"units\":[10507]}",
                "{\"units\":[{\"code\":10507,\"vintage\":\"2025-06-30\"}]}",
                "{\"units\":[{\"code\":\"1'; --\",\"vintage\":\"2025-06-30\"}]}",
                "{\"units\":[{\"code\":\"10507\",\"vintage\":\"hôm nay\"}]}"
            })
    void recordCounts_refuseWhatNamesNoUnit(String body) {
        askForCounts(body).then().statusCode(400).contentType("application/problem+json");
    }

    private static Response letters(String path, String more) {
        return RestAssured.given()
                .contentType("application/json")
                .body("{\"filter\":{\"cause\":\"UNIT_REFUSED\"}," + more + "}")
                .post("/v1/dead-letters/" + path);
    }

    private static Response askForCounts(String body) {
        return RestAssured.given().contentType("application/json").body(body).post("/v1/record-counts");
    }

    private static List<String> recordCounts(String code, String vintage) {
        List<Map<String, Object>> counts = askForCounts(
                        "{\"units\":[{\"code\":\"" + code + "\",\"vintage\":\"" + vintage + "\"}]}")
                .jsonPath()
                .getList("counts");
        return counts.stream()
                .map(count -> Stream.of("source", "tier", "dataset", "locality", "records")
                        .map(field -> String.valueOf(count.get(field)))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private record Stored(String unit, String status, String steps, boolean ended) {}

    private static Optional<Stored> copy(String database, String key) throws SQLException {
        return read(database, "replica.case_file", "ended_at IS NOT NULL", key);
    }

    private static Optional<Stored> owner(String database, String key) throws SQLException {
        return read(database, "public.case_file", "false", key);
    }

    private static Optional<Stored> read(String database, String table, String ended, String key) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT unit_code || '@' || unit_vintage, status, steps, "
                        + ended + " FROM " + table + " WHERE case_number = '" + key + "'")) {
            return row.next()
                    ? Optional.of(new Stored(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)))
                    : Optional.empty();
        }
    }

    private static long count(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void insertCase(String database, String key, String code, String hamlet, String steps)
            throws SQLException {
        execute(
                database,
                "INSERT INTO case_file (case_number, unit_code, unit_vintage, hamlet, procedure, status, steps) VALUES ('"
                        + key + "', '" + code + "', '2025-06-30', " + (hamlet == null ? "NULL" : "'" + hamlet + "'")
                        + ", 'khai sinh', 'mở', '" + steps + "')");
    }

    private static void insertPermit(String database, String key, String code) throws SQLException {
        execute(
                database,
                "INSERT INTO permit (permit_number, unit_code, unit_vintage, kind, holder_kind, status, area_m2, issued_at)"
                        + " VALUES ('" + key + "', '" + code
                        + "', '2025-06-30', 'xây dựng', 'cá nhân', 'mở', 120.50, now())");
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What others write to copies is undone. */
    private static void executeAsSync(String database, String sql) throws SQLException {
        try (Connection connection =
                        new Databases(PlatformResource.platform().postgresPort()).connect(database, Account.SYNC);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(String database) throws SQLException {
        return new Databases(PlatformResource.platform().postgresPort()).connect(database, Account.POSTGRES);
    }

    /** Lets a database take connections, or be away. */
    private static void connections(String database, boolean allowed) throws SQLException {
        execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS " + allowed);
        if (!allowed) {
            execute(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database
                            + "' AND usename = 'sync'");
        }
    }

    private static Batch batch(Change change) {
        Progress.Place place = Progress.Place.of(change.origin());
        long offset = change.origin().offset();
        return new Batch(List.of(change), List.of(), Map.of(place, offset), Map.of(place, offset + 1));
    }

    private Change change(String topic, long offset, String key, long position, String status) {
        Plan declared = plans.current().orElseThrow();
        Source source = declared.source("commune_30").orElseThrow();
        Dataset dataset = declared.datasets().get(0);
        return new Change(
                new Origin(topic, 0, offset),
                source,
                dataset,
                key,
                java.util.Arrays.asList(
                        key,
                        "10507",
                        "2025-06-30",
                        null,
                        "khai sinh",
                        status,
                        "x",
                        "2025-01-01T00:00:00Z",
                        "2025-01-01T00:00:00Z"),
                false,
                position,
                Change.Kind.CHANGE,
                1L,
                Instant.now(),
                "{}");
    }

    private static Timeline futureTimeline() {
        Timeline timeline = Timeline.empty();
        for (var day : Catalogue.load().days().headMap(Catalogue.REFORM, true).entrySet()) {
            timeline = timeline.enact(day.getKey(), day.getValue()).fold(enacted -> enacted.timeline(), refused -> {
                throw new AssertionError(refused.reasons());
            });
        }
        return timeline;
    }

    private static Unit some(Timeline timeline, String province, Recoding.Kind kind, Following following) {
        return timeline.units(BEFORE, Level.COMMUNE, null).stream()
                .filter(unit -> provinceOf(timeline, unit).equals(province))
                .filter(unit -> timeline.recode(new UnitRef(unit.code(), BEFORE), Catalogue.REFORM, following)
                                .kind()
                        == kind)
                .findFirst()
                .orElseThrow();
    }

    private static String provinceOf(Timeline timeline, Unit commune) {
        Unit district = timeline.find(commune.parent()).orElseThrow().at(BEFORE).orElseThrow();
        return timeline.find(district.parent())
                .orElseThrow()
                .at(BEFORE)
                .orElseThrow()
                .code()
                .value();
    }

    private static List<Unit> candidates(Timeline timeline, Unit split) {
        return timeline.recode(UnitRef.of(split.code().value(), BEFORE), Catalogue.REFORM, Following.PEOPLE)
                .fold(
                        same -> List.of(),
                        one -> List.of(),
                        several -> several.candidates().stream()
                                .map(candidate -> candidate.unit())
                                .toList(),
                        ended -> List.of(),
                        unknown -> List.of(),
                        ambiguous -> List.of());
    }

    private static Unit successor(Timeline timeline, Unit whole) {
        return timeline.recode(new UnitRef(UnitCode.of(whole.code().value()), BEFORE), Catalogue.REFORM)
                .fold(
                        Recoding.Same::unit,
                        one -> one.successor().unit(),
                        split -> null,
                        ended -> null,
                        unknown -> null,
                        ambiguous -> null);
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
