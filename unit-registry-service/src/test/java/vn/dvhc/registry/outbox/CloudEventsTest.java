package vn.dvhc.registry.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.registry.unit.EnactedDay;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.registry.unit.LocalityKind;
import vn.dvhc.registry.unit.PublishedNotice;
import vn.dvhc.registry.unit.RegisterState;
import vn.dvhc.unit.UnitId;

class CloudEventsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOW = Instant.parse("2025-06-30T17:00:00.123456789Z");

    private final CloudEvents events = new CloudEvents();

    @Test
    void day_becomesOneEnvelopeAChange() throws Exception {
        RegisterState eve = Catalogues.register(Catalogues.EVE);
        EnactedDay day = EnactedDay.of(
                eve,
                Catalogues.enacted(eve.timeline().enact(Catalogue.REFORM, Catalogues.DAYS.get(Catalogue.REFORM))),
                NOW);

        List<OutboxMessage> messages = events.ofGroup(day.messages(), NOW);

        assertThat(messages).hasSameSizeAs(day.messages());
        for (int i = 0; i < messages.size(); i += 997) {
            OutboxMessage message = messages.get(i);
            UnitChangeData expected = day.messages().get(i).data();
            JsonNode event = JSON.readTree(message.payload());
            assertThat(schema("unit-change").validate(event)).isEmpty();
            assertThat(message.topic()).isEqualTo("unit-changes.v1");
            assertThat(message.aggregateId()).isEqualTo(expected.unitId());
            assertThat(event.path("specversion").asText()).isEqualTo("1.0");
            assertThat(event.path("id").asText()).isEqualTo(Long.toString(eve.lastSequence() + 1 + i));
            assertThat(event.path("source").asText()).isEqualTo("/dvhc/unit-registry");
            assertThat(event.path("type").asText())
                    .isEqualTo(day.messages().get(i).kind().type());
            assertThat(event.path("subject").asText()).isEqualTo(expected.unitId());
            assertThat(event.path("time").asText()).isEqualTo("2025-06-30T17:00:00.123456Z");
            assertThat(event.path("datacontenttype").asText()).isEqualTo("application/json");
            assertThat(JSON.treeToValue(event.path("data"), UnitChangeData.class))
                    .isEqualTo(expected);
        }
    }

    @Test
    void assignment_isKeyedByItsUnit() throws Exception {
        LocalityAssignment assignment = new LocalityAssignment(
                LocalDate.of(2025, 7, 1),
                UnitId.parse("00016@2004-08-31"),
                "Thôn «1»",
                LocalityKind.STREET,
                UnitId.parse("00004@2025-07-01"));

        OutboxMessage message = events.ofAssignments(List.of(assignment), NOW).get(0);

        assertThat(message.topic()).isEqualTo("locality-assignments.v1");
        assertThat(message.aggregateId()).isEqualTo("00016@2004-08-31");
        JsonNode event = JSON.readTree(message.payload());
        assertThat(schema("locality-assignment").validate(event)).isEmpty();
        assertThat(event.path("type").asText()).isEqualTo("vn.dvhc.locality.assigned");
        assertThat(event.path("id").asText()).isEqualTo(message.id().toString());
        assertThat(event.path("data")).isEqualTo(JSON.readTree("""
            {"enactment":"2025-07-01","unit":"00016@2004-08-31","locality":"Thôn «1»","kind":"street",
             "successor":"00004@2025-07-01"}
            """));
    }

    @Test
    void notice_isKeyedByItsDecision_inPartsOfFiveHundred() throws Exception {
        RegisterState eve = Catalogues.register(Catalogues.EVE);
        Decision hanoi = Catalogues.DAYS.get(Catalogue.REFORM).stream()
                .filter(decision -> decision.id().value().equals("act-1656-nq-ubtvqh15"))
                .findFirst()
                .orElseThrow();
        PublishedNotice notice = PublishedNotice.scheduled(eve, hanoi, NOW);

        List<OutboxMessage> messages = events.ofGroup(notice.messages(), NOW);

        assertThat(messages).hasSize((hanoi.changes().size() + 499) / 500).hasSizeGreaterThan(1);
        for (int i = 0; i < messages.size(); i++) {
            JsonNode event = JSON.readTree(messages.get(i).payload());
            assertThat(schema("unit-decision").validate(event)).isEmpty();
            assertThat(messages.get(i).aggregateId()).isEqualTo("act-1656-nq-ubtvqh15");
            assertThat(event.path("type").asText()).isEqualTo("vn.dvhc.unit-decision.scheduled");
            assertThat(event.path("data").path("sequence").asLong()).isEqualTo(eve.lastSequence() + 1 + i);
            assertThat(event.path("data").path("part").asInt()).isEqualTo(i + 1);
        }
        assertThat(notice.state().lastSequence()).isEqualTo(eve.lastSequence() + messages.size());
        assertThat(notice.state().digest()).isEqualTo(eve.digest());
    }

    private static JsonSchema schema(String subject) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(CloudEventsTest.class.getResourceAsStream("/contract/" + subject + ".v1.schema.json"));
    }
}
