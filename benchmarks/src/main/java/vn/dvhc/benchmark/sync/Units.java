package vn.dvhc.benchmark.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.Topics;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

/** The whole catalogue, published as the registry does, so that none has to run; and the codes that records bear. */
final class Units {

    /** The date as of which every record's code is read. */
    static final LocalDate VINTAGE = LocalDate.of(2026, 5, 1);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant RECORDED = Instant.parse("2026-04-30T17:00:00Z");

    private final Timeline timeline;

    private Units(Timeline timeline) {
        this.timeline = timeline;
    }

    static Units publish(String bootstrap) {
        Chronicle chronicle = Chronicle.empty();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new StringSerializer(),
                new StringSerializer())) {
            for (Map.Entry<LocalDate, List<Decision>> day :
                    Catalogue.load().days().entrySet()) {
                Enactment.Enacted enacted = chronicle
                        .timeline()
                        .enact(day.getKey(), day.getValue())
                        .fold(done -> done, refused -> {
                            throw new IllegalStateException(refused.reasons().toString());
                        });
                UnitChangeData.messages(enacted, chronicle.lastSequence() + 1)
                        .forEach(message -> producer.send(record(message)));
                chronicle = chronicle.append(enacted, RECORDED);
            }
            producer.flush();
        }
        return new Units(chronicle.timeline());
    }

    /** Codes of provinces, each with as many communes as can be. */
    List<Unit> provinces() {
        return timeline.units(VINTAGE, Level.PROVINCE, null);
    }

    List<String> communes(Unit province) {
        return timeline.units(VINTAGE, Level.COMMUNE, province.id()).stream()
                .map(commune -> commune.code().value())
                .toList();
    }

    private static ProducerRecord<String, String> record(LogMessage message) {
        try {
            return new ProducerRecord<>(
                    Topics.UNIT_CHANGES,
                    message.subject(),
                    JSON.writeValueAsString(Map.of(
                            "specversion",
                            "1.0",
                            "id",
                            String.valueOf(message.sequence()),
                            "source",
                            "/dvhc/benchmark",
                            "type",
                            message.type(),
                            "datacontenttype",
                            "application/json",
                            "data",
                            message.data())));
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("A change can always be written", defect);
        }
    }
}
