package vn.dvhc.registry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.decision.Origin;
import vn.dvhc.registry.decision.State;

class PersonRulesTest {

    private static final Instant NOW = Instant.parse("2025-06-30T03:00:00Z");
    private static final Dossier DOSSIER = new Dossier(
            new Decision(new DecisionId("test"), LocalDate.of(2025, 8, 1), "Thử", List.of()),
            Origin.DRAFTED,
            List.of(),
            new TreeSet<>(),
            List.of());

    @ParameterizedTest
    @CsvSource({"an, false", "binh, false", "chi, false", "dung, true"})
    void approver_isNoneOfTheAuthors(String approver, boolean allowed) {
        Life.Submitted submitted =
                Life.draft(DOSSIER, "an", NOW).revised(DOSSIER, "binh", NOW).submitted("chi", NOW, null);

        assertThat(SecondPerson.findings(submitted.recorded(), approver).isEmpty())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "DRAFT, an, false, true",
        "DRAFT, binh, true, false",
        "SUBMITTED, an, false, true",
        "SUBMITTED, binh, true, false",
        "APPROVED, binh, true, true",
        "APPROVED, binh, false, false",
        "SCHEDULED, an, false, true",
        "SCHEDULED, binh, true, true",
        "SCHEDULED, chi, false, false",
    })
    void drafterOrApprover_mayWithdraw(State state, String by, boolean isApprover, boolean allowed) {
        Life.Withdrawable open = (Life.Withdrawable)
                Life.of(state, Life.draft(DOSSIER, "an", NOW).recorded());

        assertThat(WithdrawalRules.findings(open, by, isApprover).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void catalogue_isNobodysOwn() {
        Life.Scheduled imported = Life.imported(DOSSIER, 0, NOW);

        assertThat(WithdrawalRules.findings(imported, "catalogue", false)).hasSize(1);
        assertThat(WithdrawalRules.findings(imported, "binh", true)).isEmpty();
    }

    @Test
    void finding_speaksBothLanguages() {
        assertThat(SecondPerson.findings(Life.draft(DOSSIER, "an", NOW).recorded(), "an"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.isError()).isTrue();
                    assertThat(finding.message()).contains("Người phê duyệt");
                    assertThat(finding.messageEn()).contains("approver");
                });
    }
}
