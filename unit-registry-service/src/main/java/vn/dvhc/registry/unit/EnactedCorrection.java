package vn.dvhc.registry.unit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.timeline.Amendment;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/**
 * What a correction changes in the register; a day in the past may change everything that came after it.
 *
 * @param state the register with the correction in it
 * @param messages what is published, in order
 * @param units units of which any state is another now, or that are no more
 * @param states all states that those units have now
 * @param givers units that now pass on something else
 * @param edges all that those units pass on now
 */
public record EnactedCorrection(
        RegisterState state,
        List<UnitChangeData.Message> messages,
        Set<UnitId> units,
        List<Unit> states,
        Set<UnitId> givers,
        List<DatedEdge> edges) {

    public static EnactedCorrection of(Amendment.Accepted amendment) {
        Timeline before = amendment.before().timeline();
        Timeline after = amendment.after().timeline();
        Set<UnitId> units = new LinkedHashSet<>();
        Set<UnitId> givers = new LinkedHashSet<>();
        Stream.concat(before.histories(), after.histories())
                .map(UnitHistory::id)
                .sorted()
                .distinct()
                .forEach(id -> {
                    if (!states(before, id).equals(states(after, id))) {
                        units.add(id);
                    }
                    if (!before.edgesFrom(id).equals(after.edgesFrom(id))) {
                        givers.add(id);
                    }
                });
        List<Unit> states = new ArrayList<>();
        units.forEach(id -> states.addAll(states(after, id)));
        List<DatedEdge> edges = new ArrayList<>();
        givers.forEach(id -> edges.addAll(after.edgesFrom(id)));
        return new EnactedCorrection(
                new RegisterState(amendment.after()), UnitChangeData.messages(amendment), units, states, givers, edges);
    }

    public GroupRecord toRecord() {
        return GroupRecord.lastOf(state, state.digest());
    }

    private static List<Unit> states(Timeline timeline, UnitId id) {
        Optional<UnitHistory> history = timeline.find(id);
        return history.isPresent() ? history.get().states() : List.of();
    }
}
