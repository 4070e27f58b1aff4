package vn.dvhc.registry.api;

import java.util.Set;
import java.util.stream.Collectors;
import vn.dvhc.registry.store.DecisionPages.UnitFilter;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** Reads which unit a caller asks about. */
final class UnitFilters {

    private UnitFilters() {}

    /**
     * A bare code stands for whoever bore it at any time; an id for all codes the unit bore, from its first day to that of
     * its end.
     *
     * @throws MalformedRequestException if it is neither
     */
    static UnitFilter of(Timeline register, String text) {
        if (UnitCode.isWellFormed(text)) {
            return new UnitFilter(Set.of(UnitCode.of(text)), null, null);
        }
        UnitId id = RequestReader.unitId("unit", text);
        return register.find(id)
                .map(UnitFilters::of)
                .orElseGet(() -> new UnitFilter(Set.of(id.codeAtBirth()), id.born(), null));
    }

    private static UnitFilter of(UnitHistory history) {
        Set<UnitCode> codes = history.states().stream().map(Unit::code).collect(Collectors.toSet());
        return new UnitFilter(codes, history.born(), history.ended());
    }
}
