package vn.dvhc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.WholeCatalogue;

/** The examples, and every message that the whole catalogue makes, against the published schemas. */
class ContractTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "unit-change.v1.schema.json, unit-created.json",
        "unit-change.v1.schema.json, unit-ended.json",
        "locality-assignment.v1.schema.json, locality-assigned.json"
    })
    void examples_fitTheirSchema(String schema, String example) throws IOException {
        assertThat(schema(schema).validate(JSON.readTree(resource("examples/" + example))))
                .isEmpty();
    }

    @Test
    void schema_refusesACodeThatIsANumber() throws IOException {
        String broken = new String(
                        resource("examples/unit-created.json").readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .replace("\"code\": \"00004\"", "\"code\": 4");
        assertThat(schema("unit-change.v1.schema.json").validate(JSON.readTree(broken)))
                .hasSize(1);
    }

    @Test
    void messages_ofTheWholeCatalogue_fitTheSchema_andComeBackAsTheyWentIn() throws IOException {
        JsonSchema schema = schema("unit-change.v1.schema.json");
        DayAssembler assembler = new DayAssembler(0);
        Timeline replayed = Timeline.empty();
        long sequence = 1;
        for (Enactment.Enacted day : WholeCatalogue.days()) {
            List<UnitChangeData.Typed> messages = UnitChangeData.messages(day, sequence);
            Optional<DayAssembler.Day> assembled = Optional.empty();
            for (UnitChangeData.Typed message : messages) {
                String json = envelope(message);
                if (message.data().sequence() % 97 == 0) {
                    assertThat(schema.validate(JSON.readTree(json))).isEmpty();
                }
                UnitChangeData read = JSON.treeToValue(JSON.readTree(json).path("data"), UnitChangeData.class);
                assertThat(read).isEqualTo(message.data());
                assembled = assembler.accept(new UnitChangeData.Typed(message.kind(), read));
            }
            sequence += messages.size();
            DayAssembler.Day complete = assembled.orElseThrow();
            assertThat(complete.lastSequence()).isEqualTo(sequence - 1);
            replayed = replayed.replay(complete.date(), complete.facts()).fold(Enactment.Enacted::timeline, refused -> {
                throw new AssertionError(refused.reasons());
            });
        }
        assertThat(replayed.digest()).isEqualTo(WholeCatalogue.timeline().digest());
    }

    @Test
    void assembler_dropsWhatItHasSeen_andStopsAtAGap() {
        List<UnitChangeData.Typed> messages =
                UnitChangeData.messages(WholeCatalogue.days().get(1), 1);
        DayAssembler assembler = new DayAssembler(0);
        List<DayAssembler.Day> days = new ArrayList<>();
        for (UnitChangeData.Typed message : messages) {
            assembler.accept(message).ifPresent(days::add);
            assembler.accept(message).ifPresent(days::add);
        }
        assertThat(days).hasSize(1);

        DayAssembler lacking = new DayAssembler(0);
        UnitChangeData.Typed second =
                UnitChangeData.messages(WholeCatalogue.days().get(2), 2).get(0);
        assertThatThrownBy(() -> lacking.accept(second)).isInstanceOf(IllegalStateException.class);
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

    private static String envelope(UnitChangeData.Typed message) throws JsonProcessingException {
        return JSON.writeValueAsString(Map.of(
                "specversion", "1.0",
                "id", String.valueOf(message.data().sequence()),
                "source", "/dvhc/unit-registry",
                "type", message.kind().type(),
                "subject", message.data().unitId(),
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
