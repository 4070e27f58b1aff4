package vn.dvhc.registry;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.unit.EnactedDay;
import vn.dvhc.registry.unit.RegisterState;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;

/** The catalogue and timelines built from it directly: what the service has to arrive at. */
public final class Catalogues {

    public static final NavigableMap<LocalDate, List<Decision>> DAYS =
            Catalogue.load().days();

    public static final LocalDate EVE = Catalogue.REFORM.minusDays(1);

    private Catalogues() {}

    /** All days up to a date. */
    public static Timeline until(LocalDate date) {
        return with(Timeline.empty(), DAYS.headMap(date, true));
    }

    /** Some more days. */
    public static Timeline with(Timeline timeline, NavigableMap<LocalDate, List<Decision>> days) {
        for (var day : days.entrySet()) {
            timeline = enacted(timeline.enact(day.getKey(), day.getValue())).timeline();
        }
        return timeline;
    }

    /** The register with all days up to a date, each recorded at the epoch. */
    public static RegisterState register(LocalDate date) {
        RegisterState state = RegisterState.EMPTY;
        for (var day : DAYS.headMap(date, true).entrySet()) {
            Enactment.Enacted enacted = enacted(state.timeline().enact(day.getKey(), day.getValue()));
            state = EnactedDay.of(state, enacted, Instant.EPOCH).state();
        }
        return state;
    }

    public static Enactment.Enacted enacted(Enactment enactment) {
        return enactment.fold(done -> done, refused -> {
            throw new AssertionError(refused.reasons().toString());
        });
    }
}
