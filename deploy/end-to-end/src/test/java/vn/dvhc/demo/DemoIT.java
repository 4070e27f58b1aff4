package vn.dvhc.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import vn.dvhc.local.ProjectRoot;

/** The main job on the real platform, with sync-service killed in the middle of the hand-over. */
class DemoIT {

    private static final int RECORDS = 3_000;

    @Test
    void reportIsClean_whenSyncIsKilledInTheMiddleOfTheHandOver() throws IOException {
        Path target = ProjectRoot.find().resolve("deploy/end-to-end/target");
        Path file = target.resolve("demo-it-report.json");
        Files.deleteIfExists(file);

        boolean clean = Demo.run(
                new Options(RECORDS, 20250701, false, true, true, target.resolve("demo-it")), file, System.out);

        assertThat(file).as("what the run said above tells why it ended early").exists();
        JsonNode report = new ObjectMapper().readTree(file.toFile());
        assertThat(report.path("checks"))
                .allSatisfy(check -> assertThat(check.path("holds").asBoolean())
                        .as(check.toPrettyString())
                        .isTrue());
        assertThat(clean).isTrue();
        assertUnits(report);
        assertRecords(report.path("records"));
        assertHandOver(report.path("handover"));
        assertThat(report.path("divergence").path("missing").asLong(-1)).isZero();
        assertThat(report.path("divergence").path("duplicate").asLong(-1)).isZero();
        assertThat(report.path("divergence").path("different").asLong(-1)).isZero();
        assertThat(report.path("lookups").path("failed").asLong(-1)).isZero();
        assertThat(report.path("lookups").path("served").asLong()).isPositive();
        assertThat(report.path("lookups").path("p99Millis").asDouble()).isPositive();
        assertThat(report.path("lag").path("p50Millis").asDouble()).isPositive();
        assertThat(report.path("seconds").path("total").asDouble()).isPositive();
        assertThat(report.path("syncKilled").path("handedOver").asLong())
                .isPositive()
                .isLessThan(report.path("syncKilled").path("of").asLong());
    }

    private static void assertUnits(JsonNode report) {
        JsonNode before = report.path("units").path("2025-06-30");
        JsonNode after = report.path("units").path("2025-07-01");
        assertThat(before.path("province").asInt()).isEqualTo(63);
        assertThat(before.path("district").asInt()).isEqualTo(696);
        assertThat(before.path("commune").asInt()).isEqualTo(10_035);
        assertThat(after.path("province").asInt()).isEqualTo(34);
        assertThat(after.path("district").asInt(-1)).isZero();
        assertThat(after.path("commune").asInt()).isEqualTo(3_321);
    }

    private static void assertRecords(JsonNode records) {
        assertThat(records.path("generated").asLong()).isEqualTo(RECORDS);
        assertThat(records.path("writtenDuringReform").asLong()).isPositive();
        assertThat(records.path("lateWrites").asLong()).isPositive();
        assertThat(records.path("province").asLong())
                .isEqualTo(records.path("national").asLong());
        assertThat(records.path("commune").asLong())
                .isPositive()
                .isLessThan(records.path("province").asLong());
    }

    private static void assertHandOver(JsonNode handOver) {
        assertThat(handOver.path("in").asLong())
                .isGreaterThan(RECORDS)
                .isEqualTo(handOver.path("moved").asLong()
                        + handOver.path("kept").asLong()
                        + handOver.path("queued").asLong()
                        + handOver.path("rejected").asLong());
        assertThat(handOver.path("queued").asLong()).isPositive();
        assertThat(handOver.path("rejected").asLong()).isPositive();
        assertThat(handOver.path("checksumsEqual").asBoolean()).isTrue();
    }
}
