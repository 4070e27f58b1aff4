package vn.dvhc.registry.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.act.ActDescription;
import vn.dvhc.timeline.Strike;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

class DossierTest {

    private static final Decision DECISION = new Decision(
            new DecisionId("test"),
            LocalDate.of(2025, 8, 1),
            "Thử",
            List.of(
                    new UnitChange.Create(code("00001"), UnitType.WARD, "Một", code("01"), Basis.ofActs("1/NQ")),
                    new UnitChange.Abolish(code("00002"), Basis.ofActs("2/NQ", "1/NQ")),
                    new UnitChange.Reparent(code("00003"), code("02"), Basis.NONE),
                    new UnitChange.Recode(code("00004"), code("00005"), Basis.NONE),
                    new UnitChange.Succeed(
                            code("00002"), code("00001"), Extent.FULL, Portion.WHOLE, Confidence.ACT, Basis.NONE)));

    @Test
    void everyCodeAndActOfTheChanges_isNamed() {
        Dossier dossier = new Dossier(
                DECISION, Origin.DRAFTED, List.of(ActDescription.ofReference("3/NQ")), new TreeSet<>(), List.of());

        assertThat(dossier.namedCodes())
                .extracting(UnitCode::value)
                .containsExactlyInAnyOrder("00001", "00002", "00003", "00004", "00005", "01", "02");
        assertThat(dossier.namedActs()).containsExactly("1/NQ", "2/NQ");
        assertThat(dossier.actNumbers()).containsExactly("3/NQ", "1/NQ", "2/NQ");
    }

    @Test
    void onlyACorrection_strikesMessages() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Dossier(DECISION, Origin.DRAFTED, List.of(), new TreeSet<>(), List.of(Strike.of(7))));
    }

    private static UnitCode code(String value) {
        return UnitCode.of(value);
    }
}
