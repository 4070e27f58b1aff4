package vn.dvhc.unit;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.LegalAct;

/**
 * One state of a unit: what it was called, its type, code and parent from {@code validFrom} until {@code validTo}.
 *
 * @param parent the unit above it; null for a province
 * @param validTo the first day on which this state no longer holds (exclusive); null while it holds
 * @param legalBasis the acts that brought this state about; empty where the catalogue names none
 */
public record Unit(
        UnitId id,
        UnitCode code,
        UnitType type,
        String name,
        @Nullable UnitId parent,
        LocalDate validFrom,
        @Nullable LocalDate validTo,
        List<LegalAct> legalBasis) {

    public Unit {
        legalBasis = List.copyOf(legalBasis);
    }

    public Level level() {
        return id.level();
    }

    /** Type and name, like «Phường Ba Đình». */
    public String fullName() {
        return type.title() + " " + name;
    }

    public boolean isInForce(LocalDate date) {
        LocalDate end = validTo;
        return !date.isBefore(validFrom) && (end == null || date.isBefore(end));
    }

    public Unit renamed(String newName) {
        return new Unit(id, code, type, newName, parent, validFrom, validTo, legalBasis);
    }

    public Unit reclassified(UnitType newType) {
        return new Unit(id, code, newType, name, parent, validFrom, validTo, legalBasis);
    }

    public Unit recoded(UnitCode newCode) {
        return new Unit(id, newCode, type, name, parent, validFrom, validTo, legalBasis);
    }

    public Unit placedUnder(UnitId newParent) {
        return new Unit(id, code, type, name, newParent, validFrom, validTo, legalBasis);
    }

    /** The same state as it opens anew on a date. */
    public Unit from(LocalDate date, List<LegalAct> acts) {
        return new Unit(id, code, type, name, parent, date, null, acts);
    }

    /** The same state as it closes on a date. */
    public Unit until(LocalDate date) {
        return new Unit(id, code, type, name, parent, validFrom, date, legalBasis);
    }
}
