package vn.dvhc.registry.comparison;

import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * One thing in which the list and the register differ.
 *
 * @param code the unit by its code in the register; in the list where the register has none
 * @param unit its id; null where the register has none
 * @param registered what the register says; null if it lacks the unit
 * @param listed what the list says; null if it lacks the unit
 * @param correctedOn the day that a correction would have to mend: that on which the unit's state began
 */
public record Difference(
        Kind kind,
        UnitCode code,
        @Nullable UnitId unit,
        @Nullable String registered,
        @Nullable String listed,
        LocalDate correctedOn) {

    /** In what they differ. */
    public enum Kind {
        /** In the list only. */
        MISSING,
        /** In the register only. */
        EXTRA,
        /** The same name below the same parent, under another code. */
        CODE,
        NAME,
        /** Names that differ in case, blanks, Unicode form or the place of a tone mark only. */
        SPELLING,
        TYPE,
        PARENT;

        /** The word used in contracts. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
