package vn.dvhc.registry.unit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/**
 * What a day adds to the register.
 *
 * @param firstSequence number of the first message; {@link #lastSequence} is one less if the day has none
 * @param messages what is published, in order
 * @param opened states that begin on the day
 * @param closed states that end on the day, with their end
 * @param edges what passed from whom to whom
 */
public record EnactedDay(
        LocalDate date,
        long firstSequence,
        RegisterState state,
        List<UnitChangeData.Typed> messages,
        List<Unit> opened,
        List<Unit> closed,
        List<Edge> edges) {

    /** @param before the register on which the day was enacted */
    public static EnactedDay of(RegisterState before, Enactment.Enacted enacted) {
        long first = before.lastSequence() + 1;
        List<UnitChangeData.Typed> messages = UnitChangeData.messages(enacted, first);
        List<Edge> edges = new ArrayList<>();
        Set<UnitId> changed = new LinkedHashSet<>();
        for (Fact fact : enacted.facts()) {
            if (fact.event() instanceof UnitEvent.Succeeded succeeded) {
                edges.add(succeeded.edge());
            } else {
                changed.add(fact.event().unit());
            }
        }
        List<Unit> opened = new ArrayList<>();
        List<Unit> closed = new ArrayList<>();
        for (UnitId id : changed) {
            for (Unit state : enacted.timeline().find(id).orElseThrow().states()) {
                if (state.validFrom().equals(enacted.date())) {
                    opened.add(state);
                } else if (enacted.date().equals(state.validTo())) {
                    closed.add(state);
                }
            }
        }
        RegisterState after = new RegisterState(enacted.timeline(), before.lastSequence() + messages.size());
        return new EnactedDay(enacted.date(), first, after, messages, opened, closed, edges);
    }

    public long lastSequence() {
        return state.lastSequence();
    }
}
