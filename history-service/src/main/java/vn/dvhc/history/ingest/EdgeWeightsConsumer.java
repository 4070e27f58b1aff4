package vn.dvhc.history.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.EdgeWeightData;
import vn.dvhc.history.lineage.LiveWeights;
import vn.dvhc.history.lineage.Weights;
import vn.dvhc.timeline.Following;
import vn.dvhc.unit.UnitId;

/**
 * Reads {@code edge-weights.v1} from its beginning. A message that can't be read is logged and takes away what was known of its
 * unit: no weight is better than an old one, and nothing else depends on it.
 */
@ApplicationScoped
public class EdgeWeightsConsumer {

    private static final Logger LOG = Logger.getLogger(EdgeWeightsConsumer.class);

    private static final ZoneId CIVIL = ZoneId.of("Asia/Ho_Chi_Minh");

    private final LiveWeights weights;
    private final ObjectMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    EdgeWeightsConsumer(LiveWeights weights) {
        this.weights = weights;
    }

    @Incoming("edge-weights")
    @Blocking
    void consume(ConsumerRecords<String, String> batch) {
        Map<UnitId, List<Weights.Count>> latest = new HashMap<>();
        long version = weights.current().version();
        for (ConsumerRecord<String, String> message : batch) {
            version = Math.max(version, message.offset() + 1);
            try {
                latest.put(UnitId.parse(String.valueOf(message.key())), counts(message.value()));
            } catch (JsonProcessingException | IllegalArgumentException | DateTimeException unreadable) {
                LOG.warnf(
                        "Weights can't be read: offset=%d cause=%s",
                        message.offset(), unreadable.getClass().getSimpleName());
                forget(message.key(), latest);
            }
        }
        weights.accept(latest, version);
    }

    private static void forget(@Nullable String key, Map<UnitId, List<Weights.Count>> latest) {
        try {
            latest.put(UnitId.parse(String.valueOf(key)), List.of());
        } catch (IllegalArgumentException | DateTimeException nobody) {
            LOG.warn("Weights of no unit");
        }
    }

    /** @param event null where a unit's weights were taken back */
    private List<Weights.Count> counts(@Nullable String event) throws JsonProcessingException {
        if (event == null) {
            return List.of();
        }
        JsonNode envelope = json.readTree(event);
        if (!EdgeWeightData.TYPE.equals(envelope.path("type").asText())) {
            throw new IllegalArgumentException("Not of type " + EdgeWeightData.TYPE);
        }
        EdgeWeightData data = json.treeToValue(envelope.path("data"), EdgeWeightData.class);
        if (data == null) {
            throw new IllegalArgumentException("No data");
        }
        LocalDate countedOn =
                OffsetDateTime.parse(data.countedAt()).atZoneSameInstant(CIVIL).toLocalDate();
        return data.datasets().stream()
                .map(counted -> count(counted, countedOn))
                .toList();
    }

    private static Weights.Count count(EdgeWeightData.Counted counted, LocalDate countedOn) {
        Map<UnitId, Long> records = new HashMap<>();
        counted.shares().forEach(share -> records.put(UnitId.parse(share.unit()), share.records()));
        return new Weights.Count(
                counted.dataset(),
                Following.valueOf(counted.follows().toUpperCase(Locale.ROOT)),
                countedOn,
                counted.undecided(),
                records);
    }
}
