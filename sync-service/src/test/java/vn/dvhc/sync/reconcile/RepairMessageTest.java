package vn.dvhc.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import vn.dvhc.sync.capture.CdcReader;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.DeadLetter;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Tier;
import vn.dvhc.sync.plan.Treatment;
import vn.dvhc.sync.plan.Vintage;
import vn.dvhc.timeline.Following;

/** What is sent is what the stream reads. */
class RepairMessageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void present_isReadAsARowOfASnapshot_withEveryTypeAsItWas() {
        Dataset dataset = everyType();
        List<String> row = Arrays.asList(
                "A",
                "7",
                "10507",
                "2025-06-30",
                "1.50",
                "t",
                "9007199254740993",
                "2025-01-01 00:00:00.123456+00",
                null);

        Change change = read(dataset, new RepairMessage(JSON, JudgementTest.HOME, dataset, 4711).present(row));

        assertThat(change.kind()).isEqualTo(Change.Kind.REPAIR);
        assertThat(change.deleted()).isFalse();
        assertThat(change.position()).isEqualTo(4711);
        assertThat(change.committedAt()).isNull();
        assertThat(change.values())
                .containsExactly(
                        "A",
                        "7",
                        "10507",
                        "2025-06-30",
                        "1.50",
                        "true",
                        "9007199254740993",
                        "2025-01-01T00:00:00.123456Z",
                        null);
    }

    @Test
    void ended_isReadAsADeletionThatGivesWayToEveryChangeBehindIt() {
        Dataset dataset = JudgementTest.dataset(Map.of());

        Change change = read(
                dataset,
                new RepairMessage(JSON, JudgementTest.HOME, dataset, 4711)
                        .ended(List.of("30-1", "10507", "2025-06-30", "mở", "x")));

        assertThat(change.deleted()).isTrue();
        assertThat(change.kind()).isEqualTo(Change.Kind.REPAIR);
        assertThat(change.key()).isEqualTo("30-1");
    }

    @Test
    void present_leavesPersonalColumnsAtTheirTier() {
        Dataset dataset = JudgementTest.dataset(Map.of("head_name", Treatment.DROP, "head_id", Treatment.PSEUDONYM));
        assertThat(RepairMessage.ownerColumns(dataset))
                .containsExactly("case_number", "unit_code", "unit_vintage", "status");

        String message = new RepairMessage(JSON, JudgementTest.HOME, dataset, 1)
                .present(List.of("30-1", "10507", "2025-06-30", "mở"));

        List<String> expected = new ArrayList<>(List.of("30-1", "10507", "2025-06-30", "mở"));
        expected.add("__debezium_unavailable_value");
        expected.add(null);
        assertThat(read(dataset, message).values()).containsExactlyElementsOf(expected);
    }

    @Test
    void key_hasTheFormOfTheConnectors() {
        RepairMessage form = new RepairMessage(JSON, JudgementTest.HOME, everyType(), 1);

        assertThat(form.key("A\u001f7")).isEqualTo("{\"book\":\"A\",\"sheet\":7}");
    }

    private static Change read(Dataset dataset, String message) {
        List<Change> changes = new ArrayList<>();
        List<DeadLetter> deadLetters = new ArrayList<>();
        new CdcReader(JSON, plan(dataset))
                .read(
                        new ConsumerRecord<>("cdc.commune_30." + dataset.table(), 0, 7, "key", message),
                        changes,
                        deadLetters);
        assertThat(deadLetters).isEmpty();
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }

    private static Plan plan(Dataset dataset) {
        return new Plan(
                List.of(JudgementTest.HOME, new Source("national", Tier.NATION, null, null, "h:1/n", 1)),
                List.of(dataset));
    }

    private static Dataset everyType() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("book", "text");
        columns.put("sheet", "integer");
        columns.put("unit_code", "text");
        columns.put("unit_vintage", "date");
        columns.put("area", "numeric");
        columns.put("open", "boolean");
        columns.put("number", "bigint");
        columns.put("since", "timestamptz");
        columns.put("note", "text");
        return new Dataset(
                "household",
                Tier.COMMUNE,
                "public.household",
                List.of("book", "sheet"),
                "unit_code",
                Vintage.ofColumn("unit_vintage"),
                List.of(),
                Following.PEOPLE,
                Set.of(Tier.NATION),
                Set.of(),
                Map.of(),
                null,
                columns);
    }
}
