package vn.dvhc.registry.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.registry.unit.Objection;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

class RehearsalTest {

    private static final Timeline EVE = Catalogues.until(Catalogues.EVE);
    private static final Map<LocalDate, List<Decision>> SCHEDULED = Catalogues.DAYS.tailMap(Catalogues.EVE, false);
    private static final LocalDate AFTER_REFORM = LocalDate.of(2025, 8, 1);

    private final Rehearsal rehearsal = new Rehearsal(EVE, SCHEDULED);

    @Test
    void decisionThatFits_meetsNoObjection() {
        assertThat(rehearsal.objectionsTo(decision(AFTER_REFORM, rename("00004", "Ba Đình Mới"))))
                .isEmpty();
    }

    @Test
    void everyReason_isTold() {
        List<Objection> objections = rehearsal.objectionsTo(decision(
                AFTER_REFORM,
                new UnitChange.Abolish(UnitCode.of("99999"), Basis.NONE),
                new UnitChange.Create(UnitCode.of("00004"), UnitType.WARD, "Trùng mã", UnitCode.of("01"), Basis.NONE),
                new UnitChange.Create(UnitCode.of("99998"), UnitType.WARD, "Mồ côi", UnitCode.of("98"), Basis.NONE)));

        assertThat(objections).extracting(Objection::code).contains("UNIT_UNKNOWN", "CODE_IN_USE", "PARENT_UNKNOWN");
        assertThat(objections)
                .allSatisfy(objection -> assertThat(objection.message()).isNotBlank());
    }

    @Test
    void unitOfTheScheduledReform_isJudgedAfterIt() {
        // The district goes with the reform: what holds today does not hold on the day of the decision.
        UnitChange districtRenamed = rename("001", "Quận Mới");

        assertThat(rehearsal.objectionsTo(decision(AFTER_REFORM, districtRenamed)))
                .extracting(Objection::code)
                .containsExactly("UNIT_UNKNOWN");
        assertThat(new Rehearsal(EVE, Map.of()).objectionsTo(decision(AFTER_REFORM, districtRenamed)))
                .isEmpty();
    }

    @Test
    void decisionOfTheSameDay_isJudgedTogetherWithTheOthers() {
        Decision twice = decision(
                Catalogue.REFORM,
                new UnitChange.Create(UnitCode.of("00004"), UnitType.WARD, "Lần hai", UnitCode.of("01"), Basis.NONE));

        assertThat(rehearsal.objectionsTo(twice)).extracting(Objection::code).contains("CODE_IN_USE");
    }

    @Test
    void decisionThatBreaksALaterDay_isObjectedTo() {
        // 2026-04-30 reclassifies province 75: it must still be there.
        Decision breaking =
                decision(AFTER_REFORM, new UnitChange.Recode(UnitCode.of("75"), UnitCode.of("97"), Basis.NONE));

        assertThat(rehearsal.objectionsTo(breaking))
                .extracting(Objection::code, Objection::subject)
                .contains(org.assertj.core.groups.Tuple.tuple("UNIT_UNKNOWN", "75"));
    }

    @Test
    void until_includesTheScheduledDay() {
        assertThat(rehearsal.until(Catalogue.REFORM).digest())
                .isEqualTo(Catalogues.until(Catalogue.REFORM).digest());
        assertThat(rehearsal.until(Catalogues.EVE)).isSameAs(EVE);
    }

    private static UnitChange rename(String code, String name) {
        return new UnitChange.Rename(UnitCode.of(code), name, Basis.NONE);
    }

    private static Decision decision(LocalDate date, UnitChange... changes) {
        return new Decision(new DecisionId("test"), date, "Thử", List.of(changes));
    }
}
