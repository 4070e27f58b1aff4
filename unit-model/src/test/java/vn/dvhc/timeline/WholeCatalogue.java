package vn.dvhc.timeline;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.UnitChangeData;
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

    /** The chronicle of all days, each recorded at noon UTC of its date. */
    public static Chronicle chronicle() {
        Chronicle chronicle = Chronicle.empty();
        for (Enactment.Enacted day : DAYS) {
            chronicle = chronicle.append(day, recordedAt(day.date()));
        }
        return chronicle;
    }

    static Instant recordedAt(LocalDate date) {
        return date.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    /** Every message in order. */
    public static List<UnitChangeData.Typed> messages() {
        List<UnitChangeData.Typed> messages = new ArrayList<>();
        for (Enactment.Enacted day : DAYS) {
            messages.addAll(UnitChangeData.messages(day, messages.size() + 1L));
        }
        return messages;
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
