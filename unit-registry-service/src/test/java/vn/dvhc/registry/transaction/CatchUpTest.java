package vn.dvhc.registry.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Origin;
import vn.dvhc.registry.transaction.CatchUp.Sources;
import vn.dvhc.registry.unit.EnactedCorrection;
import vn.dvhc.registry.unit.EnactedDay;
import vn.dvhc.registry.unit.GroupRecord;
import vn.dvhc.registry.unit.PublishedNotice;
import vn.dvhc.registry.unit.RegisterState;
import vn.dvhc.timeline.Amendment;
import vn.dvhc.unit.UnitCode;

class CatchUpTest {

    private static final Instant NOW = Instant.parse("2025-06-30T17:00:00Z");
    private static final LocalDate LAST =
            Catalogues.DAYS.headMap(LocalDate.of(2005, 12, 31)).lastKey();
    private static final NavigableMap<LocalDate, List<Decision>> DAYS = Catalogues.DAYS.headMap(LAST, true);
    private static final LocalDate CORRECTED = DAYS.firstKey();
    private static final Dossier CORRECTION = new Dossier(
            new Decision(
                    new DecisionId("correction"),
                    CORRECTED,
                    "Đính chính",
                    List.of(new UnitChange.Rename(UnitCode.of("01"), "Hà Nội mới", Basis.NONE))),
            Origin.CORRECTION,
            List.of(),
            new TreeSet<>(),
            List.of());

    private final List<GroupRecord> groups = new ArrayList<>();
    private RegisterState enacted = RegisterState.EMPTY;

    CatchUpTest() {
        for (var day : DAYS.entrySet()) {
            EnactedDay added = EnactedDay.of(
                    enacted, Catalogues.enacted(enacted.timeline().enact(day.getKey(), day.getValue())), NOW);
            groups.add(added.toRecord(day.getKey().equals(LAST)));
            enacted = added.state();
        }
    }

    @Test
    void decisionsInForce_leadToTheStoredDigest() {
        RegisterState state = CatchUp.apply(RegisterState.EMPTY, groups, sources(DAYS));

        assertThat(state.digest()).isEqualTo(enacted.digest());
        assertThat(state.lastSequence()).isEqualTo(enacted.lastSequence());
        assertThat(state.position()).isEqualTo(groups.size());
    }

    @Test
    void correctionsAndNotices_areTakenInTheirOrder() {
        notice();
        correct();
        notice();

        RegisterState state = CatchUp.apply(RegisterState.EMPTY, groups, corrected());

        assertThat(state.digest()).isEqualTo(enacted.digest());
        assertThat(state.lastSequence()).isEqualTo(enacted.lastSequence());
        assertThat(state.timeline()
                        .unit(UnitCode.of("01"), CORRECTED)
                        .orElseThrow()
                        .name())
                .isEqualTo("Hà Nội mới");
    }

    @Test
    void whatIsMissing_isCaughtUpFromAnyPoint() {
        correct();
        notice();
        for (int known = 0; known < groups.size(); known += 3) {
            RegisterState part = CatchUp.apply(RegisterState.EMPTY, groups.subList(0, known), corrected());

            RegisterState state = CatchUp.apply(part, groups.subList(known, groups.size()), corrected());

            assertThat(state.digest()).isEqualTo(enacted.digest());
        }
    }

    @Test
    void missingDigest_isNotCompared() {
        List<GroupRecord> withoutDigest = groups.subList(0, groups.size() - 1);

        assertThat(CatchUp.apply(RegisterState.EMPTY, withoutDigest, sources(DAYS))
                        .position())
                .isEqualTo(withoutDigest.size());
    }

    @Test
    void alteredDecision_isNoticed() {
        NavigableMap<LocalDate, List<Decision>> altered = new TreeMap<>(DAYS);
        altered.computeIfPresent(
                LAST,
                (date, ofDay) -> ofDay.stream()
                        .map(decision -> new Decision(
                                decision.id(),
                                date,
                                decision.title(),
                                decision.changes().subList(0, decision.changes().size() - 1)))
                        .toList());

        assertThatThrownBy(() -> CatchUp.apply(RegisterState.EMPTY, groups, sources(altered)))
                .isInstanceOf(CorruptRegisterException.class);
    }

    @Test
    void missingDay_isNoticed() {
        assertThatThrownBy(() -> CatchUp.apply(RegisterState.EMPTY, groups, sources(DAYS.headMap(LAST, false))))
                .isInstanceOf(CorruptRegisterException.class)
                .hasMessageContaining("no decision in force");
    }

    @Test
    void missingCorrection_isNoticed() {
        correct();

        assertThatThrownBy(() -> CatchUp.apply(RegisterState.EMPTY, groups, sources(DAYS)))
                .isInstanceOf(CorruptRegisterException.class)
                .hasMessageContaining("not in force");
    }

    private void correct() {
        Amendment amendment = enacted.chronicle()
                .amend(
                        CORRECTED,
                        CORRECTION.decision().id(),
                        CORRECTION.decision().changes(),
                        List.of(),
                        NOW);
        EnactedCorrection correction = EnactedCorrection.of((Amendment.Accepted) amendment);
        groups.add(correction.toRecord());
        enacted = correction.state();
    }

    private void notice() {
        PublishedNotice notice =
                PublishedNotice.scheduled(enacted, DAYS.lastEntry().getValue().get(0), NOW);
        groups.add(notice.toRecord());
        enacted = notice.state();
    }

    private static Sources corrected() {
        return new Sources(DAYS, Map.of(CORRECTION.decision().id(), CORRECTION));
    }

    private static Sources sources(NavigableMap<LocalDate, List<Decision>> days) {
        return new Sources(days, Map.of());
    }
}
