package vn.dvhc.registry.unit;

import java.time.Instant;
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
 * @param state the register with the day in it
 * @param messages what is published, in order
 * @param opened states that begin on the day
 * @param closed states that end on the day, with their end
 * @param edges what passed from whom to whom
 */
public record EnactedDay(
        LocalDate date,
        RegisterState state,
        List<UnitChangeData.Typed> messages,
        List<Unit> opened,
        List<Unit> closed,
        List<Edge> edges) {

    /** @param before the register on which the day was enacted */
    public static EnactedDay of(RegisterState before, Enactment.Enacted enacted, Instant recordedAt) {
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
        return new EnactedDay(
                enacted.date(),
                new RegisterState(before.chronicle().append(enacted, recordedAt)),
                UnitChangeData.messages(enacted, before.lastSequence() + 1),
                opened,
                closed,
                edges);
    }

    public long lastSequence() {
        return state.lastSequence();
    }

    /** @param withDigest whether the register's digest is computed and kept with it */
    public GroupRecord toRecord(boolean withDigest) {
        return GroupRecord.lastOf(state, withDigest ? state.digest() : null);
    }
}
