package vn.dvhc.sync.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import vn.dvhc.contract.DecisionNoticeData;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.timeline.Amendment;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Strike;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/** A small log of days, a notice and a correction, as this service reads it from the topic. */
class UnitFeedTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final LocalDate SECOND = LocalDate.of(2025, 1, 1);
    private static final LocalDate THIRD = LocalDate.of(2026, 1, 1);
    private static final UnitCode CODE = UnitCode.of("01");

    private final UnitKnowledge knowledge = new UnitKnowledge();
    private final UnitFeed feed = new UnitFeed(JSON, knowledge);
    private Chronicle registry = Chronicle.empty();

    @Test
    void takesNoticesAndCorrectionsBetweenDays_andReachesTheTimelineOfTheRegistry() throws Exception {
        // Given
        List<LogMessage> log = new ArrayList<>();
        log.addAll(day(FIRST, new UnitChange.Create(CODE, UnitType.MUNICIPALITY, "Một", null, Basis.NONE)));
        log.addAll(day(SECOND, new UnitChange.Rename(CODE, "Hai", Basis.NONE)));
        log.add(notice());
        log.addAll(correction(SECOND, new UnitChange.Rename(CODE, "Hai Đúng", Basis.NONE), Strike.of(2)));
        log.addAll(day(THIRD, new UnitChange.Rename(CODE, "Ba", Basis.NONE)));

        // When
        deliver(log);
        List<Group> groups = feed.nextGroups();
        feed.take(groups);

        // Then
        assertThat(groups)
                .extracting(Group::kind)
                .containsExactly(
                        Group.Kind.DAY, Group.Kind.DAY, Group.Kind.NOTICE, Group.Kind.CORRECTION, Group.Kind.DAY);
        assertThat(knowledge.state().timeline().digest())
                .isEqualTo(registry.timeline().digest());
        assertThat(knowledge.state().sequence()).isEqualTo(log.size());
        assertThat(knowledge.state().lastDay()).isEqualTo(THIRD);
        assertThat(name(SECOND)).isEqualTo("Hai Đúng");
    }

    @Test
    void advancesItsPositionOnly_whenANoticeIsTaken() throws Exception {
        // Given
        deliver(day(FIRST, new UnitChange.Create(CODE, UnitType.MUNICIPALITY, "Một", null, Basis.NONE)));
        feed.take(feed.nextGroups());
        var before = knowledge.state().timeline();

        // When
        deliver(List.of(notice()));
        feed.take(feed.nextGroups());

        // Then
        assertThat(knowledge.state().timeline()).isSameAs(before);
        assertThat(knowledge.state().sequence()).isEqualTo(2);
    }

    @Test
    void swapsTheTimeline_whenACorrectionComesAfterTheLastDay() throws Exception {
        // Given
        deliver(day(FIRST, new UnitChange.Create(CODE, UnitType.MUNICIPALITY, "Một", null, Basis.NONE)));
        deliver(day(SECOND, new UnitChange.Rename(CODE, "Hai", Basis.NONE)));
        feed.take(feed.nextGroups());

        // When
        deliver(correction(FIRST, new UnitChange.Rename(CODE, "Một Đúng", Basis.NONE)));
        feed.take(feed.nextGroups());

        // Then
        assertThat(name(FIRST)).isEqualTo("Một Đúng");
        assertThat(name(SECOND)).isEqualTo("Hai");
        assertThat(knowledge.state().lastDay()).isEqualTo(SECOND);
    }

    @Test
    void dropsWhatItHasSeen() throws Exception {
        // Given
        List<LogMessage> log = new ArrayList<>(
                day(FIRST, new UnitChange.Create(CODE, UnitType.MUNICIPALITY, "Một", null, Basis.NONE)));
        log.add(notice());
        log.addAll(correction(FIRST, new UnitChange.Rename(CODE, "Một Đúng", Basis.NONE)));

        // When
        deliver(log);
        deliver(log);
        feed.take(feed.nextGroups());

        // Then
        assertThat(knowledge.state().sequence()).isEqualTo(log.size());
        assertThat(knowledge.state().timeline().digest())
                .isEqualTo(registry.timeline().digest());
    }

    @Test
    void stops_whenAMessageIsMissing() throws Exception {
        // Given
        deliver(day(FIRST, new UnitChange.Create(CODE, UnitType.MUNICIPALITY, "Một", null, Basis.NONE)));
        notice();

        // Then
        assertThatThrownBy(() -> deliver(day(SECOND, new UnitChange.Rename(CODE, "Hai", Basis.NONE))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Expected message 2");
    }

    @Test
    void stops_whenATypeIsUnknown() {
        assertThatThrownBy(() -> feed.unitChanges(
                        records(List.of("{\"type\":\"vn.dvhc.unit.twinned\",\"data\":{\"sequence\":1}}"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vn.dvhc.unit.twinned");
    }

    private String name(LocalDate at) {
        return knowledge.state().timeline().unit(CODE, at).orElseThrow().name();
    }

    private List<UnitChangeData.Typed> day(LocalDate date, UnitChange change) {
        Decision decision = new Decision(new DecisionId("day-" + date), date, "Ngày", List.of(change));
        Enactment.Enacted enacted = registry.timeline()
                .enact(date, List.of(decision))
                .fold(done -> done, refused -> {
                    throw new AssertionError(refused.reasons());
                });
        List<UnitChangeData.Typed> messages = UnitChangeData.messages(enacted, registry.lastSequence() + 1);
        registry = registry.append(enacted, Instant.EPOCH);
        return messages;
    }

    private List<UnitChangeData.Message> correction(LocalDate date, UnitChange change, Strike... strikes) {
        Amendment.Accepted accepted = registry.amend(
                        date, new DecisionId("correction"), List.of(change), List.of(strikes), Instant.EPOCH)
                .fold(done -> done, refused -> {
                    throw new AssertionError(refused.reasons());
                });
        registry = accepted.after();
        return UnitChangeData.messages(accepted);
    }

    private LogMessage notice() {
        long sequence = registry.lastSequence() + 1;
        DecisionId id = new DecisionId("later");
        registry = registry.append(new Group.Notice(id, THIRD, true, Instant.EPOCH, sequence, sequence))
                .fold(accepted -> accepted.chronicle(), refused -> {
                    throw new AssertionError(refused.reasons());
                });
        return DecisionNoticeData.withdrawn(new Decision(id, THIRD, "Sau này", List.of()), sequence);
    }

    private void deliver(List<? extends LogMessage> messages) throws JsonProcessingException {
        List<String> values = new ArrayList<>();
        for (LogMessage message : messages) {
            values.add(JSON.writeValueAsString(Map.of(
                    "specversion", "1.0",
                    "id", Long.toString(message.sequence()),
                    "type", message.type(),
                    "time", "2026-11-25T03:00:00Z",
                    "data", message.data())));
        }
        feed.unitChanges(records(values));
    }

    private static ConsumerRecords<String, String> records(List<String> values) {
        TopicPartition partition = new TopicPartition("unit-changes.v1", 0);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        for (String value : values) {
            records.add(new ConsumerRecord<>(partition.topic(), 0, records.size(), "key", value));
        }
        return new ConsumerRecords<>(Map.of(partition, records), Map.of());
    }
}
