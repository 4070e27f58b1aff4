package vn.dvhc.history.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.contract.Topics;
import vn.dvhc.history.lineage.LiveWeights;
import vn.dvhc.history.lineage.Weight;
import vn.dvhc.unit.UnitId;

/** The published example, and what breaks it. */
class EdgeWeightsConsumerTest {

    private static final String UNIT = "00016@2004-08-31";
    private static final UnitId ONE = UnitId.parse("00004@2025-07-01");
    private static final UnitId OTHER = UnitId.parse("00008@2025-07-01");

    private final LiveWeights weights = new LiveWeights();
    private final EdgeWeightsConsumer consumer = new EdgeWeightsConsumer(weights);

    @Test
    void example_isKnown_withTheDayInVietNam() throws IOException {
        consume(7, UNIT, example());
        assertThat(weight()).isEqualTo(new BigDecimal("0.775"));
        assertThat(told().get(ONE).countedOn()).hasToString("2025-07-03");
        assertThat(weights.current().version()).isEqualTo(8);
    }

    @Test
    void messageDeliveredAgain_changesNothing_andALaterOneReplacesIt() throws IOException {
        consume(7, UNIT, example());
        consume(7, UNIT, example());
        assertThat(weights.current().version()).isEqualTo(8);
        consume(8, UNIT, example().replace("\"records\": 31", "\"records\": 9"));
        assertThat(weight()).isEqualTo(new BigDecimal("0.5"));
        consume(9, UNIT, null);
        assertThat(told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"type\":\"vn.dvhc.unit.created\",\"data\":{}}",
                "{\"type\":\"vn.dvhc.edge.weighed\"}",
                "{\"type\":\"vn.dvhc.edge.weighed\",\"data\":{\"unit\":\"x\",\"countedAt\":\"hôm qua\",\"datasets\":[]}}"
            })
    void unreadableMessage_takesBackWhatWasKnownOfItsUnit_andTheStreamGoesOn(String broken) throws IOException {
        consume(7, UNIT, example());
        consume(8, UNIT, broken);
        assertThat(told()).isEmpty();
        consume(9, "chẳng phải mã", "{");
        consume(10, UNIT, example());
        assertThat(weight()).isEqualTo(new BigDecimal("0.775"));
    }

    private Map<UnitId, Weight> told() {
        return weights.current().of(UnitId.parse(UNIT), Set.of(ONE, OTHER));
    }

    private BigDecimal weight() {
        return told().get(ONE).value();
    }

    private void consume(long offset, String key, String value) {
        TopicPartition place = new TopicPartition(Topics.EDGE_WEIGHTS, 0);
        consumer.consume(new ConsumerRecords<>(
                Map.of(place, List.of(new ConsumerRecord<>(Topics.EDGE_WEIGHTS, 0, offset, key, value))), Map.of()));
    }

    private static String example() throws IOException {
        try (InputStream example =
                EdgeWeightsConsumerTest.class.getResourceAsStream("/contract/examples/edge-weighed.json")) {
            return new String(example.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
