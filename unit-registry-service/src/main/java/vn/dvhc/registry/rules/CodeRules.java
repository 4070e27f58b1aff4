package vn.dvhc.registry.rules;

import java.util.Optional;
import java.util.stream.Stream;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.rules.Day.Said;
import vn.dvhc.timeline.Tenure;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** Codes of new and re-coded units: free, or handed down by the unit that bore them the day before. */
final class CodeRules {

    private CodeRules() {}

    static void check(Proposal proposal, Day day, Findings found) {
        for (Said said : day.saidBy(proposal.decision().id())) {
            UnitId unit = said.unit();
            if (unit == null) {
                continue;
            }
            switch (said.change().kind()) {
                case CREATE -> {
                    checkCode(said.change().code(), unit, day, found);
                    if (day.edgesTo(unit).isEmpty()) {
                        found.add(Rule.NEW_UNIT_WITHOUT_PREDECESSOR.about(
                                said.change().code(), ((UnitChange.Create) said.change()).name()));
                    }
                }
                case RECODE -> checkCode(((UnitChange.Recode) said.change()).newCode(), unit, day, found);
                case ABOLISH, RENAME, RECLASSIFY, REPARENT, SUCCEED -> {}
            }
        }
    }

    private static void checkCode(UnitCode code, UnitId unit, Day day, Findings found) {
        Optional<UnitId> bearer = day.bearerTheDayBefore(code).map(Unit::id).filter(id -> !id.equals(unit));
        if (bearer.isPresent()) {
            if (!isHandedDown(bearer.get(), unit, day)) {
                found.add(Rule.CODE_NOT_INHERITED.about(code, bearer.get()));
            }
            return;
        }
        Stream<UnitId> earlier = day.before().tenures(code).stream().map(Tenure::unit);
        earlier.filter(other -> !other.equals(unit))
                .findFirst()
                .ifPresent(other -> found.add(Rule.CODE_REUSED.about(code, other)));
    }

    private static boolean isHandedDown(UnitId bearer, UnitId unit, Day day) {
        return day.ends(bearer) && day.edgesTo(unit).stream().anyMatch(edge -> bearer.equals(edge.from()));
    }
}
