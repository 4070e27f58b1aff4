package vn.dvhc.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Decision;
import vn.dvhc.history.timeline.Arrival;
import vn.dvhc.history.timeline.TimelineFeed;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Enactment.Enacted;
import vn.dvhc.timeline.Timeline;

/** The messages of the whole catalogue, in order, with the registry's timeline they come from. Made once for all tests. */
public record CatalogueLog(Timeline timeline, List<UnitChangeData.Typed> messages) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** When everything of the catalogue was recorded. */
    public static final Instant RECORDED = Instant.parse("2025-06-30T17:00:00Z");

    private static final CatalogueLog WHOLE = make();

    public static CatalogueLog whole() {
        return WHOLE;
    }

    /** A feed that has read the whole log. */
    public static TimelineFeed feed() {
        TimelineFeed feed = new TimelineFeed();
        feed.accept(arrivals(WHOLE.messages, RECORDED));
        feed.caughtUp();
        return feed;
    }

    /** Messages as they come from the log, all recorded at a moment. */
    public static List<Arrival> arrivals(List<? extends LogMessage> messages, Instant recordedAt) {
        return messages.stream()
                .map(message -> new Arrival(message, recordedAt))
                .toList();
    }

    /** The message as it stands on the topic, recorded with the catalogue. */
    public static String cloudEvent(LogMessage message) {
        return cloudEvent(message, RECORDED);
    }

    /** The message as it stands on the topic. */
    public static String cloudEvent(LogMessage message, Instant recordedAt) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", Long.toString(message.sequence()));
        event.put("source", "/unit-registry-service");
        event.put("type", message.type());
        event.put("subject", message.subject());
        event.put("time", recordedAt.toString());
        event.put("datacontenttype", "application/json");
        event.put("data", message.data());
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static CatalogueLog make() {
        List<UnitChangeData.Typed> messages = new ArrayList<>();
        Timeline timeline = Timeline.empty();
        for (Map.Entry<LocalDate, List<Decision>> day : Catalogue.load().days().entrySet()) {
            Enacted enacted = enacted(timeline.enact(day.getKey(), day.getValue()));
            messages.addAll(UnitChangeData.messages(enacted, messages.size() + 1L));
            timeline = enacted.timeline();
        }
        return new CatalogueLog(timeline, List.copyOf(messages));
    }

    private static Enacted enacted(Enactment enactment) {
        return enactment.fold(enacted -> enacted, refused -> {
            throw new IllegalStateException(refused.date() + ": " + refused.reasons());
        });
    }
}
