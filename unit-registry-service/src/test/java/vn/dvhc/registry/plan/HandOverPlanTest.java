package vn.dvhc.registry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.dvhc.contract.PlanLine;
import vn.dvhc.registry.plan.HandOverPlan.Estimate;
import vn.dvhc.registry.plan.HandOverPlan.Place;
import vn.dvhc.registry.plan.HandOverPlan.Records;

class HandOverPlanTest {

    private static final LocalDate DAY = LocalDate.of(2025, 9, 1);
    private static final HandOverPlan ONE = plan(
            List.of(new PlanLine("00004", "2025-08-31", "person", "a", 5, 0, 7)),
            List.of(new Estimate("a", "person", 2.0, 6L)));
    private static final HandOverPlan OTHER = plan(
            List.of(
                    new PlanLine("00008", "2025-08-31", "person", "a", 1, 2, 3),
                    new PlanLine("00008", "2025-08-31", "land", "b", 0, 4, 0)),
            List.of(new Estimate("a", "person", 2.0, 3L), new Estimate("b", "land", 4.0, 1L)));

    @Test
    void pieces_addUpToTheWhole() {
        HandOverPlan whole = HandOverPlan.empty(DAY).and(ONE).and(OTHER);

        assertThat(whole.total()).isEqualTo(new Records(6, 6, 10));
        assertThat(whole.units()).isEqualTo(2);
        assertThat(whole.byDataset()).isEqualTo(Map.of("land", new Records(0, 4, 0), "person", new Records(6, 2, 10)));
        assertThat(whole.byPlace()).containsOnlyKeys(new Place("a", "person"), new Place("b", "land"));
        assertThat(whole.estimate(new Place("a", "person"))).contains(new Estimate("a", "person", 2.0, 9L));
        assertThat(whole.seconds()).contains(10L);
        assertThat(whole.digest())
                .isEqualTo(HandOverPlan.empty(DAY).and(OTHER).and(ONE).digest())
                .isNotEqualTo(ONE.digest());
    }

    @Test
    void seconds_areUnknown_whereAPartIs() {
        HandOverPlan unmeasured = plan(ONE.lines(), List.of(new Estimate("a", "person", null, null)));

        assertThat(unmeasured.seconds()).isEmpty();
        assertThat(unmeasured
                        .and(OTHER)
                        .estimate(new Place("a", "person"))
                        .orElseThrow()
                        .seconds())
                .isNull();
    }

    @Test
    void plan_isIntact_onlyUnderItsOwnDigest() {
        Instant now = Instant.parse("2025-07-15T03:00:00Z");

        assertThat(KeptPlan.of(ONE, 0, "an", now).isIntact()).isTrue();
        assertThat(new KeptPlan(ONE.digest(), OTHER, 0, "an", now).isIntact()).isFalse();
    }

    private static HandOverPlan plan(List<PlanLine> lines, List<Estimate> estimates) {
        return new HandOverPlan(DAY, lines, estimates, "đã đo", true, false);
    }
}
