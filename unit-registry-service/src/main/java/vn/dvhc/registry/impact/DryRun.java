package vn.dvhc.registry.impact;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.rules.Schedule;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;

/**
 * A decision enacted on a copy of the register, after the days before it and with the others of its day.
 *
 * @param before the register as it stands before the day; scheduled days that don't hold are left out of it
 */
public record DryRun(Decision decision, Timeline before, Enactment enactment) {

    /** @param scheduled may hold the decision itself */
    public static DryRun of(Decision decision, Timeline register, NavigableMap<LocalDate, List<Decision>> scheduled) {
        NavigableMap<LocalDate, List<Decision>> days = Schedule.with(decision, scheduled);
        LocalDate date = decision.effectiveDate();
        Timeline before = register;
        for (Map.Entry<LocalDate, List<Decision>> day :
                days.headMap(date, false).entrySet()) {
            Timeline unchanged = before;
            before = before.enact(day.getKey(), day.getValue()).fold(Enactment.Enacted::timeline, refused -> unchanged);
        }
        return new DryRun(decision, before, before.enact(date, days.getOrDefault(date, List.of())));
    }

    /** Empty if the register refuses the day. */
    public Optional<Enactment.Enacted> enacted() {
        return enactment.fold(Optional::of, refused -> Optional.empty());
    }
}
