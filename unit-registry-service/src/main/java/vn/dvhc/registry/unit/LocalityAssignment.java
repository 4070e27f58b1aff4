package vn.dvhc.registry.unit;

import java.time.LocalDate;
import vn.dvhc.unit.UnitId;

/**
 * Says which successor a part of a split unit goes to.
 *
 * @param enactment the day of the split
 * @param unit the unit that is split
 * @param locality a hamlet, street or parcel of the unit, as its records name it; within a unit a name means one place
 * @param kind what sort of place it is; tells people, records are matched by the name alone
 */
public record LocalityAssignment(
        LocalDate enactment, UnitId unit, String locality, LocalityKind kind, UnitId successor) {}
