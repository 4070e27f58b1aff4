package vn.dvhc.registry.rules;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.rules.Day.Said;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** Names beside those of the neighbours at the end of the day. */
final class NameRules {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** Units among which a name must tell one from another. */
    private record Place(@Nullable UnitId parent, Level level, String foldedName) {
        static Place of(Unit unit) {
            return new Place(unit.parent(), unit.level(), folded(unit.name()));
        }
    }

    private NameRules() {}

    static void check(Proposal proposal, Day day, Findings found) {
        Set<Unit> touched = new LinkedHashSet<>();
        for (Said said : day.saidBy(proposal.decision().id())) {
            UnitId unit = said.unit();
            if (unit != null) {
                day.standing(unit).ifPresent(touched::add);
            }
        }
        if (touched.isEmpty()) {
            return;
        }
        Map<Place, List<Unit>> namesakes = new HashMap<>();
        for (Unit unit : day.standing()) {
            namesakes
                    .computeIfAbsent(Place.of(unit), place -> new ArrayList<>(1))
                    .add(unit);
        }
        boolean timelineTells = !day.date().isBefore(WordingRules.TWO_LEVELS_FROM);
        for (Unit unit : touched) {
            for (Unit other : namesakes.getOrDefault(Place.of(unit), List.of())) {
                if (other.id().equals(unit.id())) {
                    continue;
                }
                if (!other.name().equals(unit.name())) {
                    found.add(Rule.NAME_CONFUSABLE.about(unit.code(), unit.name(), other.name(), other.code()));
                } else if (other.type() == unit.type() && !timelineTells) {
                    found.add(Rule.NAME_NOT_UNIQUE.about(unit.code(), unit.fullName(), other.id()));
                }
            }
        }
    }

    private static String folded(String name) {
        String bare =
                MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
        return bare.toLowerCase(Locale.ROOT).replace('đ', 'd');
    }
}
