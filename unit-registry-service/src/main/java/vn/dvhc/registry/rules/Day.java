package vn.dvhc.registry.rules;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * What all decisions of a day say, with each code read as the unit that bears it at that point. Unlike enacting it never
 * refuses: what can't be read is null, and the rest of the day can still be judged.
 */
final class Day {

    /**
     * A change.
     *
     * @param unit the unit concerned; null if none bears the code at that point
     * @param stood how the unit stood before the change; null for a new one
     */
    record Said(
            DecisionId by,
            UnitChange change,
            @Nullable UnitId unit,
            @Nullable Unit stood) {}

    /** An edge; an end is null if no unit bears its code. */
    record Passed(
            DecisionId by,
            UnitChange.Succeed edge,
            @Nullable UnitId from,
            @Nullable UnitId to) {}

    private final Timeline before;
    private final LocalDate date;
    private final Map<UnitId, Unit> standing = new HashMap<>();
    private final Map<UnitCode, UnitId> bearers = new HashMap<>();
    private final Map<UnitId, UnitCode> parents = new HashMap<>();
    private final List<Said> said = new ArrayList<>();
    private final Set<UnitId> ended = new LinkedHashSet<>();
    private final Map<UnitCode, List<Passed>> edgesFrom = new LinkedHashMap<>();
    private final Map<UnitId, List<Passed>> edgesTo = new HashMap<>();

    private Day(Timeline before, LocalDate date) {
        this.before = before;
        this.date = date;
        before.histories()
                .forEach(history -> history.at(eve()).ifPresent(unit -> {
                    standing.put(unit.id(), unit);
                    bearers.put(unit.code(), unit.id());
                }));
    }

    /** @param before the register with all days before this one in it */
    static Day read(Timeline before, LocalDate date, List<Decision> decisions) {
        Day day = new Day(before, date);
        for (Decision decision : decisions) {
            for (UnitChange change : decision.changes()) {
                if (change.kind() != UnitChange.Kind.SUCCEED) {
                    day.apply(decision.id(), change);
                }
            }
        }
        day.parents.forEach((unit, code) -> {
            UnitId parent = day.bearers.get(code);
            if (parent != null) {
                day.standing.computeIfPresent(unit, (id, state) -> state.placedUnder(parent));
            }
        });
        for (Decision decision : decisions) {
            for (UnitChange change : decision.changes()) {
                if (change instanceof UnitChange.Succeed edge) {
                    day.pass(decision.id(), edge);
                }
            }
        }
        return day;
    }

    private void apply(DecisionId by, UnitChange change) {
        if (change instanceof UnitChange.Create create) {
            said.add(new Said(by, change, begin(create), null));
            return;
        }
        UnitId unit = bearers.get(change.code());
        Unit stood = unit == null ? null : standing.get(unit);
        said.add(new Said(by, change, unit, stood));
        if (unit == null || stood == null) {
            return;
        }
        switch (change.kind()) {
            case ABOLISH -> {
                standing.remove(unit);
                bearers.remove(change.code());
                ended.add(unit);
            }
            case RENAME -> standing.put(unit, stood.renamed(((UnitChange.Rename) change).name()));
            case RECLASSIFY -> standing.put(unit, stood.reclassified(((UnitChange.Reclassify) change).type()));
            case REPARENT -> parents.put(unit, ((UnitChange.Reparent) change).parent());
            case RECODE -> {
                UnitCode code = ((UnitChange.Recode) change).newCode();
                if (bearers.putIfAbsent(code, unit) == null) {
                    bearers.remove(change.code());
                    standing.put(unit, stood.recoded(code));
                }
            }
            case CREATE, SUCCEED -> throw new IllegalStateException("Handled elsewhere: " + change.kind());
        }
    }

    private @Nullable UnitId begin(UnitChange.Create create) {
        UnitId unit = new UnitId(create.code(), date);
        if (bearers.putIfAbsent(create.code(), unit) != null) {
            return null;
        }
        standing.put(
                unit,
                new Unit(
                        unit,
                        create.code(),
                        create.type(),
                        create.name(),
                        null,
                        date,
                        null,
                        create.basis().acts()));
        UnitCode parent = create.parent();
        if (parent != null) {
            parents.put(unit, parent);
        }
        return unit;
    }

    private void pass(DecisionId by, UnitChange.Succeed edge) {
        UnitId from = bearerTheDayBefore(edge.code()).map(Unit::id).orElse(null);
        UnitId to = bearers.get(edge.to());
        Passed passed = new Passed(by, edge, from, to);
        edgesFrom.computeIfAbsent(edge.code(), code -> new ArrayList<>()).add(passed);
        if (to != null) {
            edgesTo.computeIfAbsent(to, unit -> new ArrayList<>()).add(passed);
        }
    }

    LocalDate date() {
        return date;
    }

    /** Every change but the edges, in order. */
    List<Said> said() {
        return said;
    }

    /** The changes of one decision. */
    List<Said> saidBy(DecisionId decision) {
        return said.stream().filter(change -> change.by().equals(decision)).toList();
    }

    /** The edges of the day by the code of the giving unit, in order. */
    Map<UnitCode, List<Passed>> edgesFrom() {
        return edgesFrom;
    }

    List<Passed> edgesFrom(UnitCode code) {
        return edgesFrom.getOrDefault(code, List.of());
    }

    List<Passed> edgesTo(UnitId unit) {
        return edgesTo.getOrDefault(unit, List.of());
    }

    boolean ends(UnitId unit) {
        return ended.contains(unit);
    }

    Optional<Unit> bearerTheDayBefore(UnitCode code) {
        return before.unit(code, eve());
    }

    Timeline before() {
        return before;
    }

    /** How a unit stands at the end of the day; empty if it ended or never was. */
    Optional<Unit> standing(UnitId unit) {
        return Optional.ofNullable(standing.get(unit));
    }

    /** Every unit in force at the end of the day, in no order. */
    Iterable<Unit> standing() {
        return standing.values();
    }

    /** The province a unit lies in at the end of the day. */
    Optional<Unit> provinceOf(UnitId unit) {
        Unit place = standing.get(unit);
        while (place != null && place.level() != Level.PROVINCE) {
            UnitId parent = place.parent();
            place = parent == null ? null : standing.get(parent);
        }
        return Optional.ofNullable(place);
    }

    private LocalDate eve() {
        return date.minusDays(1);
    }
}
