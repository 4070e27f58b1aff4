package vn.dvhc.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.Topics;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;

/** Publishes the catalogue's days on the real topic, as the registry does. */
final class UnitTopic {

    static final LocalDate BEFORE = LocalDate.of(2025, 6, 30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Timeline timeline = Timeline.empty();
    private static long sequence = 1;

    private UnitTopic() {}

    /** Publishes all days not yet published up to and with the date; answers the timeline reached. */
    static Timeline publishUntil(String bootstrap, LocalDate last) {
        NavigableMap<LocalDate, List<Decision>> days = Catalogue.load().days();
        LocalDate first = timeline.lastDay().map(day -> day.plusDays(1)).orElse(Catalogue.BASE);
        try (KafkaProducer<String, String> producer = producer(bootstrap)) {
            days.subMap(first, true, last, true).forEach((date, decisions) -> {
                Enactment.Enacted enacted = timeline.enact(date, decisions).fold(done -> done, refused -> {
                    throw new AssertionError(refused.reasons());
                });
                for (UnitChangeData.Typed message : UnitChangeData.messages(enacted, sequence)) {
                    send(
                            producer,
                            Topics.UNIT_CHANGES,
                            message.data().unitId(),
                            message.kind().type(),
                            message.data());
                }
                sequence += UnitChangeData.messages(enacted, sequence).size();
                timeline = enacted.timeline();
            });
            producer.flush();
        }
        return timeline;
    }

    static void assign(String bootstrap, String unit, String locality, String successor) {
        try (KafkaProducer<String, String> producer = producer(bootstrap)) {
            send(
                    producer,
                    Topics.LOCALITY_ASSIGNMENTS,
                    unit,
                    "vn.dvhc.locality.assigned",
                    Map.of("enactment", "2025-07-01", "unit", unit, "locality", locality, "successor", successor));
        }
    }

    static KafkaProducer<String, String> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void send(
            KafkaProducer<String, String> producer, String topic, String key, String type, Object data) {
        try {
            producer.send(new ProducerRecord<>(
                    topic,
                    key,
                    JSON.writeValueAsString(Map.of(
                            "specversion",
                            "1.0",
                            "id",
                            key,
                            "source",
                            "/dvhc/test",
                            "type",
                            type,
                            "datacontenttype",
                            "application/json",
                            "data",
                            data))));
        } catch (JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
