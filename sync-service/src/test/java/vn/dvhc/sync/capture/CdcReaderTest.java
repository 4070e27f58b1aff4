package vn.dvhc.sync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Tier;
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
        assertThat(change.values()).containsExactly("P1", "10507", "2025-06-30", "120.50");
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
        assertThat(changes.get(0).values()).containsExactly("P1", "10507", "2025-06-30", null);
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

    private void read(String topic, String payload) {
        reader.read(new ConsumerRecord<>(topic, 0, 7, "key", payload), changes, deadLetters);
    }

    private static Plan plan() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("permit_number", "text");
        columns.put("unit_code", "text");
        columns.put("unit_vintage", "date");
        columns.put("area", "numeric");
        return new Plan(
                List.of(
                        new Source("province_30", Tier.PROVINCE, "30", LocalDate.of(2025, 6, 30), "h:1/p", 1),
                        new Source("national", Tier.NATION, null, null, "h:1/n", 1)),
                List.of(new Dataset(
                        "permit",
                        Tier.PROVINCE,
                        "public.permit",
                        "permit_number",
                        "unit_code",
                        "unit_vintage",
                        null,
                        Following.LAND,
                        columns)));
    }
}
