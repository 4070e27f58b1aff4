package vn.dvhc.benchmark;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Timeline;

/** The timeline of the catalogue, for questions to be drawn from. */
public final class WholeCatalogue {

    private WholeCatalogue() {}

    public static Timeline timeline() {
        Timeline timeline = Timeline.empty();
        for (Map.Entry<LocalDate, List<Decision>> day : Catalogue.load().days().entrySet()) {
            timeline = timeline.enact(day.getKey(), day.getValue()).fold(enacted -> enacted.timeline(), refused -> {
                throw new IllegalStateException(refused.reasons().toString());
            });
        }
        return timeline;
    }
}
