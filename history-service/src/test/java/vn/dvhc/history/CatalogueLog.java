package vn.dvhc.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Fact;
import vn.dvhc.history.timeline.TimelineFeed;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Enactment.Enacted;
import vn.dvhc.timeline.Timeline;

/** The messages of the whole catalogue, in order, with the timeline they come from. Made once for all tests. */
public record CatalogueLog(Timeline timeline, List<UnitChangeData.Typed> messages) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final CatalogueLog WHOLE = make();

    public static CatalogueLog whole() {
        return WHOLE;
    }

    /** A feed that has read the whole log. */
    public static TimelineFeed feed() {
        TimelineFeed feed = new TimelineFeed();
        feed.accept(WHOLE.messages);
        feed.caughtUp();
        return feed;
    }

    /** The message as it stands on the topic. */
    public static String cloudEvent(UnitChangeData.Typed message) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", Long.toString(message.data().sequence()));
        event.put("source", "/unit-registry-service");
        event.put("type", message.kind().type());
        event.put("subject", message.data().unitId());
        event.put("time", "2025-06-30T17:00:00Z");
        event.put("datacontenttype", "application/json");
        event.put("data", message.data());
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Enacts the catalogue for the messages, and takes each day over from them. */
    private static CatalogueLog make() {
        List<UnitChangeData.Typed> messages = new ArrayList<>();
        Timeline[] registry = {Timeline.empty()};
        Timeline[] replica = {Timeline.empty()};
        Catalogue.load().days().forEach((date, decisions) -> {
            Enacted enacted = enacted(registry[0].enact(date, decisions));
            registry[0] = enacted.timeline();
            List<UnitChangeData.Typed> day = UnitChangeData.messages(enacted, messages.size() + 1L);
            messages.addAll(day);
            List<Fact> facts =
                    day.stream().flatMap(message -> message.facts().stream()).toList();
            replica[0] = enacted(replica[0].replay(date, facts)).timeline();
        });
        return new CatalogueLog(replica[0], List.copyOf(messages));
    }

    private static Enacted enacted(Enactment enactment) {
        return enactment.fold(enacted -> enacted, refused -> {
            throw new IllegalStateException(refused.date() + ": " + refused.reasons());
        });
    }
}
