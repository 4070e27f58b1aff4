package vn.dvhc.registry.impact;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletionStage;
import vn.dvhc.registry.plan.HandOverPlan;

/** Whoever holds the records and can plan their hand-over. */
public interface PlanSource {

    /**
     * Never fails: what can't be planned is told in the answer, which then has no item; else it has one.
     *
     * @param authorization in whose name it is asked, as it stands in the request's header
     */
    CompletionStage<Answer<HandOverPlan>> plan(LocalDate day, List<PlannedUnit> units, String authorization);
}
