package vn.dvhc.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.Topics;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Decision;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;

/** The catalogue's days, published as the registry does, so that none has to run. */
public final class UnitLog {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String bootstrap;
    private final NavigableMap<LocalDate, List<Decision>> ahead =
            new TreeMap<>(Catalogue.load().days());
    private Chronicle chronicle = Chronicle.empty();

    public UnitLog(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Publishes the days up to this one that were not published yet. */
    public void publishThrough(LocalDate last) {
        NavigableMap<LocalDate, List<Decision>> due = ahead.headMap(last, true);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new StringSerializer(),
                new StringSerializer())) {
            for (Map.Entry<LocalDate, List<Decision>> day : due.entrySet()) {
                Enactment.Enacted enacted = enact(chronicle, day);
                UnitChangeData.messages(enacted, chronicle.lastSequence() + 1)
                        .forEach(message -> producer.send(record(message)));
                chronicle = append(chronicle, enacted, day.getKey());
            }
            producer.flush();
        }
        due.clear();
    }

    /** As published so far. */
    public Timeline timeline() {
        return chronicle.timeline();
    }

    /** What it will be once the days up to this one are published too. */
    public Timeline timelineAfter(LocalDate last) {
        Chronicle later = chronicle;
        for (Map.Entry<LocalDate, List<Decision>> day :
                ahead.headMap(last, true).entrySet()) {
            later = append(later, enact(later, day), day.getKey());
        }
        return later.timeline();
    }

    private static Enactment.Enacted enact(Chronicle before, Map.Entry<LocalDate, List<Decision>> day) {
        return before.timeline().enact(day.getKey(), day.getValue()).fold(done -> done, refused -> {
            throw new IllegalStateException(refused.reasons().toString());
        });
    }

    private static Chronicle append(Chronicle before, Enactment.Enacted enacted, LocalDate day) {
        return before.append(enacted, day.atStartOfDay(BusinessClock.ZONE).toInstant());
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
