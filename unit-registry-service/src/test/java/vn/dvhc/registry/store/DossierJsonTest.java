package vn.dvhc.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.act.ActDescription;
import vn.dvhc.timeline.Strike;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

class DossierJsonTest {

    @Test
    void whatIsWritten_isReadAgain() {
        List<ActDescription> acts = List.of(
                ActDescription.ofReference("9/NQ-CP"),
                new ActDescription(
                        "12/NQ-HĐND",
                        "Hội đồng nhân dân «Huế»",
                        2026,
                        LocalDate.of(2026, 1, 5),
                        LocalDate.of(2026, 2, 1),
                        "Về \"sắp xếp\"",
                        List.of("Điều 1", "Điều 2"),
                        "0".repeat(64)));
        List<Strike> retracts = List.of(Strike.of(7), new Strike(8, UnitId.parse("00004@2025-07-01")));
        List<UnitChange> changes = List.of(new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình", Basis.NONE));

        assertThat(DossierJson.readActs(DossierJson.writeActs(acts))).isEqualTo(acts);
        assertThat(DossierJson.readRetracts(DossierJson.writeRetracts(retracts)))
                .isEqualTo(retracts);
        assertThat(DossierJson.readChanges(DossierJson.writeChanges(changes))).isEqualTo(changes);
    }

    @Test
    void tamperedColumn_isNoticed() {
        assertThatIllegalStateException().isThrownBy(() -> DossierJson.readRetracts("[{\"sequence\":\"x\"}]"));
        assertThatIllegalStateException().isThrownBy(() -> DossierJson.readActs("[{\"number\":\" \"}]"));
    }
}
