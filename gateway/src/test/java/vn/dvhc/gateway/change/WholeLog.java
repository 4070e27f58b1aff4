package vn.dvhc.gateway.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Enactment.Enacted;
import vn.dvhc.timeline.Timeline;

/** All that happened since 2004, as published, and the timeline it was published from. */
public final class WholeLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final WholeLog ALL = new WholeLog();

    private final List<String> events = new ArrayList<>();
    private final ChangeLog log = new ChangeLog();
    private Timeline timeline = Timeline.empty();

    private WholeLog() {
        for (Map.Entry<LocalDate, List<Decision>> day : Catalogue.load().days().entrySet()) {
            Enacted enacted = timeline.enact(day.getKey(), day.getValue()).fold(one -> one, refused -> {
                throw new IllegalStateException(refused.date() + ": " + refused.reasons());
            });
            UnitChangeData.messages(enacted, events.size() + 1).forEach(message -> events.add(event(message)));
            timeline = enacted.timeline();
        }
        events.forEach(event -> Events.tell(log, event));
        log.caughtUp();
    }

    public static WholeLog told() {
        return ALL;
    }

    /** In order, numbered from 1. */
    public List<String> events() {
        return events;
    }

    /** Has taken all events. */
    public ChangeLog log() {
        return log;
    }

    /** As it was enacted. */
    public Timeline timeline() {
        return timeline;
    }

    private static String event(UnitChangeData.Typed message) {
        try {
            return JSON.writeValueAsString(Map.of(
                    "specversion",
                    "1.0",
                    "id",
                    Long.toString(message.sequence()),
                    "type",
                    message.type(),
                    "subject",
                    message.subject(),
                    "data",
                    message.data()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
