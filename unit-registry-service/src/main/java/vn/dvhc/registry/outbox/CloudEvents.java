package vn.dvhc.registry.outbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.Topics;
import vn.dvhc.registry.unit.LocalityAssignment;

/** Puts what happened into envelopes: CloudEvents 1.0 in structured JSON, absent rather than null. */
@Singleton
public class CloudEvents {

    /** The event type of an assignment. */
    public static final String LOCALITY_ASSIGNED = "vn.dvhc.locality.assigned";

    private static final String SOURCE = "/dvhc/unit-registry";

    private final JsonMapper json = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    /** The messages of a group in order; the id of each event is its sequence. */
    public List<OutboxMessage> ofGroup(List<? extends LogMessage> group, Instant recordedAt) {
        String time = moment(recordedAt);
        List<OutboxMessage> messages = new ArrayList<>(group.size());
        for (LogMessage message : group) {
            messages.add(message(
                    Topics.UNIT_CHANGES,
                    UUID.randomUUID(),
                    Long.toString(message.sequence()),
                    message.type(),
                    message.subject(),
                    time,
                    message.data()));
        }
        return messages;
    }

    /** One message an assignment; the id of each event is that of its row. */
    public List<OutboxMessage> ofAssignments(List<LocalityAssignment> assignments, Instant assignedAt) {
        String time = moment(assignedAt);
        return assignments.stream()
                .map(assignment -> {
                    UUID id = UUID.randomUUID();
                    String unit = assignment.unit().toString();
                    return message(
                            Topics.LOCALITY_ASSIGNMENTS,
                            id,
                            id.toString(),
                            LOCALITY_ASSIGNED,
                            unit,
                            time,
                            new AssignmentData(
                                    assignment.enactment().toString(),
                                    unit,
                                    assignment.locality(),
                                    assignment.kind().label(),
                                    assignment.successor().toString()));
                })
                .toList();
    }

    private OutboxMessage message(
            String topic, UUID rowId, String eventId, String type, String subject, String time, Object data) {
        Envelope envelope = new Envelope("1.0", eventId, SOURCE, type, subject, time, "application/json", data);
        try {
            return new OutboxMessage(rowId, subject, topic, json.writeValueAsString(envelope));
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("An event can always be written", defect);
        }
    }

    private static String moment(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).toString();
    }

    record Envelope(
            String specversion,
            String id,
            String source,
            String type,
            String subject,
            String time,
            String datacontenttype,
            Object data) {}

    record AssignmentData(String enactment, String unit, String locality, String kind, String successor) {}
}
