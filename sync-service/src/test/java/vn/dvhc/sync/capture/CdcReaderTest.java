package vn.dvhc.sync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.ForeignWrites;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Splitting;
import vn.dvhc.sync.plan.Tier;
import vn.dvhc.sync.plan.Treatment;
import vn.dvhc.sync.plan.Vintage;
import vn.dvhc.timeline.Following;

class CdcReaderTest {

    private static final String TOPIC = "cdc.province_30.public.permit";

    private final CdcReader reader = new CdcReader(new ObjectMapper(), plan());
    private final List<Change> changes = new ArrayList<>();
    private final List<DeadLetter> deadLetters = new ArrayList<>();

    @Test
    void read_takesAnUpdate_withItsPositionAndTransaction() {
        read(TOPIC, """
                {"before":null,"after":{"permit_number":"P1","unit_code":"10507","unit_vintage":20269,"area":"120.50"},
                "source":{"lsn":42768592,"txId":819,"ts_us":1795442359227899},"op":"u"}""");
        assertThat(deadLetters).isEmpty();
        Change change = changes.get(0);
        assertThat(change.key()).isEqualTo("P1");
        assertThat(change.values()).containsExactly("P1", "10507", "2025-06-30", "120.50", null, null, null, null);
        assertThat(change.position()).isEqualTo(42768592);
        assertThat(change.transaction()).isEqualTo(819);
        assertThat(change.committedAt()).isEqualTo("2026-11-23T13:59:19.227899Z");
    }

    @Test
    void read_takesADeletion_asTheRecordWasLast() {
        read(TOPIC, """
                {"before":{"permit_number":"P1","unit_code":"10507","unit_vintage":20269,"area":null},"after":null,
                "source":{"lsn":5,"txId":819},"op":"d"}""");
        assertThat(changes.get(0).deleted()).isTrue();
        assertThat(changes.get(0).values()).containsExactly("P1", "10507", "2025-06-30", null, null, null, null, null);
    }

    @Test
    void read_takesAPseudonym_andNothingThatIsToBeDropped() {
        String pseudonym = "0123456789abcdef".repeat(4);
        read(
                TOPIC,
                "{\"op\":\"c\",\"source\":{\"lsn\":1},\"after\":{\"permit_number\":\"P1\",\"holder\":\"Nguyễn Văn An\","
                        + "\"holder_id\":\"" + pseudonym + "\"}}");
        assertThat(changes.get(0).values()).containsExactly("P1", null, null, null, null, pseudonym, null, null);
    }

    @Test
    void read_keepsNoMessage_thatBearsPersonalDataInClear() {
        read(
                TOPIC,
                "{\"op\":\"c\",\"source\":{\"lsn\":1},\"after\":{\"permit_number\":\"P1\",\"holder_id\":\"030085001234\"}}");
        assertThat(changes).isEmpty();
        assertThat(deadLetters).singleElement().satisfies(letter -> {
            assertThat(letter.cause()).isEqualTo(DeadLetter.Cause.PERSONAL_DATA);
            assertThat(letter.payload()).isNull();
            assertThat(letter.detail()).contains("holder_id").doesNotContain("030085001234");
        });
    }

    @Test
    void read_takesARowOfAnIncrementalSnapshot_asNewAsWhatTheStreamHadReached() {
        read(TOPIC, """
                {"before":null,"after":{"permit_number":"P1","unit_code":"10507","unit_vintage":20269},"op":"r",
                "source":{"snapshot":"incremental","sequence":"[\\"84292120\\",\\"84292188\\"]","txId":null,"lsn":null}}""");
        assertThat(changes.get(0).position()).isEqualTo(84292120);
        assertThat(changes.get(0).kind()).isEqualTo(Change.Kind.ROW);
        assertThat(changes.get(0).committedAt()).isNull();
    }

    @Test
    void givesWayTo_whenARowWasReadBeforeWhatTheLogToldFirst() {
        read(TOPIC, "{\"op\":\"u\",\"source\":{\"lsn\":50,\"txId\":7},\"after\":{\"permit_number\":\"P1\"}}");
        read(TOPIC, """
            {"op":"r","after":{"permit_number":"P1"},"source":{"snapshot":"incremental","sequence":"[\\"90\\",\\"90\\"]"}}""");
        Change told = changes.get(0);
        Change row = changes.get(1);

        assertThat(row.givesWayTo(told)).isFalse();
        assertThat(row.noNewerThan(50).givesWayTo(told)).isTrue();
        assertThat(row.noNewerThan(49).givesWayTo(told)).isTrue();
        assertThat(row.noNewerThan(51).givesWayTo(told)).isFalse();
        assertThat(told.givesWayTo(row.noNewerThan(90))).isFalse();
        assertThat(row.givesWayTo(row)).isFalse();
    }

    @Test
    void read_skipsATombstone() {
        read(TOPIC, null);
        assertThat(changes).isEmpty();
        assertThat(deadLetters).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cdc.province_30.public.permit | {\"op\": | UNREADABLE",
                "cdc.province_30.public.permit | [] | UNREADABLE",
                "cdc.province_30.public.permit | {\"op\":\"x\"} | UNREADABLE",
                "cdc.province_30.public.permit | {\"op\":\"c\",\"after\":{\"permit_number\":null},\"source\":{\"lsn\":1}} | UNREADABLE",
                "cdc.province_30.public.permit | {\"op\":\"c\",\"after\":{\"permit_number\":{}},\"source\":{\"lsn\":1}} | UNREADABLE",
                "cdc.province_30.public.permit | {\"op\":\"c\",\"after\":{\"permit_number\":\"P\"},\"source\":{}} | UNREADABLE",
                "cdc.province_99.public.permit | {} | UNDECLARED",
                "cdc.province_30.public.other | {} | UNDECLARED",
            })
    void read_makesADeadLetterWithItsCause_whenItCantBeRead(String topic, String payload, DeadLetter.Cause cause) {
        read(topic, payload);
        assertThat(changes).isEmpty();
        assertThat(deadLetters).hasSize(1);
        assertThat(deadLetters.get(0).cause()).isEqualTo(cause);
        assertThat(deadLetters.get(0).payload()).isEqualTo(payload);
        assertThat(deadLetters.get(0).detail()).isNotBlank();
    }

    @Test
    void read_takesAnEdit_ofTheJournalsColumnsThatDiffer() {
        read(TOPIC, """
                {"before":{"permit_number":"P1","unit_code":"10507","unit_vintage":20269,"area":"1","status":"mở","steps":"a"},
                "after":{"permit_number":"P1","unit_code":"10507","unit_vintage":20269,"area":"2","status":"mở","steps":null},
                "source":{"lsn":1},"op":"u"}""");
        Edit edit = changes.get(0).edit();
        assertThat(edit).isNotNull();
        assertThat(edit.kind()).isEqualTo(Edit.Kind.EDITED);
        assertThat(edit.before()).containsExactly(Map.entry("steps", "a"));
        assertThat(edit.after()).containsOnlyKeys("steps").containsEntry("steps", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Re-coded, or edited in a column of no journal.
                "{'op':'u','before':{BASE},'after':{CODE},'source':{'lsn':1}}",
                // What the log does not hold was left alone.
                "{'op':'u','before':{BASE},'after':{LARGE},'source':{'lsn':1}}",
                // Nothing is known of what was before.
                "{'op':'u','before':null,'after':{BASE},'source':{'lsn':1}}",
                // A row of a snapshot, and a repair.
                "{'op':'r','after':{BASE},'source':{'lsn':1,'snapshot':'incremental','sequence':'[null,5]'}}",
                "{'op':'d','before':{BASE},'source':{'lsn':1,'snapshot':'repair'}}",
            })
    void read_takesNoEdit_whereNobodyEdited(String message) {
        String base =
                "'permit_number':'P1','unit_code':'10507','unit_vintage':20269,'area':'1','status':'mở','steps':'a'";
        read(
                TOPIC,
                message.replace("CODE", base.replace("10507", "10525").replace("'area':'1'", "'area':'2'"))
                        .replace("LARGE", base.replace("'steps':'a'", "'steps':'" + DatasetSql.UNCHANGED + "'"))
                        .replace("BASE", base)
                        .replace('\'', '"'));
        assertThat(deadLetters).isEmpty();
        assertThat(changes.get(0).edit()).isNull();
    }

    @Test
    void read_takesBeginningAndEndOfARecord_asEdits_andCutsWhatIsTooLong() {
        String row = "{\"permit_number\":\"P1\",\"status\":\"mở\",\"steps\":\"" + "x".repeat(Edit.LONGEST + 1) + "\"}";
        read(TOPIC, "{\"op\":\"c\",\"source\":{\"lsn\":1},\"after\":" + row + "}");
        read(TOPIC, "{\"op\":\"d\",\"source\":{\"lsn\":2},\"before\":" + row + "}");
        assertThat(changes)
                .extracting(change -> change.edit().kind())
                .containsExactly(Edit.Kind.CREATED, Edit.Kind.DELETED);
        Edit created = changes.get(0).edit();
        assertThat(created.before()).isEmpty();
        assertThat(created.after())
                .containsEntry("status", "mở")
                .containsEntry("steps", "x".repeat(Edit.LONGEST) + "…");
        assertThat(changes.get(1).edit().after()).isEmpty();
    }

    private void read(String topic, String payload) {
        reader.read(new ConsumerRecord<>(topic, 0, 7, "key", payload), changes, deadLetters);
    }

    private static Plan plan() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("permit_number", "text");
        columns.put("unit_code", "text");
        columns.put("unit_vintage", "date");
        columns.put("area", "numeric");
        columns.put("holder", "text");
        columns.put("holder_id", "text");
        columns.put("status", "text");
        columns.put("steps", "text");
        return new Plan(
                List.of(
                        new Source("province_30", Tier.PROVINCE, "30", LocalDate.of(2025, 6, 30), "h:1/p", 1),
                        new Source("national", Tier.NATION, null, null, "h:1/n", 1)),
                List.of(new Dataset(
                        "permit",
                        Tier.PROVINCE,
                        "public.permit",
                        List.of("permit_number"),
                        "unit_code",
                        Vintage.ofColumn("unit_vintage"),
                        List.of(),
                        Following.LAND,
                        Set.of(Tier.NATION),
                        Set.of(),
                        Map.of("holder", Treatment.DROP, "holder_id", Treatment.PSEUDONYM),
                        null,
                        ForeignWrites.UNDO,
                        Splitting.NONE,
                        List.of("status", "steps"),
                        columns)));
    }
}
