package vn.dvhc.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.Topics;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;

/** Publishes the catalogue's days on the real log, as the registry does. */
final class Reform implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<String, String> producer;
    private Timeline timeline = Timeline.empty();
    private long sequence;

    Reform(String kafka) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all"), new StringSerializer(), new StringSerializer());
    }

    /** All days not yet published, up to and with the date; gives back the sequence reached. */
    long publishUntil(LocalDate last) {
        LocalDate from = timeline.lastDay().map(day -> day.plusDays(1)).orElse(Catalogue.BASE);
        Map<LocalDate, List<Decision>> days = Catalogue.load().days().subMap(from, true, last, true);
        days.forEach((date, decisions) -> {
            Enactment.Enacted enacted = timeline.enact(date, decisions).fold(one -> one, refused -> {
                throw new AssertionError(refused.reasons());
            });
            UnitChangeData.messages(enacted, sequence + 1).forEach(this::send);
            timeline = enacted.timeline();
        });
        producer.flush();
        return sequence;
    }

    private void send(UnitChangeData.Typed message) {
        try {
            producer.send(new ProducerRecord<>(
                    Topics.UNIT_CHANGES,
                    message.subject(),
                    JSON.writeValueAsString(Map.of(
                            "specversion",
                            "1.0",
                            "id",
                            Long.toString(message.sequence()),
                            "type",
                            message.type(),
                            "subject",
                            message.subject(),
                            "data",
                            message.data()))));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
        sequence = message.sequence();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
