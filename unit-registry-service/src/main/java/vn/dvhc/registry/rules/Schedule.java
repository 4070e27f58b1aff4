package vn.dvhc.registry.rules;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import vn.dvhc.decision.Decision;

/** The days to come. */
public final class Schedule {

    private Schedule() {}

    /** The scheduled days with a decision at its own place or, if it has none, behind the others of its day. */
    public static NavigableMap<LocalDate, List<Decision>> with(
            Decision decision, NavigableMap<LocalDate, List<Decision>> scheduled) {
        NavigableMap<LocalDate, List<Decision>> days = new TreeMap<>();
        boolean known = false;
        for (Map.Entry<LocalDate, List<Decision>> day : scheduled.entrySet()) {
            List<Decision> decisions = new ArrayList<>();
            for (Decision other : day.getValue()) {
                if (!other.id().equals(decision.id())) {
                    decisions.add(other);
                } else if (day.getKey().equals(decision.effectiveDate())) {
                    decisions.add(decision);
                    known = true;
                }
            }
            days.put(day.getKey(), decisions);
        }
        if (!known) {
            days.computeIfAbsent(decision.effectiveDate(), date -> new ArrayList<>())
                    .add(decision);
        }
        return days;
    }
}
