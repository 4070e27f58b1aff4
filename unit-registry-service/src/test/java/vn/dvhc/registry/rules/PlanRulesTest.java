package vn.dvhc.registry.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import vn.dvhc.contract.PlanLine;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.decision.Origin;
import vn.dvhc.registry.decision.RecordedDecision;
import vn.dvhc.registry.plan.HandOverPlan;
import vn.dvhc.registry.plan.KeptPlan;

class PlanRulesTest {

    private static final Instant NOW = Instant.parse("2025-06-30T03:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2025, 8, 1);
    private static final Dossier DOSSIER = new Dossier(
            new Decision(new DecisionId("test"), DAY, "Thử", List.of()),
            Origin.DRAFTED,
            List.of(),
            new TreeSet<>(),
            List.of());
    /** Drafted, revised (version 1), submitted (2). */
    private static final RecordedDecision DECISION = Life.draft(DOSSIER, "an", NOW)
            .revised(DOSSIER, "an", NOW)
            .submitted("an", NOW, null)
            .recorded();

    @Test
    void plan_ofThePresentWording_isTaken() {
        assertThat(codes(Optional.of(made(1, false)))).isEmpty();
        assertThat(codes(Optional.of(made(2, false)))).isEmpty();
    }

    @Test
    void plan_thatNobodyMade_isRefused() {
        assertThat(codes(Optional.empty())).containsExactly("PLAN_UNKNOWN");
    }

    @Test
    void plan_madeBeforeTheRevision_isRefused() {
        assertThat(codes(Optional.of(made(0, false)))).containsExactly("PLAN_OF_EARLIER_DRAFT");
    }

    @Test
    void plan_thatWasChanged_isRefused() {
        KeptPlan made = made(2, false);
        assertThat(codes(Optional.of(new KeptPlan(made.digest(), HandOverPlan.empty(DAY), 2, "an", NOW))))
                .containsExactly("PLAN_NOT_INTACT");
    }

    @Test
    void plan_thatLacksLines_isTakenWithAWarning() {
        assertThat(PlanRules.findings(DECISION, made(2, true).digest(), Optional.of(made(2, true))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo("PLAN_INCOMPLETE");
                    assertThat(finding.isError()).isFalse();
                });
    }

    private static List<String> codes(Optional<KeptPlan> kept) {
        return PlanRules.findings(DECISION, made(0, false).digest(), kept).stream()
                .map(Finding::code)
                .toList();
    }

    private static KeptPlan made(int version, boolean truncated) {
        return KeptPlan.of(
                new HandOverPlan(
                        DAY,
                        List.of(new PlanLine("00004", "2025-07-31", "person", "a", 5, 0, 7)),
                        List.of(),
                        "",
                        true,
                        truncated),
                version,
                "an",
                NOW);
    }
}
