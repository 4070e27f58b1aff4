package vn.dvhc.registry.rules;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.rules.Day.Said;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** Changes of one unit beside each other and beside what the unit is already. */
final class ChangeRules {

    /** A unit may be re-coded twice to let two units swap codes; ended or begun twice is refused by the timeline. */
    private static final Set<UnitChange.Kind> ONCE =
            EnumSet.of(UnitChange.Kind.RENAME, UnitChange.Kind.RECLASSIFY, UnitChange.Kind.REPARENT);

    private ChangeRules() {}

    static void check(Proposal proposal, Day day, Findings found) {
        DecisionId decision = proposal.decision().id();
        Map<UnitId, DecisionId> others = new HashMap<>();
        Map<UnitId, Said> own = new LinkedHashMap<>();
        Map<UnitId, Set<UnitChange.Kind>> kinds = new HashMap<>();
        for (Said said : day.said()) {
            UnitId unit = said.unit();
            if (unit == null) {
                continue;
            }
            if (!said.by().equals(decision)) {
                others.put(unit, said.by());
                continue;
            }
            own.putIfAbsent(unit, said);
            UnitChange.Kind kind = said.change().kind();
            if (!kinds.computeIfAbsent(unit, id -> new HashSet<>()).add(kind) && ONCE.contains(kind)) {
                found.add(Rule.STATED_TWICE.about(said.change().code()));
            }
            if (isWithoutEffect(said, day)) {
                found.add(Rule.CHANGE_WITHOUT_EFFECT.about(said.change().code()));
            }
        }
        own.forEach((unit, said) -> {
            DecisionId other = others.get(unit);
            if (other != null) {
                found.add(Rule.TOUCHED_BY_ANOTHER_DECISION.about(said.change().code(), other));
            }
        });
    }

    private static boolean isWithoutEffect(Said said, Day day) {
        Unit stood = said.stood();
        if (stood == null) {
            return false;
        }
        return switch (said.change().kind()) {
            case RENAME -> ((UnitChange.Rename) said.change()).name().equals(stood.name());
            case RECLASSIFY -> ((UnitChange.Reclassify) said.change()).type() == stood.type();
            case REPARENT ->
                day.standing(stood.id())
                        .filter(unit -> unit.parent() != null && unit.parent().equals(stood.parent()))
                        .isPresent();
            case RECODE -> ((UnitChange.Recode) said.change()).newCode().equals(stood.code());
            case CREATE, ABOLISH, SUCCEED -> false;
        };
    }
}
