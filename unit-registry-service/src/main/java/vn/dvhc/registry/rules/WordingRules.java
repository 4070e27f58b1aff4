package vn.dvhc.registry.rules;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/** Names and types as they are written, each change on its own. */
final class WordingRules {

    /** The day from which there are two levels of local government, and neither districts nor townships. */
    static final LocalDate TWO_LEVELS_FROM = LocalDate.of(2025, 7, 1);

    private static final int LONGEST_NAME = 200;

    /** Control and format characters, private use, unassigned, and any white space but single blanks inside. */
    private static final Pattern UNTIDY = Pattern.compile("\\p{C}|[\\p{Z}&&[^ ]]|^ | $| {2}|^$");

    private static final Map<UnitType, Level> LEVELS = new EnumMap<>(Map.of(
            UnitType.MUNICIPALITY, Level.PROVINCE,
            UnitType.PROVINCE, Level.PROVINCE,
            UnitType.URBAN_DISTRICT, Level.DISTRICT,
            UnitType.RURAL_DISTRICT, Level.DISTRICT,
            UnitType.TOWN, Level.DISTRICT,
            UnitType.PROVINCIAL_CITY, Level.DISTRICT,
            UnitType.WARD, Level.COMMUNE,
            UnitType.RURAL_COMMUNE, Level.COMMUNE,
            UnitType.TOWNSHIP, Level.COMMUNE,
            UnitType.SPECIAL_ZONE, Level.COMMUNE));

    private WordingRules() {}

    static void check(Proposal proposal, Findings found) {
        LocalDate date = proposal.decision().effectiveDate();
        for (UnitChange change : proposal.decision().changes()) {
            switch (change.kind()) {
                case CREATE -> {
                    UnitChange.Create create = (UnitChange.Create) change;
                    checkName(create.code(), create.name(), found);
                    checkType(create.code(), create.type(), date, found);
                }
                case RENAME -> checkName(change.code(), ((UnitChange.Rename) change).name(), found);
                case RECLASSIFY -> checkType(change.code(), ((UnitChange.Reclassify) change).type(), date, found);
                case ABOLISH, REPARENT, RECODE, SUCCEED -> {}
            }
        }
    }

    private static void checkName(UnitCode code, String name, Findings found) {
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            found.add(Rule.NAME_NOT_NFC.about(code));
        }
        if (name.length() > LONGEST_NAME || UNTIDY.matcher(name).find()) {
            found.add(Rule.NAME_UNTIDY.about(code));
        }
    }

    private static void checkType(UnitCode code, UnitType type, LocalDate date, Findings found) {
        if (LEVELS.get(type) != code.level()) {
            found.add(Rule.TYPE_DOES_NOT_FIT_CODE.about(code, type.label()));
        } else if (!date.isBefore(TWO_LEVELS_FROM) && (code.level() == Level.DISTRICT || type == UnitType.TOWNSHIP)) {
            found.add(Rule.TYPE_NO_LONGER_IN_USE.about(code, type.label()));
        }
    }
}
