package vn.dvhc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.timeline.Corrections;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.WholeCatalogue;

/** The examples, and every message that the whole catalogue makes, against the published schemas. */
class ContractTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant RECORDED = Instant.parse("2025-06-30T17:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "unit-change.v1.schema.json, unit-created.json",
        "unit-change.v1.schema.json, unit-ended.json",
        "unit-change.v1.schema.json, unit-retracted.json",
        "unit-change.v1.schema.json, unit-ended-anew.json",
        "unit-decision.v1.schema.json, unit-decision-scheduled.json",
        "unit-decision.v1.schema.json, unit-decision-withdrawn.json",
        "locality-assignment.v1.schema.json, locality-assigned.json",
        "edge-weight.v1.schema.json, edge-weighed.json",
        "handover.v1.schema.json, handover-sealed.json",
        "handover.v1.schema.json, handover-signed.json",
        "handover.v1.schema.json, handover-completed.json",
        "record-change.v1.schema.json, record-changed.json"
    })
    void examples_fitTheirSchema(String schema, String example) throws IOException {
        assertThat(schema(schema).validate(JSON.readTree(resource("examples/" + example))))
                .isEmpty();
    }

    @Test
    void weights_comeBackAsTheyWentIn() throws IOException {
        JsonNode event = JSON.readTree(resource("examples/edge-weighed.json"));
        EdgeWeightData read = JSON.treeToValue(event.path("data"), EdgeWeightData.class);
        assertThat(JSON.readTree(JSON.writeValueAsString(read))).isEqualTo(event.path("data"));
        assertThat(event.path("type").asText()).isEqualTo(EdgeWeightData.TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "handover-sealed.json, SEALED",
        "handover-signed.json, SIGNED",
        "handover-completed.json, COMPLETED",
    })
    void handOvers_comeBackAsTheyWentIn(String example, HandOverData.Kind kind) throws IOException {
        JsonNode event = JSON.readTree(resource("examples/" + example));
        HandOverData read = JSON.treeToValue(event.path("data"), HandOverData.class);
        assertThat(JSON.copy()
                        .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                        .valueToTree(read)
                        .toString())
                .isEqualTo(event.path("data").toString());
        assertThat(HandOverData.Kind.ofType(event.path("type").asText())).isEqualTo(kind);
    }

    @Test
    void schema_refusesACodeThatIsANumber() throws IOException {
        String broken = new String(resource("examples/unit-created.json").readAllBytes(), StandardCharsets.UTF_8)
                .replace("\"code\": \"00004\"", "\"code\": 4");
        assertThat(schema("unit-change.v1.schema.json").validate(JSON.readTree(broken)))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "unit-change.v1.schema.json, unit-retracted.json, '\"retracts\": 17284', '\"retracts\": null'",
        "unit-change.v1.schema.json, unit-retracted.json, '\"correction\": true', '\"correction\": false'",
        "unit-change.v1.schema.json, unit-ended-anew.json, '\"replaces\": 17284', '\"retracts\": 17284'",
        "unit-decision.v1.schema.json, unit-decision-scheduled.json, '\"operation\": \"abolish\"', '\"operation\": \"twin\"'",
        "unit-decision.v1.schema.json, unit-decision-withdrawn.json, '\"parts\": 1', '\"parts\": 2'",
        "edge-weight.v1.schema.json, edge-weighed.json, '\"records\": 31', '\"records\": 0'",
        "handover.v1.schema.json, handover-sealed.json, '\"dataset\": \"case_file\",', ''",
        "handover.v1.schema.json, handover-signed.json, '\"side\": \"from\"', '\"side\": \"both\"'",
        "handover.v1.schema.json, handover-completed.json, '\"manifests\": 1,', ''"
    })
    void schema_refusesWhatTheContractDoesNotKnow(String schema, String example, String right, String wrong)
            throws IOException {
        String text = new String(resource("examples/" + example).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text).contains(right);
        assertThat(schema(schema).validate(JSON.readTree(text.replace(right, wrong))))
                .hasSize(1);
    }

    @Test
    void messages_ofACorrection_fitTheSchema_andComeBackAsTheyWentIn() throws IOException {
        Corrections.Sample sample = Corrections.anEdgeOfTheReform();
        List<UnitChangeData.Message> messages = UnitChangeData.messages(sample.accepted());
        GroupAssembler assembler = new GroupAssembler(sample.accepted().before().lastSequence());
        Optional<GroupAssembler.Assembled> assembled = Optional.empty();
        for (UnitChangeData.Message message : messages) {
            JsonNode json = JSON.readTree(envelope(message));
            assertThat(schema("unit-change.v1.schema.json").validate(json)).isEmpty();
            UnitChangeData read = JSON.treeToValue(json.path("data"), UnitChangeData.class);
            assembled = assembler.accept(
                    UnitChangeData.message(json.path("type").asText(), read),
                    sample.accepted().correction().recordedAt());
        }
        assertThat(assembled.orElseThrow().group()).isEqualTo(sample.accepted().correction());
        assertThat(assembled.orElseThrow().messages()).isEqualTo(messages);
        assertThat(messages).extracting(LogMessage::type).contains(UnitChangeData.RETRACTED);
    }

    @Test
    void retraction_tellsWhatTheStruckMessageTold() {
        Corrections.Sample sample = Corrections.anEdgeOfTheReform();
        UnitChangeData struck =
                WholeCatalogue.messages().get((int) sample.struck() - 1).data();
        UnitChangeData retraction =
                UnitChangeData.messages(sample.accepted()).get(0).data();
        assertThat(retraction.retracts()).isEqualTo(struck.sequence());
        assertThat(retraction)
                .usingRecursiveComparison()
                .ignoringFields("sequence", "index", "count", "decision", "correction", "retracts")
                .isEqualTo(struck);
        assertThat(UnitChangeData.messages(sample.accepted()).get(1).data().edges())
                .hasSize(struck.edges().size() - 1);
    }

    @Test
    void notice_isToldInParts_whenTheDecisionIsLong() throws IOException {
        Decision reform = Catalogue.load().days().get(Catalogue.REFORM).stream()
                .max(Comparator.comparingInt(decision -> decision.changes().size()))
                .orElseThrow();
        List<DecisionNoticeData.Typed> messages = DecisionNoticeData.scheduled(reform, 7);
        GroupAssembler assembler = new GroupAssembler(6);
        Optional<GroupAssembler.Assembled> assembled = Optional.empty();
        for (DecisionNoticeData.Typed message : messages) {
            assertThat(assembled).isEmpty();
            JsonNode json = JSON.readTree(envelope(message));
            assertThat(schema("unit-decision.v1.schema.json").validate(json)).isEmpty();
            DecisionNoticeData read = JSON.treeToValue(json.path("data"), DecisionNoticeData.class);
            assertThat(read).isEqualTo(message.data());
            assembled = assembler.accept(
                    new DecisionNoticeData.Typed(
                            DecisionNoticeData.Kind.ofType(json.path("type").asText()), read),
                    RECORDED);
        }
        assertThat(messages).hasSizeGreaterThan(1);
        assertThat(messages.stream()
                        .mapToInt(message -> message.data().changes().size())
                        .sum())
                .isEqualTo(reform.changes().size());
        assertThat(assembled.orElseThrow().group())
                .isEqualTo(new Group.Notice(reform.id(), Catalogue.REFORM, false, RECORDED, 7, 6 + messages.size()));
    }

    @Test
    void messages_ofTheWholeCatalogue_fitTheSchema_andComeBackAsTheyWentIn() throws IOException {
        JsonSchema schema = schema("unit-change.v1.schema.json");
        GroupAssembler assembler = new GroupAssembler(0);
        Timeline replayed = Timeline.empty();
        long sequence = 1;
        for (Enactment.Enacted day : WholeCatalogue.days()) {
            List<UnitChangeData.Typed> messages = UnitChangeData.messages(day, sequence);
            Optional<GroupAssembler.Assembled> assembled = Optional.empty();
            for (UnitChangeData.Typed message : messages) {
                String json = envelope(message);
                if (message.data().sequence() % 97 == 0) {
                    assertThat(schema.validate(JSON.readTree(json))).isEmpty();
                }
                UnitChangeData read = JSON.treeToValue(JSON.readTree(json).path("data"), UnitChangeData.class);
                assertThat(read).isEqualTo(message.data());
                assembled = assembler.accept(UnitChangeData.message(message.type(), read), RECORDED);
            }
            sequence += messages.size();
            Group.Day complete = (Group.Day) assembled.orElseThrow().group();
            assertThat(complete.lastSequence()).isEqualTo(sequence - 1);
            assertThat(complete.equals(Group.Day.of(day, RECORDED, complete.firstSequence())))
                    .as("what is read of %s is what was recorded", day.date())
                    .isTrue();
            List<Fact> facts = complete.entries().stream()
                    .flatMap(entry -> entry.facts().stream())
                    .toList();
            replayed = replayed.replay(complete.date(), facts).fold(Enactment.Enacted::timeline, refused -> {
                throw new AssertionError(refused.reasons());
            });
        }
        assertThat(replayed.digest()).isEqualTo(WholeCatalogue.timeline().digest());
    }

    @Test
    void edges_rideWithTheUnitThatEnds() {
        List<UnitChangeData.Typed> reform = UnitChangeData.messages(
                WholeCatalogue.days().stream()
                        .filter(day -> day.date().toString().equals("2025-07-01"))
                        .findFirst()
                        .orElseThrow(),
                1);
        assertThat(reform.stream()
                        .mapToInt(message -> message.data().edges().size())
                        .sum())
                .isEqualTo(10_496);
        assertThat(reform.stream()
                        .filter(message -> !message.data().edges().isEmpty())
                        .map(UnitChangeData.Typed::kind))
                .containsOnly(UnitEvent.Kind.ENDED);
    }

    private static String envelope(LogMessage message) throws JsonProcessingException {
        return JSON.writeValueAsString(Map.of(
                "specversion", "1.0",
                "id", String.valueOf(message.sequence()),
                "source", "/dvhc/unit-registry",
                "type", message.type(),
                "subject", message.subject(),
                "datacontenttype", "application/json",
                "data", message.data()));
    }

    private static JsonSchema schema(String name) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(resource(name));
    }

    private static InputStream resource(String name) {
        return ContractTest.class.getResourceAsStream("/contract/" + name);
    }
}
