package vn.dvhc.registry.impact;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * The register as it would stand on the day of a decision.
 *
 * @param digest of the whole register after the day
 * @param before units in force the day before, by level
 * @param after units in force on the day, by level
 * @param provinces those in which the decision changes something, by code
 * @param units every unit of these provinces on the day, by code
 */
public record RehearsedState(
        String digest, Map<Level, Integer> before, Map<Level, Integer> after, List<Unit> provinces, List<Unit> units) {

    public static RehearsedState of(DryRun run, Enactment.Enacted day) {
        Timeline timeline = day.timeline();
        LocalDate date = day.date();
        List<Unit> inForce = timeline.units(date, null, null);
        Map<UnitId, Unit> byId = new TreeMap<>();
        inForce.forEach(unit -> byId.put(unit.id(), unit));
        Map<UnitCode, Unit> provinces = new TreeMap<>();
        day.facts().stream()
                .filter(fact -> fact.decision().equals(run.decision().id()))
                .flatMap(RehearsedState::units)
                .map(byId::get)
                .flatMap(Stream::ofNullable)
                .forEach(unit -> province(unit, byId).ifPresent(found -> provinces.put(found.code(), found)));
        Set<UnitCode> concerned = provinces.keySet();
        List<Unit> units = new ArrayList<>();
        for (Unit unit : inForce) {
            if (province(unit, byId)
                    .filter(found -> concerned.contains(found.code()))
                    .isPresent()) {
                units.add(unit);
            }
        }
        units.sort(Comparator.comparing(Unit::code));
        return new RehearsedState(
                timeline.digest(),
                counts(run.before().units(date.minusDays(1), null, null)),
                counts(inForce),
                List.copyOf(provinces.values()),
                List.copyOf(units));
    }

    private static Stream<UnitId> units(Fact fact) {
        return fact.event() instanceof UnitEvent.Succeeded passed
                ? Stream.of(passed.edge().from(), passed.edge().to())
                : Stream.of(fact.event().unit());
    }

    private static Optional<Unit> province(Unit unit, Map<UnitId, Unit> byId) {
        @Nullable Unit place = unit;
        while (place != null && place.level() != Level.PROVINCE) {
            UnitId parent = place.parent();
            place = parent == null ? null : byId.get(parent);
        }
        return Optional.ofNullable(place);
    }

    private static Map<Level, Integer> counts(List<Unit> units) {
        Map<Level, Integer> counts = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            counts.put(level, 0);
        }
        units.forEach(unit -> counts.merge(unit.level(), 1, Integer::sum));
        return counts;
    }
}
