package vn.dvhc.registry.comparison;

import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/**
 * A unit as a list has it.
 *
 * @param name as it is written there, in whatever spelling
 * @param parent code of the unit above; null if the list names none
 */
public record Listed(
        UnitCode code, UnitType type, String name, @Nullable UnitCode parent) {}
