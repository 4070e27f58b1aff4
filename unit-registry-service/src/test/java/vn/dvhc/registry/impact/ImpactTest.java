package vn.dvhc.registry.impact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.registry.rules.Changes;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.registry.unit.LocalityKind;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

class ImpactTest {

    private static final Timeline EVE = Catalogues.until(Catalogues.EVE);
    private static final NavigableMap<LocalDate, List<Decision>> SCHEDULED =
            new TreeMap<>(Catalogues.DAYS.tailMap(Catalogue.REFORM, true));
    /** Hà Nội: 126 units begin. */
    private static final Decision HA_NOI = SCHEDULED.get(Catalogue.REFORM).stream()
            .filter(act -> act.id().value().equals("act-1656-nq-ubtvqh15"))
            .findFirst()
            .orElseThrow();
    /** Phường Cống Vị: split between two wards. */
    private static final UnitId CONG_VI = UnitId.parse("00016@2004-08-31");

    private final DryRun run = DryRun.of(HA_NOI, EVE, SCHEDULED);
    private final Enactment.Enacted day = run.enacted().orElseThrow();

    @Test
    void unitsAndCodes_areThoseOfTheDecisionAlone() {
        Impact impact = Impact.of(run, day, List.of(), List.of());

        assertThat(impact.ended()).hasSize(526);
        assertThat(impact.begun()).hasSize(126);
        assertThat(impact.changed()).isEmpty();
        assertThat(impact.inherited()).hasSize(126).allSatisfy(code -> {
            assertThat(code.before().id()).isNotEqualTo(code.after().id());
            assertThat(code.before().code()).isEqualTo(code.after().code());
        });
        assertThat(impact.ended()).isSortedAccordingTo(Comparator.comparing(Unit::code));
        assertThat(Impact.oldCodes(run, day)).hasSize(526);
        assertThat(Impact.concerned(run, day)).hasSize(526).contains(UnitRef.of("00016", Catalogues.EVE));
    }

    @Test
    void unitsThatGoOn_areToldBeforeAndAfter() {
        Decision rename = Changes.decision("d", LocalDate.of(2025, 8, 1), Changes.rename("00004", "Mới"));
        DryRun later = DryRun.of(rename, EVE, SCHEDULED);

        Impact impact = Impact.of(later, later.enacted().orElseThrow(), List.of(), List.of());

        assertThat(impact.changed())
                .extracting(
                        change -> change.before().name(),
                        change -> change.after().name())
                .containsExactly(Tuple.tuple("Ba Đình", "Mới"));
        assertThat(impact.inherited()).isEmpty();
    }

    @Test
    void records_moveStayOrWait() {
        UnitId successor = day.timeline().edgesFrom(CONG_VI).get(0).edge().to();
        List<LocalityAssignment> assigned =
                List.of(new LocalityAssignment(Catalogue.REFORM, CONG_VI, "Tổ 1", LocalityKind.HAMLET, successor));
        List<RecordCounts> counts = List.of(
                count("person", "00016", "Tổ 1", 5),
                count("person", "00016", "Tổ 2", 7),
                count("person", "00016", null, 11),
                count("person", wholeCode(), "Thôn 9", 13),
                count("person", "30313", null, 17),
                count("house", "00016", "Tổ 2", 19));

        Impact impact = Impact.of(run, day, assigned, counts);

        assertThat(impact.datasets())
                .containsExactly(
                        new Impact.DatasetImpact("ha-noi-commune", "commune", "house", 0, 0, 19),
                        new Impact.DatasetImpact("ha-noi-commune", "commune", "person", 18, 17, 18));
        assertThat(impact.splits())
                .filteredOn(split -> split.unit().id().equals(CONG_VI))
                .singleElement()
                .satisfies(split -> {
                    assertThat(split.parts()).hasSize(2);
                    assertThat(split.assigned()).isEqualTo(1);
                    assertThat(split.unassigned()).containsExactly(Map.entry("Tổ 2", 26L));
                    assertThat(split.withoutLocality()).isEqualTo(11);
                });
    }

    @Test
    void splits_areToldAfterTheDayToo() {
        Timeline reformed = Catalogues.until(LocalDate.of(2026, 4, 30));

        assertThat(Splits.units(HA_NOI, reformed))
                .isEqualTo(Splits.units(HA_NOI, day.timeline()))
                .contains(CONG_VI);
    }

    @Test
    void rehearsedState_isTheRegisterOfTheDay() {
        RehearsedState state = RehearsedState.of(run, day);

        assertThat(state.digest()).isEqualTo(Catalogues.until(Catalogue.REFORM).digest());
        assertThat(state.before()).containsEntry(Level.DISTRICT, 696).containsEntry(Level.COMMUNE, 10_035);
        assertThat(state.after())
                .containsEntry(Level.PROVINCE, 34)
                .containsEntry(Level.DISTRICT, 0)
                .containsEntry(Level.COMMUNE, 3_321);
        assertThat(state.provinces()).extracting(Unit::name).containsExactly("Hà Nội");
        assertThat(state.units()).hasSize(127);
    }

    @Test
    void refusedDay_hasNoState() {
        Decision unknown = Changes.decision("d", LocalDate.of(2025, 8, 1), Changes.rename("99999", "Mới"));

        assertThat(DryRun.of(unknown, EVE, SCHEDULED).enacted()).isEmpty();
    }

    private String wholeCode() {
        return HA_NOI.changes().stream()
                .filter(change -> change instanceof UnitChange.Succeed edge && edge.extent() == Extent.FULL)
                .map(change -> change.code().value())
                .findFirst()
                .orElseThrow();
    }

    private static RecordCounts count(String dataset, String code, @Nullable String locality, long records) {
        return new RecordCounts(
                "ha-noi-commune", "commune", dataset, UnitCode.of(code), Catalogues.EVE, locality, records);
    }
}
