package vn.dvhc.registry.impact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/**
 * A unit whose records a decision makes others', as they name it the day before.
 *
 * @param successors how many units may receive a record of it
 * @param localities those whose successor is decided
 */
public record PlannedUnit(UnitRef unit, int successors, Set<String> localities) {

    public PlannedUnit {
        localities = Set.copyOf(localities);
    }

    /** The units that end or get another code; records of others stay as they are. */
    public static List<PlannedUnit> of(DryRun run, Enactment.Enacted day, Collection<LocalityAssignment> assignments) {
        Map<UnitId, Set<String>> assigned = new HashMap<>();
        assignments.forEach(assignment -> assigned.computeIfAbsent(assignment.unit(), id -> new HashSet<>())
                .add(assignment.locality()));
        Timeline after = day.timeline();
        List<PlannedUnit> units = new ArrayList<>();
        for (UnitRef unit : Impact.concerned(run, day)) {
            of(unit, after.recode(unit, day.date()), assigned).ifPresent(units::add);
        }
        return List.copyOf(units);
    }

    private static Optional<PlannedUnit> of(UnitRef unit, Recoding recoding, Map<UnitId, Set<String>> assigned) {
        return recoding.fold(
                same -> same.unit().code().equals(unit.code())
                        ? Optional.empty()
                        : Optional.of(new PlannedUnit(unit, 1, Set.of())),
                one -> Optional.of(new PlannedUnit(unit, 1, Set.of())),
                // One known part of a unit is not the whole of it: its records have to be decided too.
                split -> Optional.of(new PlannedUnit(
                        unit,
                        Math.max(2, split.candidates().size()),
                        assigned.getOrDefault(split.from().id(), Set.of()))),
                ended -> Optional.of(new PlannedUnit(unit, 0, Set.of())),
                unknown -> Optional.of(new PlannedUnit(unit, 0, Set.of())),
                ambiguous -> Optional.of(new PlannedUnit(unit, 0, Set.of())));
    }
}
