package vn.dvhc.registry.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.dvhc.contract.GroupAssembler;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

class EnactedDayTest {

    /** All days of the catalogue: the rows they write add up to the timeline, and so do the messages. */
    @Test
    void rowsAndMessagesOfAllDays_addUpToTheTimeline() {
        RegisterState state = RegisterState.EMPTY;
        Map<Set<Object>, Unit> rows = new HashMap<>();
        long edges = 0;
        GroupAssembler assembler = new GroupAssembler(0);
        List<Group> groups = new ArrayList<>();

        for (var day : Catalogues.DAYS.entrySet()) {
            Enactment.Enacted enacted = Catalogues.enacted(state.timeline().enact(day.getKey(), day.getValue()));
            EnactedDay added = EnactedDay.of(state, enacted, Instant.EPOCH);

            GroupRecord group = added.toRecord(false);
            assertThat(group.firstSequence()).isEqualTo(state.lastSequence() + 1);
            assertThat(group.position()).isEqualTo(state.position() + 1);
            assertThat(group.digest()).isNull();
            added.closed()
                    .forEach(unit -> assertThat(rows.put(key(unit), unit))
                            .as("a closed state was open before: %s", unit)
                            .isNotNull());
            added.opened()
                    .forEach(unit -> assertThat(rows.put(key(unit), unit))
                            .as("an opened state is new: %s", unit)
                            .isNull());
            edges += added.edges().size();
            for (UnitChangeData.Typed message : added.messages()) {
                assembler.accept(message, Instant.EPOCH).ifPresent(whole -> groups.add(whole.group()));
            }
            state = added.state();
        }

        List<Unit> expected = state.timeline()
                .histories()
                .map(UnitHistory::states)
                .flatMap(List::stream)
                .toList();
        assertThat(new HashSet<>(rows.values())).isEqualTo(new HashSet<>(expected));
        Timeline timeline = state.timeline();
        assertThat(edges)
                .isEqualTo(timeline.histories()
                        .map(UnitHistory::id)
                        .mapToLong((UnitId id) -> timeline.edgesFrom(id).size())
                        .sum());
        assertThat(Chronicle.empty()
                        .append(groups)
                        .<String>fold(read -> read.chronicle().timeline().digest(), refused -> refused.toString()))
                .isEqualTo(state.digest());
    }

    private static Set<Object> key(Unit state) {
        return Set.of(state.id(), state.validFrom());
    }
}
