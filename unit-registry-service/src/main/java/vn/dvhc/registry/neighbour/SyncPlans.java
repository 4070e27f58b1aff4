package vn.dvhc.registry.neighbour;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.impact.Answer;
import vn.dvhc.registry.impact.PlanSource;
import vn.dvhc.registry.impact.PlannedUnit;
import vn.dvhc.registry.plan.HandOverPlan;

/** Plans that sync-service makes out of what the connected databases hold. */
@Singleton
class SyncPlans implements PlanSource {

    /** sync-service takes 5,000. */
    private static final int UNITS_AT_ONCE = 2_000;

    private final SyncPlanApi sync;

    SyncPlans(RegistryConfig config) {
        this.sync = Neighbours.client(SyncPlanApi.class, config.syncUrl(), config.neighbourTimeout());
    }

    @Override
    public CompletionStage<Answer<HandOverPlan>> plan(LocalDate day, List<PlannedUnit> units, String authorization) {
        Uni<HandOverPlan> whole = Uni.createFrom().item(HandOverPlan.empty(day));
        for (int from = 0; from < units.size(); from += UNITS_AT_ONCE) {
            List<PlannedUnit> piece = units.subList(from, Math.min(units.size(), from + UNITS_AT_ONCE));
            whole = whole.chain(known -> ask(day, piece, authorization).map(known::and));
        }
        return Neighbours.inWords(whole.map(plan -> Answer.of(List.of(plan))), "sync-service", "phương án bàn giao")
                .subscribeAsCompletionStage();
    }

    /** Asks for half as many units where an answer did not hold all lines. */
    private Uni<HandOverPlan> ask(LocalDate day, List<PlannedUnit> units, String authorization) {
        return sync.plan(
                        day.toString(),
                        authorization,
                        new SyncPlanApi.Question(
                                units.stream().map(SyncPlans::asked).toList()))
                .chain(told -> {
                    if (!told.truncated() || units.size() == 1) {
                        return Uni.createFrom().item(() -> read(day, told));
                    }
                    int half = units.size() / 2;
                    return ask(day, units.subList(0, half), authorization)
                            .chain(first -> ask(day, units.subList(half, units.size()), authorization)
                                    .map(first::and));
                });
    }

    private static SyncPlanApi.Unit asked(PlannedUnit planned) {
        return new SyncPlanApi.Unit(
                planned.unit().code().value(),
                String.valueOf(planned.unit().vintage()),
                planned.successors(),
                planned.localities());
    }

    /** @throws IllegalStateException if the plan is not what its digest says */
    private static HandOverPlan read(LocalDate day, SyncPlanApi.Plan told) {
        HandOverPlan plan = new HandOverPlan(
                LocalDate.parse(told.date()),
                told.units().stream().map(SyncPlanApi.OfUnit::toLine).toList(),
                told.databases().stream()
                        .map(one -> new HandOverPlan.Estimate(
                                one.database(), one.dataset(), one.recordsPerSecond(), one.estimatedSeconds()))
                        .toList(),
                Objects.requireNonNullElse(told.restsOn(), ""),
                told.upperBound(),
                told.truncated());
        if (!plan.date().equals(day) || !plan.digest().equals(told.digest())) {
            throw new IllegalStateException("The plan of " + told.date() + " is not what its digest says");
        }
        return plan;
    }
}
