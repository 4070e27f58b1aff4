package vn.dvhc.registry.decision;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.unit.Objection;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;

/** Enacts what is scheduled on a copy of the register, to see what would come of it. */
public final class Rehearsal {

    private final Timeline register;
    private final NavigableMap<LocalDate, List<Decision>> scheduled;

    /** @param scheduled the decisions of each date to come, in their order */
    public Rehearsal(Timeline register, Map<LocalDate, List<Decision>> scheduled) {
        this.register = register;
        this.scheduled = new TreeMap<>(scheduled);
    }

    /**
     * What the register has against one more decision: it must hold together with the others of its date, after all days
     * before it, and must not make a later scheduled day impossible. Every reason of the first day that fails is given.
     */
    public List<Objection> objectionsTo(Decision candidate) {
        NavigableMap<LocalDate, List<Decision>> days = new TreeMap<>(scheduled);
        List<Decision> ofItsDay = new ArrayList<>(days.getOrDefault(candidate.effectiveDate(), List.of()));
        ofItsDay.add(candidate);
        days.put(candidate.effectiveDate(), ofItsDay);
        return objections(days);
    }

    /** What the register has against the days as they are scheduled: every reason of the first one that fails. */
    public List<Objection> objections() {
        return objections(scheduled);
    }

    private List<Objection> objections(NavigableMap<LocalDate, List<Decision>> days) {
        Timeline timeline = register;
        for (Map.Entry<LocalDate, List<Decision>> day : days.entrySet()) {
            Enactment enactment = timeline.enact(day.getKey(), day.getValue());
            if (enactment instanceof Enactment.Refused refused) {
                return refused.reasons().stream().map(Objection::of).toList();
            }
            timeline = ((Enactment.Enacted) enactment).timeline();
        }
        return List.of();
    }

    /** The register with all scheduled days up to a date in it; a day that can't be enacted is the last one left out. */
    public Timeline until(LocalDate date) {
        Timeline timeline = register;
        for (Map.Entry<LocalDate, List<Decision>> day :
                scheduled.headMap(date, true).entrySet()) {
            Enactment enactment = timeline.enact(day.getKey(), day.getValue());
            if (enactment instanceof Enactment.Refused) {
                return timeline;
            }
            timeline = ((Enactment.Enacted) enactment).timeline();
        }
        return timeline;
    }
}
