package vn.dvhc.registry.succession;

import java.util.List;
import java.util.Set;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.unit.UnitCode;

/**
 * What a succession table says.
 *
 * @param changes ends first, then beginnings, changes of units that go on, edges
 * @param endedOnPurpose units that end without successor
 */
public record Succession(List<UnitChange> changes, Set<UnitCode> endedOnPurpose) {

    public Succession {
        changes = List.copyOf(changes);
        endedOnPurpose = Set.copyOf(endedOnPurpose);
    }
}
