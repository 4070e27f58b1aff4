package vn.dvhc.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.DecisionNoticeData;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.Topics;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.timeline.Amendment;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Strike;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;

/** Publishes the catalogue's days on the real topic, as the registry does. */
final class UnitTopic {

    static final LocalDate BEFORE = LocalDate.of(2025, 6, 30);

    private static final Instant RECORDED = Instant.parse("2025-06-30T17:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Chronicle registry = Chronicle.empty();

    private UnitTopic() {}

    /** Begins anew, on a new platform. */
    static void forget() {
        registry = Chronicle.empty();
    }

    /** Publishes all days not yet published up to and with the date; answers the timeline reached. */
    static Timeline publishUntil(String bootstrap, LocalDate last) {
        NavigableMap<LocalDate, List<Decision>> days = Catalogue.load().days();
        LocalDate first =
                registry.timeline().lastDay().map(day -> day.plusDays(1)).orElse(Catalogue.BASE);
        if (first.isAfter(last)) {
            return registry.timeline();
        }
        try (KafkaProducer<String, String> producer = producer(bootstrap)) {
            days.subMap(first, true, last, true).forEach((date, decisions) -> enact(producer, date, decisions));
            producer.flush();
        }
        return registry.timeline();
    }

    /** Publishes one day more than the catalogue has. */
    static Timeline publish(String bootstrap, LocalDate date, List<UnitChange> changes) {
        Decision decision = new Decision(new DecisionId("d-" + date), date, "Thử", changes);
        try (KafkaProducer<String, String> producer = producer(bootstrap)) {
            enact(producer, date, List.of(decision));
            producer.flush();
        }
        return registry.timeline();
    }

    private static void enact(KafkaProducer<String, String> producer, LocalDate date, List<Decision> decisions) {
        Enactment.Enacted enacted = registry.timeline().enact(date, decisions).fold(done -> done, refused -> {
            throw new AssertionError(refused.reasons());
        });
        send(producer, UnitChangeData.messages(enacted, registry.lastSequence() + 1));
        registry = registry.append(enacted, RECORDED);
    }

    /** Publishes a decision as no longer to come, then a correction; answers what the registry knows then. */
    static Chronicle publishNoticeAndCorrection(String bootstrap, LocalDate date, UnitChange change) {
        Decision later = new Decision(new DecisionId("later"), date.plusYears(5), "Sau này", List.of());
        long sequence = registry.lastSequence() + 1;
        registry = registry.append(
                        new Group.Notice(later.id(), later.effectiveDate(), true, RECORDED, sequence, sequence))
                .fold(accepted -> accepted.chronicle(), refused -> {
                    throw new AssertionError(refused.reasons());
                });
        Amendment.Accepted accepted = registry.amend(
                        date, new DecisionId("correction"), List.of(change), List.of(), RECORDED)
                .fold(done -> done, refused -> {
                    throw new AssertionError(refused.reasons());
                });
        registry = accepted.after();
        try (KafkaProducer<String, String> producer = producer(bootstrap)) {
            send(producer, List.of(DecisionNoticeData.withdrawn(later, sequence)));
            send(producer, UnitChangeData.messages(accepted));
            producer.flush();
        }
        return registry;
    }

    /** Publishes that a unit passed whole to another one than the acts were read to say. */
    static void correctSuccessor(String bootstrap, LocalDate date, UnitId from, UnitId wrong, UnitId right) {
        long end = registry.counting(date).stream()
                .filter(entry -> entry.edges().stream()
                        .anyMatch(edge -> edge.from().equals(from) && edge.to().equals(wrong)))
                .findFirst()
                .orElseThrow()
                .sequence();
        UnitChange passed = new UnitChange.Succeed(
                from.codeAtBirth(), right.codeAtBirth(), Extent.FULL, Portion.WHOLE, Confidence.ACT, Basis.NONE);
        Amendment.Accepted accepted = registry.amend(
                        date,
                        new DecisionId("correction-of-" + from.codeAtBirth().value()),
                        List.of(passed),
                        List.of(new Strike(end, wrong)),
                        RECORDED)
                .fold(done -> done, refused -> {
                    throw new AssertionError(refused.reasons());
                });
        registry = accepted.after();
        try (KafkaProducer<String, String> producer = producer(bootstrap)) {
            send(producer, UnitChangeData.messages(accepted));
            producer.flush();
        }
    }

    /** Publishes that a day that was in force did more than was recorded. */
    static void correct(String bootstrap, LocalDate date, String decision, List<UnitChange> changes) {
        Amendment.Accepted accepted = registry.amend(date, new DecisionId(decision), changes, List.of(), RECORDED)
                .fold(done -> done, refused -> {
                    throw new AssertionError(refused.reasons());
                });
        registry = accepted.after();
        try (KafkaProducer<String, String> producer = producer(bootstrap)) {
            send(producer, UnitChangeData.messages(accepted));
            producer.flush();
        }
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

    /** The last message of a key in a topic of one partition; empty if there is none. */
    static String last(String bootstrap, String topic, String key) {
        TopicPartition place = new TopicPartition(topic, 0);
        String last = "";
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new StringDeserializer(),
                new StringDeserializer())) {
            if (!consumer.listTopics().containsKey(topic)) {
                return last;
            }
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            long end = consumer.endOffsets(List.of(place)).get(place);
            while (consumer.position(place) < end) {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(200))) {
                    last = key.equals(message.key()) ? message.value() : last;
                }
            }
        }
        return last;
    }

    static KafkaProducer<String, String> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void send(KafkaProducer<String, String> producer, List<? extends LogMessage> messages) {
        messages.forEach(
                message -> send(producer, Topics.UNIT_CHANGES, message.subject(), message.type(), message.data()));
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
