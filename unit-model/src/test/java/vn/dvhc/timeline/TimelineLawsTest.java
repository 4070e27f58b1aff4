package vn.dvhc.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.Portion;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** Laws that hold for the real catalogue; random draws are seeded, and a failure names its seed ({@code -Ddvhc.seed=}). */
class TimelineLawsTest {

    private static final long SEED = Long.getLong("dvhc.seed", new Random().nextLong());
    private static final int DRAWS = 20_000;
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final Timeline timeline = WholeCatalogue.timeline();
    private final Random random = new Random(SEED);

    @ParameterizedTest
    @EnumSource(Following.class)
    void recode_twiceEqualsOnce(Following following) {
        List<UnitHistory> all = timeline.histories().toList();
        for (int i = 0; i < DRAWS; i++) {
            Unit state = randomState(all);
            LocalDate vintage = randomDayOf(state);
            LocalDate on = vintage.plusDays(random.nextInt(8000));
            UnitRef ref = new UnitRef(state.code(), vintage);
            Unit reached = single(timeline.recode(ref, on, following));
            if (reached != null) {
                UnitRef written = new UnitRef(reached.code(), on);
                Recoding again = timeline.recode(written, on, following);
                assertThat(again.kind()).as("seed %d, %s on %s", SEED, ref, on).isEqualTo(Recoding.Kind.SAME);
                assertThat(((Recoding.Same) again).unit().id()).isEqualTo(reached.id());
                assertThat(timeline.recode(written, on.minusDays(random.nextInt(3000)), following)
                                .kind())
                        .as("re-coding to an earlier day undoes nothing: seed %d, %s", SEED, written)
                        .isEqualTo(Recoding.Kind.SAME);
            }
        }
    }

    @Test
    void asOf_findsTheUnitByItsCode_onEveryDayOfEachState() {
        List<UnitHistory> all = timeline.histories().toList();
        for (int i = 0; i < DRAWS; i++) {
            Unit state = randomState(all);
            LocalDate day = randomDayOf(state);
            assertThat(timeline.unit(state.code(), day)).as("seed %d", SEED).contains(state);
            if (state.validTo() != null) {
                assertThat(timeline.unit(state.code(), state.validTo()))
                        .as("ends are exclusive: seed %d, %s", SEED, state)
                        .isNotEqualTo(java.util.Optional.of(state));
            }
        }
    }

    @Test
    void replay_isDeterministic_dayByDayAndInBulk() {
        Map<LocalDate, List<Fact>> days = new LinkedHashMap<>();
        Timeline dayByDay = Timeline.empty();
        for (Enactment.Enacted day : WholeCatalogue.days()) {
            days.put(day.date(), day.facts());
            dayByDay = enacted(dayByDay.replay(day.date(), day.facts()));
        }
        assertThat(dayByDay.digest()).isEqualTo(timeline.digest());
        assertThat(enacted(Timeline.empty().replay(days)).digest()).isEqualTo(timeline.digest());
    }

    @Test
    void everyCommuneAndProvince_reachesThePresent_butForTheNamedExceptions() {
        Set<String> lost = timeline.histories()
                .filter(history -> history.id().level() != Level.DISTRICT)
                .filter(history ->
                        timeline.successors(history.id(), TODAY).stream().allMatch(Lineage.Reached::open))
                .map(history -> history.first().code().value())
                .collect(Collectors.toSet());
        assertThat(lost).hasSize(8).contains("01423");
        assertThat(timeline.histories()
                        .filter(history -> history.id().level() == Level.DISTRICT)
                        .filter(history -> timeline.successors(history.id(), TODAY).stream()
                                .noneMatch(Lineage.Reached::open))
                        .filter(history -> Catalogue.REFORM.equals(history.ended()))
                        .map(history -> history.last().code().value()))
                .containsExactlyInAnyOrder("318", "471", "498", "536", "755");
    }

    @Test
    void everySplitOfTheReform_hasExactlyOneRest() {
        List<UnitId> split = timeline.histories()
                .map(UnitHistory::id)
                .filter(id -> timeline.edgesFrom(id).stream()
                        .anyMatch(edge -> edge.date().equals(Catalogue.REFORM)
                                && edge.edge().extent() == Extent.PARTIAL))
                .toList();
        assertThat(split)
                .hasSize(441)
                .allSatisfy(id -> assertThat(timeline.edgesFrom(id).stream()
                                .filter(edge -> edge.edge().portion() == Portion.REST))
                        .hasSize(1));
    }

    @Test
    void predecessors_areTheInverseOfSuccessors_acrossTheReform() {
        LocalDate before = Catalogue.REFORM.minusDays(1);
        Set<List<UnitId>> forward = timeline.units(before, Level.COMMUNE, null).stream()
                .flatMap(unit -> timeline.successors(unit.id(), Catalogue.REFORM).stream()
                        .map(reached -> List.of(unit.id(), reached.unit().id())))
                .collect(Collectors.toSet());
        Set<List<UnitId>> backward = timeline.units(Catalogue.REFORM, Level.COMMUNE, null).stream()
                .flatMap(unit -> timeline.predecessors(unit.id(), before).stream()
                        .filter(reached -> reached.unit().level() == Level.COMMUNE)
                        .map(reached -> List.of(reached.unit().id(), unit.id())))
                .collect(Collectors.toSet());
        assertThat(backward).isEqualTo(forward);
        assertThat(forward).hasSize(10_566);
    }

    @Test
    void recode_ofABareCodeOfSeveralUnits_isNeverGuessed() {
        assertThat(timeline.recode(UnitRef.bare("00004"), TODAY).kind()).isEqualTo(Recoding.Kind.AMBIGUOUS);
        assertThat(timeline.recode(UnitRef.of("00004", LocalDate.of(1999, 1, 1)), TODAY)
                        .kind())
                .isEqualTo(Recoding.Kind.UNKNOWN);
        assertThat(timeline.recode(UnitRef.bare("99999"), TODAY).kind()).isEqualTo(Recoding.Kind.UNKNOWN);
    }

    @Test
    void portions_tellPeopleFromLand() {
        List<Unit> split = new ArrayList<>();
        for (Unit unit : timeline.units(Catalogue.REFORM.minusDays(1), Level.COMMUNE, null)) {
            UnitRef ref = new UnitRef(unit.code(), Catalogue.REFORM.minusDays(1));
            if (timeline.recode(ref, Catalogue.REFORM, Following.LAND).kind() == Recoding.Kind.SPLIT
                    && timeline.recode(ref, Catalogue.REFORM, Following.PEOPLE).kind() == Recoding.Kind.ONE_SUCCESSOR) {
                split.add(unit);
            }
        }
        // 38 + 1 lose area only, 18 + 3 lose all their people to one unit: their case files need no decision.
        assertThat(split).hasSize(60);
    }

    @Test
    void codes_wereGivenToOtherUnits_soACodeIsNoIdentity() {
        long reborn = timeline.units(Catalogue.REFORM, Level.COMMUNE, null).stream()
                .map(Unit::code)
                .filter(code -> timeline.unit(code, Catalogue.REFORM.minusDays(1))
                        .filter(before -> !before.id().equals(unitOn(code).id()))
                        .isPresent())
                .count();
        assertThat(reborn).isEqualTo(3_189);
    }

    private Unit unitOn(UnitCode code) {
        return timeline.unit(code, Catalogue.REFORM).orElseThrow();
    }

    private static Timeline enacted(Enactment enactment) {
        return enactment.fold(Enactment.Enacted::timeline, refused -> {
            throw new AssertionError(refused.reasons());
        });
    }

    private static Unit single(Recoding recoding) {
        return recoding.fold(
                Recoding.Same::unit,
                one -> one.successor().unit(),
                split -> null,
                ended -> null,
                unknown -> null,
                ambiguous -> null);
    }

    private Unit randomState(List<UnitHistory> all) {
        List<Unit> states = all.get(random.nextInt(all.size())).states();
        return states.get(random.nextInt(states.size()));
    }

    private LocalDate randomDayOf(Unit state) {
        LocalDate end = state.validTo() == null ? TODAY : state.validTo();
        long days = java.time.temporal.ChronoUnit.DAYS.between(state.validFrom(), end);
        return state.validFrom().plusDays(random.nextLong(days));
    }
}
