package vn.dvhc.registry.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.timeline.Amendment;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Entry;
import vn.dvhc.timeline.Strike;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

class EnactedCorrectionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final LocalDate REFORM = LocalDate.of(2025, 7, 1);
    private static final RegisterState REGISTER = Catalogues.register(REFORM);

    /** Rows that are replaced as told make the old tables the new timeline. */
    @Test
    void replacedRows_areExactlyTheDifference() {
        UnitId split = UnitId.parse("00016@2004-08-31");
        long ending = REGISTER.chronicle().counting(REFORM).stream()
                .filter(entry -> entry.facts().get(0).event().unit().equals(split))
                .mapToLong(Entry::sequence)
                .findFirst()
                .orElseThrow();
        UnitId receiver = REGISTER.timeline().edgesFrom(split).get(0).edge().to();

        EnactedCorrection correction = correction(
                List.of(new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Cũ", Basis.ofActs("9/NQ"))),
                List.of(new Strike(ending, receiver)));

        Set<Unit> states = states(REGISTER.timeline());
        states.removeIf(state -> correction.units().contains(state.id()));
        states.addAll(correction.states());
        assertThat(states).isEqualTo(states(correction.state().timeline()));
        Set<DatedEdge> edges = edges(REGISTER.timeline());
        edges.removeIf(edge -> correction.givers().contains(edge.edge().from()));
        edges.addAll(correction.edges());
        assertThat(edges).isEqualTo(edges(correction.state().timeline()));
        assertThat(correction.units()).containsExactly(UnitId.parse("00004@2025-07-01"));
        assertThat(correction.givers()).containsExactly(split);
    }

    @Test
    void record_continuesTheLog() {
        EnactedCorrection correction =
                correction(List.of(new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Cũ", Basis.NONE)), List.of());

        GroupRecord group = correction.toRecord();

        assertThat(group.kind()).isEqualTo(GroupRecord.Kind.CORRECTION);
        assertThat(group.firstSequence()).isEqualTo(REGISTER.lastSequence() + 1);
        assertThat(group.position()).isEqualTo(REGISTER.position() + 1);
        assertThat(group.digest()).isEqualTo(correction.state().digest()).isNotEqualTo(REGISTER.digest());
        assertThat(correction.messages()).hasSize(1);
    }

    @Test
    void recollection_tellsWhatWasKnown() {
        RegisterState corrected = correction(
                        List.of(new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Cũ", Basis.NONE)), List.of())
                .state();
        Recollection recollection = new Recollection();

        assertThat(recollection.knownAt(corrected, NOW.minusSeconds(1)).digest())
                .isEqualTo(REGISTER.digest());
        assertThat(recollection.knownAt(corrected, NOW.minusSeconds(2)))
                .isSameAs(recollection.knownAt(corrected, NOW.minusSeconds(1)));
        assertThat(recollection.knownAt(corrected, NOW)).isSameAs(corrected.timeline());
        assertThat(recollection
                        .knownAt(corrected, Instant.EPOCH.minusSeconds(1))
                        .lastDay())
                .isEmpty();
    }

    private static EnactedCorrection correction(List<UnitChange> changes, List<Strike> strikes) {
        Amendment amendment = REGISTER.chronicle().amend(REFORM, new DecisionId("correction"), changes, strikes, NOW);
        return EnactedCorrection.of(amendment.<Amendment.Accepted>fold(accepted -> accepted, refused -> {
            throw new AssertionError(refused.reasons().toString());
        }));
    }

    private static Set<Unit> states(Timeline timeline) {
        Set<Unit> states = new HashSet<>();
        timeline.histories().map(UnitHistory::states).forEach(states::addAll);
        return states;
    }

    private static Set<DatedEdge> edges(Timeline timeline) {
        Set<DatedEdge> edges = new HashSet<>();
        timeline.histories().map(UnitHistory::id).forEach(id -> edges.addAll(timeline.edgesFrom(id)));
        return edges;
    }
}
