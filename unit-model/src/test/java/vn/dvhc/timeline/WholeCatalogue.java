package vn.dvhc.timeline;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;

/** The catalogue enacted day by day, once for all tests. */
public final class WholeCatalogue {

    private static final List<Enactment.Enacted> DAYS = enactAll();

    private WholeCatalogue() {}

    public static Timeline timeline() {
        return DAYS.get(DAYS.size() - 1).timeline();
    }

    /** Every enactment in order. */
    public static List<Enactment.Enacted> days() {
        return DAYS;
    }

    private static List<Enactment.Enacted> enactAll() {
        List<Enactment.Enacted> enacted = new ArrayList<>();
        Timeline timeline = Timeline.empty();
        for (Map.Entry<LocalDate, List<Decision>> day : Catalogue.load().days().entrySet()) {
            Enactment.Enacted next = timeline.enact(day.getKey(), day.getValue())
                    .fold(done -> done, refused -> {
                        throw new AssertionError(refused.date() + " was refused: "
                                + refused.reasons()
                                        .subList(
                                                0,
                                                Math.min(10, refused.reasons().size())));
                    });
            timeline = next.timeline();
            enacted.add(next);
        }
        return List.copyOf(enacted);
    }
}
